package dev.shopbell.platform.outgoing;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An address on the web, taken apart once: what is connected to and what is said in the request
 * come from the same parts, so that no second reading of the text can differ.
 *
 * @param tls whether it is https
 * @param host without brackets
 * @param path with the query, never empty, without the fragment
 */
record Target(boolean tls, String host, int port, String path) {
  private static final int LONGEST = 8_000;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  static Target parse(String url) throws AddressRefused {
    return of(uri(url));
  }

  /** Where a redirect leads to, seen from here. */
  Target redirected(String location) throws AddressRefused {
    // RFC 3986: a query alone keeps the path, which java.net.URI forgets
    String whole = location.startsWith("?") ? path.split("\\?", 2)[0] + location : location;
    Target next = of(uri(url()).resolve(uri(whole)));
    if (tls && !next.tls) {
      throw new AddressRefused("It is redirected from https to an address without encryption.");
    }
    return next;
  }

  String url() {
    return (tls ? "https://" : "http://") + authority() + path;
  }

  /** Host and port as the header Host has them: the usual port is left out. */
  String authority() {
    String written = host.contains(":") ? "[" + host + "]" : host;
    return port == usualPort(tls) ? written : written + ":" + port;
  }

  boolean hasUsualPort() {
    return port == 80 || port == 443;
  }

  boolean isSameOrigin(Target other) {
    return tls == other.tls && port == other.port && host.equals(other.host);
  }

  private static int usualPort(boolean tls) {
    return tls ? 443 : 80;
  }

  private static Target of(URI uri) throws AddressRefused {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new AddressRefused("Only addresses that begin with http:// or https:// are called.");
    }
    if (uri.getRawUserInfo() != null) {
      throw new AddressRefused("An address with a name and password in it is not called.");
    }
    String host = uri.getHost();
    if (host == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw notAnAddress();
    }
    boolean tls = scheme.equals("https");
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Target(
        tls,
        plain.toLowerCase(Locale.ROOT),
        uri.getPort() < 0 ? usualPort(tls) : uri.getPort(),
        (path.startsWith("/") ? path : "/" + path) + query);
  }

  private static URI uri(String url) throws AddressRefused {
    if (url.length() > LONGEST) {
      throw notAnAddress();
    }
    try {
      return new URI(escaped(url.strip()));
    } catch (URISyntaxException e) {
      throw notAnAddress();
    }
  }

  private static AddressRefused notAnAddress() {
    return new AddressRefused("It is not a web address that can be called.");
  }

  /** Browsers forgive characters that do not belong into an address; strict readers do not. */
  private static String escaped(String url) throws AddressRefused {
    StringBuilder out = new StringBuilder(url.length());
    int scheme = url.indexOf("://");
    int slash = url.indexOf('/', scheme < 0 ? 0 : scheme + 3);
    int pathStart = slash < 0 ? url.length() : slash;
    int i = 0;
    while (i < url.length()) {
      int point = url.codePointAt(i);
      if (Character.isISOControl(point)) {
        throw notAnAddress();
      }
      boolean bracket = (point == '[' || point == ']') && i >= pathStart;
      boolean strayPercent = point == '%' && !isEscape(url, i);
      if (point > ' '
          && point < 0x7F
          && "\"<>\\^`{|}".indexOf(point) < 0
          && !bracket
          && !strayPercent) {
        out.append((char) point);
      } else {
        for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
          out.append('%').append(HEX.toHexDigits(b));
        }
      }
      i += Character.charCount(point);
    }
    return out.toString();
  }

  private static boolean isEscape(String url, int at) {
    return at + 2 < url.length()
        && HexFormat.isHexDigit(url.charAt(at + 1))
        && HexFormat.isHexDigit(url.charAt(at + 2));
  }
}
