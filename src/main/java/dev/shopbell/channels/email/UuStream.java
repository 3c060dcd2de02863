package dev.shopbell.channels.email;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes uuencoded lines between "begin" and "end", or all of them where these are missing. */
final class UuStream extends FilterInputStream {
  private byte[] decoded = new byte[0];
  private int at;
  private boolean ended;

  UuStream(InputStream raw) {
    super(raw);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (at == decoded.length && !ended) {
      String line = readLine();
      if (line == null || line.equals("end")) {
        ended = true;
      } else if (!line.startsWith("begin ")) {
        byte[] next = line(line);
        decoded = next == null ? new byte[0] : next;
        at = 0;
      }
    }
    if (at == decoded.length) {
      return length == 0 ? 0 : -1;
    }
    int count = Math.min(length, decoded.length - at);
    System.arraycopy(decoded, at, buffer, offset, count);
    at += count;
    return count;
  }

  private @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r' && line.size() < 100) {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** The bytes of one line; null when it is none. */
  static byte @Nullable [] line(String line) {
    int length = line.isEmpty() ? -1 : line.charAt(0) - ' ' & 0x3F;
    int needed = (length + 2) / 3 * 4;
    if (length < 0 || line.charAt(0) > '`' || line.length() > needed + 3) {
      return null;
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int group = 1 + i / 3 * 4;
      int bits = 0;
      for (int k = 0; k < 4; k++) {
        char c = group + k < line.length() ? line.charAt(group + k) : ' ';
        if (c < ' ' || c > '`') {
          return null;
        }
        bits = bits << 6 | (c - ' ' & 0x3F);
      }
      bytes[i] = (byte) (bits >> 8 * (2 - i % 3));
    }
    return bytes;
  }
}
