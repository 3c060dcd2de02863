package dev.shopbell.staff;

import com.google.common.net.InetAddresses;
import dev.shopbell.platform.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a request tells of where it came from, in the words by which its agent knows it again.
 *
 * @param browser such as Firefox; null for none that is known
 * @param system such as Windows; null likewise
 * @param mark by which a browser is known again that has signed in before; null for others
 * @param address the whole address, by which attempts are counted; not stored with a session
 */
record Device(
    @Nullable String browser, @Nullable String system, @Nullable String mark, String address) {
  static final String COOKIE = "shopbell_device";

  /** The first that is found counts: later ones stand in the user agents of earlier ones. */
  private static final List<Map.Entry<String, String>> BROWSERS =
      List.of(
          Map.entry("Edg", "Edge"),
          Map.entry("OPR/", "Opera"),
          Map.entry("Vivaldi/", "Vivaldi"),
          Map.entry("SamsungBrowser/", "Samsung Internet"),
          Map.entry("Firefox/", "Firefox"),
          Map.entry("FxiOS/", "Firefox"),
          Map.entry("Chrome/", "Chrome"),
          Map.entry("CriOS/", "Chrome"),
          Map.entry("Safari/", "Safari"));

  private static final List<Map.Entry<String, String>> SYSTEMS =
      List.of(
          Map.entry("Windows", "Windows"),
          Map.entry("Android", "Android"),
          Map.entry("iPhone", "iPhone"),
          Map.entry("iPad", "iPad"),
          Map.entry("CrOS", "ChromeOS"),
          Map.entry("Mac OS X", "macOS"),
          Map.entry("Linux", "Linux"));

  static Device of(HttpServletRequest request, ClientAddress address) {
    String agent = request.getHeader(HttpHeaders.USER_AGENT);
    return new Device(
        found(BROWSERS, agent),
        found(SYSTEMS, agent),
        StaffAuthenticator.cookie(request, COOKIE),
        address.of(request));
  }

  private static @Nullable String found(
      List<Map.Entry<String, String>> names, @Nullable String agent) {
    return agent == null
        ? null
        : names.stream()
            .filter(name -> agent.contains(name.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
  }

  /**
   * Enough of the address to know one's own network by, and no more: three of the four numbers of
   * IPv4, the first 48 bits of IPv6. Null where it is none.
   */
  @Nullable String network() {
    if (!InetAddresses.isInetAddress(address)) {
      return null;
    }
    InetAddress parsed = InetAddresses.forString(address);
    byte[] bytes = parsed.getAddress();
    return bytes.length == 4
        ? "%d.%d.%d.x".formatted(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff)
        : "%x:%x:%x:…".formatted(pair(bytes, 0), pair(bytes, 2), pair(bytes, 4));
  }

  /** As whom its attempts are counted. */
  String source() {
    return ClientAddress.source(address);
  }

  private static int pair(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
