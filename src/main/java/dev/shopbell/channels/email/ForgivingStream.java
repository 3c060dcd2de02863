package dev.shopbell.channels.email;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.james.mime4j.MimeIOException;

/**
 * Ends where the content is damaged, where it would fail otherwise. Closing leaves the mail open.
 */
final class ForgivingStream extends FilterInputStream {
  private boolean broken;

  ForgivingStream(InputStream content) {
    super(content);
  }

  boolean isBroken() {
    return broken;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (broken) {
      return -1;
    }
    try {
      return in.read(buffer, offset, length);
    } catch (MimeIOException | RuntimeException e) {
      broken = true;
      return -1;
    }
  }

  @Override
  public void close() {
    // the mail goes on after this part
  }
}
