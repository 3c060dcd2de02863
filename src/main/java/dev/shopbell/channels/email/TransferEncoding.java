package dev.shopbell.channels.email;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.jspecify.annotations.Nullable;

/** How the bytes of a part are written as lines of text (RFC 2045, section 6), and undone. */
enum TransferEncoding {
  NONE,
  QUOTED_PRINTABLE,
  BASE64,
  UUENCODE;

  private static final Pattern NOISE = Pattern.compile("\\([^)]*\\)|[\\s\"']");

  static TransferEncoding of(@Nullable String declared) {
    String name =
        declared == null ? "" : NOISE.matcher(declared).replaceAll("").toLowerCase(Locale.ROOT);
    if (name.startsWith("base64") || name.equals("b")) {
      return BASE64;
    }
    if (name.startsWith("quoted") || name.equals("q")) {
      return QUOTED_PRINTABLE;
    }
    return name.startsWith("x-uue") || name.startsWith("uue") ? UUENCODE : NONE;
  }

  /** The content of a file: what is no part of the encoding is skipped. */
  InputStream file(InputStream raw) {
    return switch (this) {
      case NONE -> raw;
      case QUOTED_PRINTABLE -> new QuotedPrintableInputStream(raw, DecodeMonitor.SILENT);
      case BASE64 -> new Base64Stream(raw);
      case UUENCODE -> new UuStream(raw);
    };
  }

  /**
   * The content of a text of at most so many bytes and one more: what is no part of the encoding,
   * such as a footer that a list has put below it, stays as it is.
   */
  InputStream text(InputStream raw, int most) throws IOException {
    return this == BASE64
        ? new ByteArrayInputStream(base64Text(raw.readNBytes(most / 3 * 4 + most / 16 + 512)))
        : file(raw);
  }

  private static byte[] base64Text(byte[] raw) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream(raw.length);
    boolean padded = false;
    boolean words = false;
    int at = 0;
    while (at < raw.length) {
      int end = at;
      while (end < raw.length && raw[end] != '\n') {
        end++;
      }
      end = Math.min(end + 1, raw.length);
      if (isBase64(raw, at, end, padded || words)) {
        encoded.write(raw, at, end - at);
        padded |= ends(raw, at, end);
        words = false;
      } else {
        words = true;
        flush(encoded, out);
        out.write(raw, at, end - at);
      }
      at = end;
    }
    flush(encoded, out);
    return out.toByteArray();
  }

  private static void flush(ByteArrayOutputStream encoded, ByteArrayOutputStream out)
      throws IOException {
    if (encoded.size() > 0) {
      out.writeBytes(
          new Base64Stream(new ByteArrayInputStream(encoded.toByteArray())).readAllBytes());
      encoded.reset();
    }
  }

  private static boolean ends(byte[] raw, int from, int to) {
    for (int i = from; i < to; i++) {
      if (raw[i] == '=') {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a line is base64 with at most a little noise in it.
   *
   * @param over whether what came before looked like its end, so that noise means words
   */
  private static boolean isBase64(byte[] raw, int from, int to, boolean over) {
    int letters = 0;
    int dashes = 0;
    int blanks = 0;
    int foreign = 0;
    for (int i = from; i < to; i++) {
      byte b = raw[i];
      if (b == '-' || b == '_') {
        dashes++;
      } else if (Base64Stream.value(b) >= 0) {
        letters++;
      } else if (b == ' ' || b == '\t') {
        blanks++;
      } else if (b != '=' && b != '\r' && b != '\n') {
        foreign++;
      }
    }
    int all = letters + dashes;
    if (all + blanks + foreign == 0) {
      return !over;
    }
    if (over) {
      return blanks + foreign == 0 && dashes <= letters && (ends(raw, from, to) || all % 4 == 0);
    }
    boolean words = blanks > 0 && (all < 20 || blanks * 8 > all);
    return !words && foreign * 4 <= all && dashes <= letters;
  }
}
