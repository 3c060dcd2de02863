package dev.shopbell.platform.web;

import com.google.common.net.InetAddresses;
import dev.shopbell.platform.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** From where a request came, past the proxies that the operator trusts. */
@Component
public class ClientAddress {
  private final Settings settings;

  ClientAddress(Settings settings) {
    this.settings = settings;
  }

  public String of(HttpServletRequest request) {
    String peer = request.getRemoteAddr();
    if (!settings.trustedProxies().contains(peer)) {
      return peer;
    }
    String forwarded = request.getHeader("X-Forwarded-For");
    if (forwarded == null) {
      return peer;
    }
    String[] hops = forwarded.split(",");
    for (int i = hops.length - 1; i >= 0; i--) {
      String hop = hops[i].strip();
      if (!settings.trustedProxies().contains(hop)) {
        return hop;
      }
    }
    return peer;
  }

  /**
   * Who is counted as one: an address of IPv4, or 64 bits of IPv6, of which every house has a whole
   * network to itself. What is no address counts as it stands.
   */
  public static String source(String address) {
    if (!InetAddresses.isInetAddress(address)) {
      return address;
    }
    InetAddress parsed = InetAddresses.forString(address);
    byte[] bytes = parsed.getAddress();
    return bytes.length == 4
        ? parsed.getHostAddress()
        : HexFormat.of().formatHex(Arrays.copyOf(bytes, 8));
  }

  /**
   * Whether the shopper's or agent's own connection is encrypted, so that cookies may insist on it.
   */
  public boolean encrypted(HttpServletRequest request) {
    return request.isSecure()
        || settings.publicUrl().startsWith("https:")
        || (settings.trustedProxies().contains(request.getRemoteAddr())
            && "https".equals(request.getHeader("X-Forwarded-Proto")));
  }
}
