package dev.shopbell.channels.email;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes anew the fields that say what the body of a mail is. Where they are doubled, missing or
 * wrong and the body shows better, the body is believed.
 */
final class BodyHead {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?:^|\\n)--([^\\s][^\\r\\n]{0,98}?)[ \\t]*\\r*\\n(?:[ \\t]*\\r*\\n)?(?i:content-)");

  private static final Set<String> ENCODINGS =
      Set.of("base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue");

  private BodyHead() {}

  /**
   * @param window how the body starts
   */
  static String of(MailHeaders headers, byte[] window) {
    StringBuilder head = new StringBuilder();
    for (String name : headers.names()) {
      if (name.startsWith("content-")
          && !name.equals("content-type")
          && !name.equals("content-transfer-encoding")
          && !name.equals("content-length")) {
        field(head, name, headers.first(name));
      }
    }
    field(head, "content-transfer-encoding", encoding(headers.all("Content-Transfer-Encoding")));
    field(head, "content-type", type(headers, new String(window, StandardCharsets.ISO_8859_1)));
    return head.append("\r\n").toString();
  }

  private static void field(StringBuilder head, String name, @Nullable String value) {
    if (value != null) {
      head.append(name).append(": ").append(value).append("\r\n");
    }
  }

  private static @Nullable String encoding(List<String> values) {
    return values.stream()
        .filter(value -> ENCODINGS.contains(value.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(values.isEmpty() ? null : values.getFirst());
  }

  private static @Nullable String type(MailHeaders headers, String window) {
    String declared = headers.first("Content-Type");
    for (String value : headers.all("Content-Type")) {
      HeaderParameters type = HeaderParameters.parse(value);
      String boundary = type.get("boundary");
      if (boundary != null && (type.value().startsWith("multipart/") || opens(window, boundary))) {
        String bare = boundary.replaceAll("^'|'$", "");
        boolean quoted = !window.contains("--" + boundary) && window.contains("--" + bare);
        if (quoted || window.contains("--" + boundary) || found(window) == null) {
          return type.value().startsWith("multipart/")
              ? written(type, quoted ? bare : boundary)
              : mixed(boundary);
        }
        declared = value;
        break;
      }
    }
    HeaderParameters type = HeaderParameters.parse(declared);
    boolean multipart = type.value().startsWith("multipart/");
    String found = multipart || declared == null ? found(window) : null;
    if (found == null || (!multipart && !opens(window, found))) {
      return declared;
    }
    return multipart ? written(type, found) : mixed(found);
  }

  private static String written(HeaderParameters type, String boundary) {
    StringBuilder written = new StringBuilder(type.value());
    type.parameters()
        .forEach((name, value) -> {
          String said = name.equals("boundary") ? boundary : value;
          if (said.length() < 1_000) {
            String escaped = said.replace("\\", "\\\\").replace("\"", "\\\"");
            written.append("; ").append(name).append("=\"").append(escaped).append('"');
          }
        });
    return type.parameters().containsKey("boundary")
        ? written.toString()
        : written + "; boundary=\"" + boundary + "\"";
  }

  private static boolean opens(String window, String boundary) {
    return window.stripLeading().startsWith("--" + boundary);
  }

  private static String mixed(String boundary) {
    return "multipart/mixed; boundary=\"" + boundary + "\"";
  }

  /** A line that looks like a boundary since the fields of a part follow it. */
  private static @Nullable String found(String window) {
    Matcher line = BOUNDARY.matcher(window);
    return line.find() && line.group(1).indexOf('"') < 0 ? line.group(1) : null;
  }
}
