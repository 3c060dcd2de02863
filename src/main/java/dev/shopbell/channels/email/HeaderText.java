package dev.shopbell.channels.email;

import dev.shopbell.platform.html.PlainText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the words of a header value, encoded as RFC 2047 says or nearly so. */
final class HeaderText {
  private static final int MAX_CHARSET_NAME = 60;
  private static final Pattern ENCODED =
      Pattern.compile("=\\?[A-Za-z0-9_-]{2,30}\\?[BbQq]\\?[!->@-~]{1,900}\\?=");

  private HeaderText() {}

  /**
   * Encoded words decoded and everything on one line: no control characters, no characters that
   * turn the reading direction of what follows, no runs of blanks.
   */
  static String decode(String value) {
    if (!value.contains("=?")) {
      return PlainText.oneLine(Mojibake.mended(value));
    }
    String decoded = decodeWords(value);
    // Some programs encode what is encoded already.
    boolean again = ENCODED.matcher(decoded).find();
    return PlainText.oneLine(Mojibake.mended(again ? decodeWords(decoded) : decoded));
  }

  private static String decodeWords(String value) {
    StringBuilder out = new StringBuilder(value.length());
    ByteArrayOutputStream pending = new ByteArrayOutputStream();
    String pendingCharset = "";
    boolean ends = true;
    boolean closed = true;
    int i = 0;
    while (i < value.length()) {
      int start = value.indexOf("=?", i);
      Word word = start < 0 ? null : wordAt(value, start, ends);
      if (word == null) {
        int next = start < 0 ? value.length() : start + 2;
        flush(out, pending, pendingCharset);
        out.append(value, i, next);
        i = next;
        continue;
      }
      ends = word.searchable();
      boolean joins = closed && pending.size() > 0 && value.substring(i, start).isBlank();
      closed = word.closed();
      if (!joins || !word.charset().equalsIgnoreCase(pendingCharset)) {
        flush(out, pending, pendingCharset);
      }
      if (!joins) {
        out.append(value, i, start);
      }
      pendingCharset = word.charset();
      pending.writeBytes(word.bytes());
      i = word.end();
    }
    flush(out, pending, pendingCharset);
    return out.toString();
  }

  private static void flush(StringBuilder out, ByteArrayOutputStream pending, String charset) {
    if (pending.size() > 0) {
      out.append(MailCharset.decode(pending.toByteArray(), charset));
      pending.reset();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // lives only while one value is decoded
  private record Word(String charset, byte[] bytes, int end, boolean closed, boolean searchable) {}

  /** The encoded word at start; a missing end is taken to be the next blank. */
  private static @Nullable Word wordAt(String value, int start, boolean searchEnd) {
    int charsetEnd = value.indexOf('?', start + 2);
    if (charsetEnd < 0
        || charsetEnd - start > MAX_CHARSET_NAME
        || charsetEnd + 2 >= value.length()
        || value.charAt(charsetEnd + 2) != '?') {
      return null;
    }
    char encoding = Character.toLowerCase(value.charAt(charsetEnd + 1));
    if (encoding != 'q' && encoding != 'b') {
      return null;
    }
    String charset = value.substring(start + 2, charsetEnd);
    int language = charset.indexOf('*');
    if (language >= 0) {
      charset = charset.substring(0, language);
    }
    int from = charsetEnd + 3;
    int close = searchEnd ? value.indexOf("?=", from) : -1;
    int another = close < 0 ? -1 : value.substring(from, close).indexOf("=?");
    boolean closed = close >= 0 && another < 0;
    int to = close;
    if (!closed) {
      to = from;
      while (to < value.length() && !Character.isWhitespace(value.charAt(to))) {
        to++;
      }
    }
    int end = closed ? to + 2 : to;
    boolean halfClosed =
        !closed && to == value.length() && to > from && value.charAt(to - 1) == '?';
    String text = value.substring(from, halfClosed ? to - 1 : to).strip();
    byte[] bytes = encoding == 'q' ? quoted(text) : base64(text);
    return new Word(charset.strip().toLowerCase(Locale.ROOT), bytes, end, closed, close >= 0);
  }

  /**
   * Where the encoded word at start ends: start + 1 when there is no word, -1 when it has no end
   * within reach, so that the caller need not look for further ends.
   */
  static int wordEnd(String value, int start) {
    if (!value.startsWith("=?", start)) {
      return start + 1;
    }
    Word word = wordAt(value.substring(start, Math.min(value.length(), start + 1_000)), 0, true);
    if (word == null) {
      return start + 1;
    }
    return word.searchable() ? start + word.end() : -1;
  }

  private static byte[] quoted(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' && hex(text, i + 1) >= 0) {
        bytes.write(hex(text, i + 1));
        i += 2;
      } else if (c == '_') {
        bytes.write(' ');
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /** The byte that two hexadecimal digits at i stand for, or -1. */
  static int hex(String text, int i) {
    if (i + 1 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(i), 16);
    int low = Character.digit(text.charAt(i + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Skips what is no base64 and needs no padding. */
  private static byte[] base64(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int bits = 0;
    int held = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = sextet(text.charAt(i));
      if (value >= 0) {
        held = held << 6 | value;
        bits += 6;
        if (bits >= 8) {
          bits -= 8;
          bytes.write(held >> bits);
        }
      } else if (text.charAt(i) == '=') {
        bits = 0;
      }
    }
    return bytes.toByteArray();
  }

  private static int sextet(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
  }
}
