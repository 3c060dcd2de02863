package dev.shopbell.channels.email;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The charsets that write everything in ASCII and that Java does not read. */
final class SevenBitText {
  private SevenBitText() {}

  /** UTF-7 (RFC 2152); what is no valid run of it stays as it is. */
  static String utf7(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.US_ASCII);
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int plus = text.indexOf('+', at);
      if (plus < 0) {
        break;
      }
      out.append(text, at, plus);
      int end = plus + 1;
      while (end < text.length() && isBase64(text.charAt(end))) {
        end++;
      }
      boolean closed = end < text.length() && text.charAt(end) == '-';
      if (end == plus + 1) {
        out.append('+');
      } else {
        out.append(utf16(text.substring(plus + 1, end)));
      }
      at = closed ? end + 1 : end;
    }
    return out.append(text, at, text.length()).toString();
  }

  private static String utf16(String run) {
    int whole = run.length() * 6 / 16 * 16;
    int sextets = (whole + 5) / 6;
    if (whole == 0 || sextets % 4 == 1) {
      return "+" + run;
    }
    byte[] units = Base64.getDecoder().decode(run.substring(0, sextets));
    return new String(units, 0, whole / 8, StandardCharsets.UTF_16BE);
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  /** HZ (RFC 1843): GB 2312 between ~{ and ~}. */
  static String hz(byte[] bytes) {
    ByteArrayOutputStream gb = new ByteArrayOutputStream(bytes.length);
    boolean wide = false;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      byte next = i + 1 < bytes.length ? bytes[i + 1] : 0;
      if (b == '~' && (next == '{' || next == '}' || next == '~' || next == '\n')) {
        wide = next == '{' || (wide && next != '}');
        if (next == '~') {
          gb.write('~');
        }
        i++;
      } else if (wide && b > ' ') {
        gb.write(b | 0x80);
      } else {
        gb.write(b);
      }
    }
    return gb.toString(Charset.forName("gb18030"));
  }
}
