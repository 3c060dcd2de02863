package dev.shopbell.channels.email;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Decodes base64 as it comes in mail: padding missing or in the middle, foreign characters between,
 * lines of any length, either alphabet.
 */
final class Base64Stream extends FilterInputStream {
  private static final byte[] VALUES = values();

  private final byte[] encoded = new byte[8_192];
  private int at;
  private int end;
  private int held;
  private int bits;

  Base64Stream(InputStream raw) {
    super(raw);
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    values['-'] = 62;
    values['_'] = 63;
    return values;
  }

  /** What a character stands for, -1 when it belongs to no alphabet of base64. */
  static int value(int character) {
    return character < 0 || character > 127 ? -1 : VALUES[character];
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int written = 0;
    while (written < length) {
      if (at == end) {
        end = in.read(encoded, 0, encoded.length);
        at = 0;
        if (end <= 0) {
          end = 0;
          return written == 0 && length > 0 ? -1 : written;
        }
      }
      byte b = encoded[at++];
      int value = value(b);
      if (value >= 0) {
        held = held << 6 | value;
        bits += 6;
        if (bits >= 8) {
          bits -= 8;
          buffer[offset + written++] = (byte) (held >> bits);
        }
      } else if (b == '=') {
        bits = 0;
      }
    }
    return written;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
