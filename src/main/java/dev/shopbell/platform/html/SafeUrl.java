package dev.shopbell.platform.html;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Admits addresses that a mail may point to, and writes them in one plain form. */
final class SafeUrl {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int MAX_URL = 8_000;
  private static final int MAX_DATA = 1_500_000;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");
  private static final Pattern IP6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final Pattern TELEPHONE = Pattern.compile("[+0-9().*#,;-]{3,40}");

  private SafeUrl() {}

  /** A link to follow: http, https, mailto or tel; null for everything else. */
  static @Nullable String link(String value) {
    String url = plain(value);
    if (url == null) {
      return null;
    }
    String scheme = scheme(url);
    String rest = url.substring(Math.min(url.length(), scheme.length() + 1));
    return switch (scheme) {
      case "http", "https" -> web(scheme, rest);
      case "mailto" -> rest.indexOf('@') > 0 ? "mailto:" + encoded(rest) : null;
      case "tel" -> {
        String number = rest.replace(" ", "").replace("%20", "");
        yield TELEPHONE.matcher(number).matches() ? "tel:" + number : null;
      }
      default -> null;
    };
  }

  /** An address on the web; one without a scheme but with a host is taken as https. */
  static @Nullable String web(String value) {
    String url = plain(value);
    if (url == null) {
      return null;
    }
    if (url.startsWith("//")) {
      return web("https", url);
    }
    String scheme = scheme(url);
    return scheme.equals("http") || scheme.equals("https")
        ? web(scheme, url.substring(scheme.length() + 1))
        : null;
  }

  /** A raster image written into the mail itself; null for everything else, also when too large. */
  static @Nullable String rasterData(String value) {
    if (value.length() > MAX_DATA || !value.strip().regionMatches(true, 0, "data:", 0, 5)) {
      return null;
    }
    String data = value.replaceAll("[\\t\\n\\f\\r ]", "");
    int comma = data.indexOf(',');
    if (comma < 0 || comma > 40) {
      return null;
    }
    String content = data.substring(comma + 1);
    String type = data.substring(5, comma).toLowerCase(Locale.ROOT);
    String start =
        switch (type) {
          case "image/png;base64" -> "iVBORw0KGgo";
          case "image/jpeg;base64", "image/jpg;base64" -> "/9j/";
          case "image/gif;base64" -> "R0lGOD";
          case "image/webp;base64" -> "UklGR";
          default -> null;
        };
    if (start == null || !content.startsWith(start) || !isBase64(content)) {
      return null;
    }
    return "data:" + type + "," + content;
  }

  private static boolean isBase64(String content) {
    int end = content.length();
    while (end > 0 && end > content.length() - 2 && content.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = content.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letter && c != '+' && c != '/') {
        return false;
      }
    }
    return true;
  }

  /** As a browser reads it: line ends and tabs do not count, blanks around neither. */
  private static @Nullable String plain(String value) {
    if (value.length() > MAX_URL) {
      return null;
    }
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\t' || c == '\n' || c == '\r') {
        continue;
      }
      if (Character.isISOControl(c) || PlainText.turnsDirection(c)) {
        return null;
      }
      plain.append(c);
    }
    return plain.toString().strip();
  }

  /** In lower case; empty when there is none. */
  private static String scheme(String url) {
    int colon = url.indexOf(':');
    for (int i = 0; i < colon; i++) {
      char c = url.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!letter) {
        return "";
      }
    }
    return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  private static @Nullable String web(String scheme, String rest) {
    if (!rest.startsWith("//")) {
      return null;
    }
    int end = 2;
    while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    if (end < rest.length() && rest.charAt(end) == '\\') {
      return null;
    }
    String authority = authority(rest.substring(2, end));
    return authority == null ? null : scheme + "://" + authority + encoded(rest.substring(end));
  }

  /** Host and port. A name and password before the host only ever deceive a reader. */
  private static @Nullable String authority(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String port = hasPort ? authority.substring(colon + 1) : "";
    String host = (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    if (!port.isEmpty() && !PORT.matcher(port).matches()) {
      return null;
    }
    if (!IP6.matcher(host).matches()) {
      try {
        host = IDN.toASCII(host).toLowerCase(Locale.ROOT);
      } catch (IllegalArgumentException e) {
        return null;
      }
      if (host.length() > 253 || !isHost(host)) {
        return null;
      }
    }
    return port.isEmpty() ? host : host + ":" + port;
  }

  private static boolean isHost(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    for (String label : name.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return true;
  }

  /** What has a meaning outside of addresses, and what is not ASCII, percent-encoded. */
  private static String encoded(String part) {
    StringBuilder out = new StringBuilder(part.length());
    int i = 0;
    while (i < part.length()) {
      int point = part.codePointAt(i);
      i += Character.charCount(point);
      if (point > ' ' && point < 0x7F && "\"'<>\\^`{|}".indexOf(point) < 0) {
        out.append((char) point);
      } else {
        for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
          out.append('%').append(HEX.toHexDigits(b));
        }
      }
    }
    return out.toString();
  }
}
