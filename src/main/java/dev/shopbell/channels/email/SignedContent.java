package dev.shopbell.channels.email;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a CMS message (RFC 5652) the mail that it signs, reading no further than to it. The
 * signature is not checked.
 */
final class SignedContent extends InputStream {
  private static final byte[] SIGNED = HexFormat.of().parseHex("2a864886f70d010702");
  private static final byte[] OPEN = HexFormat.of().parseHex("2a864886f70d010701");
  private static final int CHOICE = 0xA0;
  private static final int OCTETS = 0x04;
  private static final int MAX_SKIPPED = 100_000;
  private static final int MAX_CHUNKS_DEEP = 8;

  private final InputStream in;
  private long left;
  private int open;

  private SignedContent(InputStream in) {
    this.in = in;
  }

  /** Null when it is no signed message that holds what it signs, as an encrypted one. */
  static @Nullable InputStream of(InputStream message) {
    SignedContent content = new SignedContent(message);
    try {
      return content.enter() ? content : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether a CMS message that starts so is a signed one. */
  static boolean starts(byte[] start) {
    try {
      SignedContent content = new SignedContent(new ByteArrayInputStream(start));
      content.tag(0x30);
      return Arrays.equals(content.identifier(), SIGNED);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean enter() throws IOException {
    tag(0x30);
    identifier();
    tag(CHOICE);
    tag(0x30);
    skip(0x02);
    skip(0x31);
    tag(0x30);
    byte[] type = identifier();
    if (!Arrays.equals(type, OPEN)) {
      return false;
    }
    tag(CHOICE);
    next(required());
    return true;
  }

  private int required() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException();
    }
    return b;
  }

  /** Its length, -1 when the end will be marked. */
  private long tag(int expected) throws IOException {
    int tag = required();
    if (tag != expected) {
      throw new IOException("another element was expected");
    }
    return length();
  }

  private long length() throws IOException {
    int first = required();
    if (first == 0x80) {
      return -1;
    }
    if (first < 0x80) {
      return first;
    }
    long length = 0;
    for (int i = first & 0x7F; i > 0; i--) {
      length = length << 8 | required();
      if (length > Integer.MAX_VALUE) {
        throw new IOException("too long");
      }
    }
    return length;
  }

  private byte[] identifier() throws IOException {
    long length = tag(0x06);
    if (length < 0 || length > 40) {
      throw new IOException("no identifier");
    }
    return in.readNBytes((int) length);
  }

  private void skip(int expected) throws IOException {
    long length = tag(expected);
    if (length < 0 || length > MAX_SKIPPED) {
      throw new IOException("cannot be skipped");
    }
    in.skipNBytes(length);
  }

  /** Goes to the next piece of the content, which may lie in pieces of pieces. */
  private boolean next(int tag) throws IOException {
    int current = tag;
    while (current == (OCTETS | 0x20) && open < MAX_CHUNKS_DEEP) {
      length();
      open++;
      current = required();
    }
    if (current != OCTETS) {
      return false;
    }
    left = length();
    return left >= 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (left <= 0) {
      // A content in one piece is over; what follows pieces is a piece or the end of them.
      int tag = open == 0 ? -1 : in.read();
      if (tag == 0 && in.read() == 0) {
        open--;
      } else if (tag <= 0 || !next(tag)) {
        open = 0;
        return -1;
      }
    }
    int count = in.read(buffer, offset, (int) Math.min(length, left));
    left = count < 0 ? 0 : left - count;
    open = count < 0 ? 0 : open;
    return count;
  }
}
