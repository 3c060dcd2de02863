package dev.shopbell.channels.email;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Digests the bytes below the header block while a mail is read. Carriage returns and line ends at
 * the very end do not count: relays change both.
 */
final class BodyDigest extends FilterInputStream {
  private final MessageDigest body = sha256();
  private final MessageDigest whole = sha256();
  private byte[] kept = new byte[8192];
  private boolean inBody;
  private boolean lineIsEmpty = true;
  private long waitingLineEnds;
  private @Nullable IOException failure;

  BodyDigest(InputStream mail) {
    super(mail);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The failure of the source itself, if there was one. */
  @Nullable IOException failure() {
    return failure;
  }

  /**
   * Reads to the end and returns the digest: of the body, or of all when no empty line starts one.
   */
  byte[] finish() throws IOException {
    byte[] rest = new byte[8192];
    while (read(rest, 0, rest.length) >= 0) {
      // only the digest is wanted
    }
    return inBody ? body.digest() : whole.digest();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(buffer, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    if (count > 0) {
      digest(buffer, offset, count);
    }
    return count;
  }

  private void digest(byte[] buffer, int offset, int count) {
    int at = offset;
    int end = offset + count;
    while (!inBody && at < end) {
      byte b = buffer[at++];
      if (b == '\n') {
        inBody = lineIsEmpty;
        lineIsEmpty = true;
      } else if (b != '\r') {
        lineIsEmpty = false;
      }
    }
    if (!inBody) {
      whole.update(buffer, offset, count);
      return;
    }
    if (kept.length < count) {
      kept = new byte[count];
    }
    int used = 0;
    for (; at < end; at++) {
      byte b = buffer[at];
      if (b == '\n') {
        waitingLineEnds++;
      } else if (b != '\r') {
        if (waitingLineEnds > 0) {
          // Nothing to write before the first byte of the buffer but the ends held back.
          body.update(kept, 0, used);
          used = 0;
          for (; waitingLineEnds > 0; waitingLineEnds--) {
            body.update((byte) '\n');
          }
        }
        kept[used++] = b;
      }
    }
    body.update(kept, 0, used);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(Math.max(count, 0), 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }
}
