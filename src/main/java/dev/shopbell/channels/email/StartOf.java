package dev.shopbell.channels.email;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Keeps the first bytes of what is read through it. */
final class StartOf extends FilterInputStream {
  private final int kept;
  private final ByteArrayOutputStream start = new ByteArrayOutputStream();

  /**
   * @param kept how many bytes of it are kept at most
   */
  StartOf(InputStream content, int kept) {
    super(content);
    this.kept = kept;
  }

  byte[] start() {
    return start.toByteArray();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    if (count > 0 && start.size() < kept) {
      start.write(buffer, offset, Math.min(count, kept - start.size()));
    }
    return count;
  }
}
