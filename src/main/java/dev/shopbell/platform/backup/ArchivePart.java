package dev.shopbell.platform.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * An entry of an archive while it is read: counted, and its checksum taken. Whoever reads it and
 * closes it leaves the archive open.
 */
final class ArchivePart extends InputStream {
  private final InputStream in;
  private final Progress progress;
  private final MessageDigest digest = ArchiveWriter.sha256();
  private long bytes;

  ArchivePart(InputStream in, Progress progress) {
    this.in = in;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = in.read(into, offset, length);
    if (n > 0) {
      digest.update(into, offset, n);
      bytes += n;
      progress.moved(n);
    }
    return n;
  }

  /** The rest: whoever read it may have stopped before its end. */
  void readOn() throws IOException {
    transferTo(OutputStream.nullOutputStream());
  }

  /** Rows as COPY writes them: one in a line. */
  long lines() throws IOException {
    long lines = 0;
    byte[] buffer = new byte[1 << 16];
    for (int n = read(buffer, 0, buffer.length); n >= 0; n = read(buffer, 0, buffer.length)) {
      for (int i = 0; i < n; i++) {
        lines += buffer[i] == '\n' ? 1 : 0;
      }
    }
    return lines;
  }

  /** What it was, once it is read to its end. */
  ArchiveEnd.Part read(String name, long rows) {
    return new ArchiveEnd.Part(name, rows, bytes, HexFormat.of().formatHex(digest.digest()));
  }
}
