package dev.shopbell.channels.email;

import dev.shopbell.platform.html.PlainText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value with parameters, as in Content-Type and Content-Disposition, with values continued and
 * encoded after RFC 2231 or, against the rules but often, after RFC 2047.
 *
 * @param value in lower case, empty when there is none
 */
record HeaderParameters(String value, Map<String, String> parameters) {
  private static final int MAX_PARAMETERS = 500;
  private static final Pattern ESCAPED = Pattern.compile("%[C-Fc-f][0-9A-Fa-f]%[89ABab]");

  @Nullable String get(String name) {
    return parameters.get(name);
  }

  static HeaderParameters parse(@Nullable String header) {
    if (header == null) {
      return new HeaderParameters("", Map.of());
    }
    int semicolon = header.indexOf(';');
    String value = semicolon < 0 ? header : header.substring(0, semicolon);
    int comment = value.indexOf('(');
    if (comment >= 0) {
      value = value.substring(0, comment);
    }
    value = PlainText.oneLine(value).replace(" ", "").toLowerCase(Locale.ROOT);
    return semicolon < 0
        ? new HeaderParameters(value, Map.of())
        : new HeaderParameters(value, new Reader(header, semicolon + 1).read());
  }

  private static final class Reader {
    private final String header;
    private int at;

    Reader(String header, int at) {
      this.header = header;
      this.at = at;
    }

    Map<String, String> read() {
      Map<String, String> plain = new HashMap<>();
      Map<String, TreeMap<Integer, Segment>> extended = new HashMap<>();
      for (int i = 0; i < MAX_PARAMETERS && at < header.length(); i++) {
        int equals = header.indexOf('=', at);
        if (equals < 0) {
          break;
        }
        String name = header.substring(at, equals).toLowerCase(Locale.ROOT);
        name = name.substring(name.lastIndexOf(';') + 1).strip();
        at = equals + 1;
        String value = readValue();
        int star = name.indexOf('*');
        if (star < 0) {
          plain.putIfAbsent(name, isName(name) ? nameOf(value) : HeaderText.decode(value));
        } else {
          boolean encoded = name.endsWith("*");
          int index = index(name.substring(star).replace("*", ""));
          extended
              .computeIfAbsent(name.substring(0, star), any -> new TreeMap<>())
              .putIfAbsent(index, new Segment(value, encoded));
        }
      }
      extended.forEach((name, segments) -> plain.put(name, join(segments)));
      return Map.copyOf(plain);
    }

    private static boolean isName(String parameter) {
      return parameter.equals("filename") || parameter.equals("name");
    }

    /** Some programs write names as in the address of a page. */
    private static String nameOf(String value) {
      if (!ESCAPED.matcher(value).find()) {
        return HeaderText.decode(value);
      }
      byte[] bytes = percentDecoded(value);
      return HeaderText.decode(
          MailCharset.isUtf8(bytes) ? new String(bytes, StandardCharsets.UTF_8) : value);
    }

    private static int index(String digits) {
      try {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
      } catch (NumberFormatException e) {
        return Integer.MAX_VALUE;
      }
    }

    private String readValue() {
      while (at < header.length() && header.charAt(at) == ' ') {
        at++;
      }
      if (at >= header.length() || header.charAt(at) != '"') {
        int end = header.indexOf(';', at);
        end = end < 0 ? header.length() : end;
        String value = header.substring(at, end).strip();
        at = end + 1;
        return value;
      }
      StringBuilder value = new StringBuilder();
      for (at++; at < header.length() && header.charAt(at) != '"'; at++) {
        char c = header.charAt(at);
        // A backslash counts only before what needs one: Windows paths come unescaped.
        if (c == '\\' && at + 1 < header.length() && "\"\\".indexOf(header.charAt(at + 1)) >= 0) {
          c = header.charAt(++at);
        }
        value.append(c);
      }
      int end = header.indexOf(';', at);
      at = end < 0 ? header.length() : end + 1;
      return value.toString();
    }
  }

  private record Segment(String value, boolean encoded) {}

  private static String join(TreeMap<Integer, Segment> segments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String charset = null;
    boolean first = true;
    for (Segment segment : segments.values()) {
      String value = segment.value();
      if (first && segment.encoded()) {
        int open = value.indexOf('\'');
        int close = value.indexOf('\'', open + 1);
        if (open >= 0 && close >= 0) {
          charset = value.substring(0, open);
          value = value.substring(close + 1);
        }
      }
      first = false;
      if (segment.encoded()) {
        bytes.writeBytes(percentDecoded(value));
      } else {
        bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
      }
    }
    return HeaderText.decode(MailCharset.decode(bytes.toByteArray(), charset));
  }

  /** What a percent-encoded address stands for, as UTF-8. */
  static String decoded(String value) {
    return value.indexOf('%') < 0 ? value : MailCharset.decode(percentDecoded(value), "utf-8");
  }

  private static byte[] percentDecoded(String value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      int hex = value.charAt(i) == '%' ? HeaderText.hex(value, i + 1) : -1;
      if (hex >= 0) {
        bytes.write(hex);
        i += 2;
      } else {
        int point = value.codePointAt(i);
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(point) - 1;
      }
    }
    return bytes.toByteArray();
  }
}
