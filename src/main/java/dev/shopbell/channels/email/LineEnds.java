package dev.shopbell.channels.email;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Reads mails whose lines end with CR alone, or with more than one before the LF. */
final class LineEnds extends FilterInputStream {
  private static final int LOOK = 2_048;

  private final boolean alone;
  private boolean afterReturn;

  private LineEnds(InputStream mail, boolean alone) {
    super(mail);
    this.alone = alone;
  }

  /** The mail as it is unless its first line ends so. */
  static InputStream even(InputStream mail) throws IOException {
    PushbackInputStream whole = new PushbackInputStream(mail, LOOK);
    byte[] start = whole.readNBytes(LOOK);
    whole.unread(start);
    int at = 0;
    while (at < start.length && start[at] != '\r' && start[at] != '\n') {
      at++;
    }
    int returns = at;
    while (returns < start.length && start[returns] == '\r') {
      returns++;
    }
    boolean alone = returns < start.length && returns > at && start[returns] != '\n';
    return alone || returns - at > 1 ? new LineEnds(whole, alone) : whole;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int kept = 0;
    while (kept == 0 && length > 0) {
      int count = in.read(buffer, offset, length);
      if (count < 0) {
        return -1;
      }
      for (int i = offset; i < offset + count; i++) {
        byte b = buffer[i];
        boolean ended = afterReturn && b == '\n';
        afterReturn = alone && b == '\r';
        if (b != '\r' && !ended) {
          buffer[offset + kept++] = b;
        } else if (b == '\r' && alone) {
          buffer[offset + kept++] = '\n';
        }
      }
    }
    return kept;
  }
}
