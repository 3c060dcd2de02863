package dev.shopbell.channels.email;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that were read already, and what follows them. Closing leaves the mail open. */
final class StartedStream extends FilterInputStream {
  private final byte[] start;
  private int at;

  StartedStream(byte[] start, InputStream rest) {
    super(rest);
    this.start = start;
  }

  @Override
  public int read() throws IOException {
    return at < start.length ? start[at++] & 0xFF : in.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (at == start.length) {
      return in.read(buffer, offset, length);
    }
    int count = Math.min(length, start.length - at);
    System.arraycopy(start, at, buffer, offset, count);
    at += count;
    return count;
  }

  @Override
  public int available() throws IOException {
    return at < start.length ? start.length - at : in.available();
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() {
    // whoever opened the mail closes it
  }
}
