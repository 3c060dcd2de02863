package dev.shopbell.conversations;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What kind of picture some bytes are and how large it is, by their first bytes alone: what a
 * server says of them counts for nothing. PNG, JPEG, GIF, WebP and AVIF; an SVG is a document, not
 * a picture.
 *
 * @param contentType as we serve it
 * @param width in pixels
 */
record RasterImage(String contentType, long width, long height) {
  private static final long LONGEST_SIDE = 10_000;
  private static final long MOST_PIXELS = 40_000_000;

  /** Whether a browser can unpack it without filling its memory. */
  boolean isBounded() {
    return width > 0
        && height > 0
        && width <= LONGEST_SIDE
        && height <= LONGEST_SIDE
        && width * height <= MOST_PIXELS;
  }

  /** Null where it is none of the kinds, or cut off before it says its size. */
  static @Nullable RasterImage read(byte[] bytes) {
    Bytes in = new Bytes(bytes);
    try {
      if (in.says(0, "\u0089PNG\r\n\u001a\n") && in.says(12, "IHDR")) {
        return new RasterImage("image/png", in.big(16, 4), in.big(20, 4));
      }
      if (in.says(0, "GIF87a") || in.says(0, "GIF89a")) {
        return new RasterImage("image/gif", in.little(6, 2), in.little(8, 2));
      }
      if (in.says(0, "\u00ff\u00d8\u00ff")) {
        return jpeg(in);
      }
      if (in.says(0, "RIFF") && in.says(8, "WEBP")) {
        return webp(in);
      }
      return in.says(4, "ftypavif") || in.says(4, "ftypavis") ? avif(in) : null;
    } catch (ArrayIndexOutOfBoundsException e) {
      return null;
    }
  }

  /** ITU T.81: segments up to the one that begins a frame. */
  private static @Nullable RasterImage jpeg(Bytes in) {
    int at = 2;
    while (in.big(at, 1) == 0xFF) {
      int marker = (int) in.big(at + 1, 1);
      if (marker == 0xFF) {
        at++;
        continue;
      }
      boolean frame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (frame) {
        return new RasterImage("image/jpeg", in.big(at + 7, 2), in.big(at + 5, 2));
      }
      boolean bare = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
      at += bare ? 2 : 2 + (int) Math.max(2, in.big(at + 2, 2));
    }
    return null;
  }

  /** RFC 9649: lossy, lossless, extended. */
  private static @Nullable RasterImage webp(Bytes in) {
    if (in.says(12, "VP8 ") && in.says(23, "\u009d\u0001\u002a")) {
      return new RasterImage("image/webp", in.little(26, 2) & 0x3FFF, in.little(28, 2) & 0x3FFF);
    }
    if (in.says(12, "VP8L") && in.big(20, 1) == 0x2F) {
      long packed = in.little(21, 4);
      return new RasterImage("image/webp", (packed & 0x3FFF) + 1, ((packed >> 14) & 0x3FFF) + 1);
    }
    return in.says(12, "VP8X")
        ? new RasterImage("image/webp", in.little(24, 3) + 1, in.little(27, 3) + 1)
        : null;
  }

  /** ISO 23008-12: the box ispe says a size; of several, the largest is the picture's. */
  private static @Nullable RasterImage avif(Bytes in) {
    RasterImage largest = null;
    for (int at = 0; at + 16 <= in.length() && at < 65_536; at++) {
      if (in.says(at, "ispe")) {
        RasterImage found = new RasterImage("image/avif", in.big(at + 8, 4), in.big(at + 12, 4));
        if (largest == null || found.width * found.height > largest.width * largest.height) {
          largest = found;
        }
      }
    }
    return largest;
  }

  private static final class Bytes {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    int length() {
      return bytes.length;
    }

    boolean says(int at, String magic) {
      byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
      if (at + wanted.length > bytes.length) {
        return false;
      }
      for (int i = 0; i < wanted.length; i++) {
        if (bytes[at + i] != wanted[i]) {
          return false;
        }
      }
      return true;
    }

    long big(int at, int count) {
      long value = 0;
      for (int i = 0; i < count; i++) {
        value = (value << 8) | (bytes[at + i] & 0xFF);
      }
      return value;
    }

    long little(int at, int count) {
      long value = 0;
      for (int i = count - 1; i >= 0; i--) {
        value = (value << 8) | (bytes[at + i] & 0xFF);
      }
      return value;
    }
  }
}
