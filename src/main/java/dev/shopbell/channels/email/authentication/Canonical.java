package dev.shopbell.channels.email.authentication;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The two forms of RFC 6376 (3.4) that survive what mail servers do to header and body. */
enum Canonical {
  simple,
  relaxed;

  /** The field as it is hashed, without a line end. */
  byte[] header(RawHead.Field field) {
    if (this == simple) {
      return field.raw();
    }
    byte[] raw = field.raw();
    int at = 0;
    while (raw[at] != ':') {
      at++;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
    out.writeBytes((field.name() + ":").getBytes(StandardCharsets.ISO_8859_1));
    int start = out.size();
    boolean space = false;
    for (at++; at < raw.length; at++) {
      byte b = raw[at];
      boolean fold = b == '\r' && at + 1 < raw.length && raw[at + 1] == '\n';
      if (b == ' ' || b == '\t' || fold) {
        space = true;
        at += fold ? 1 : 0;
        continue;
      }
      if (space && out.size() > start) {
        out.write(' ');
      }
      space = false;
      out.write(b);
    }
    return out.toByteArray();
  }

  /**
   * Feeds what is written to it to the digest, in this form. Close it before the digest is read.
   */
  OutputStream body(MessageDigest digest) {
    return new Body(this == relaxed, digest);
  }

  private static final class Body extends OutputStream {
    private final boolean relaxed;
    private final MessageDigest digest;
    private final byte[] buffer = new byte[8192];
    private int filled;
    private long lineEnds;
    private boolean space;
    private boolean carriage;
    private boolean anything;

    Body(boolean relaxed, MessageDigest digest) {
      this.relaxed = relaxed;
      this.digest = digest;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        write(bytes[i]);
      }
    }

    @Override
    public void write(int b) {
      if (carriage) {
        carriage = false;
        if (b == '\n') {
          lineEnd();
          return;
        }
        content('\r');
      }
      if (b == '\r') {
        carriage = true;
      } else if (b == '\n') {
        lineEnd();
      } else if (relaxed && (b == ' ' || b == '\t')) {
        space = true;
      } else {
        content(b);
      }
    }

    /** Not written yet: empty lines at the end do not count. */
    private void lineEnd() {
      space = false;
      lineEnds++;
    }

    private void content(int b) {
      for (; lineEnds > 0; lineEnds--) {
        out('\r');
        out('\n');
      }
      if (space) {
        space = false;
        out(' ');
      }
      out(b);
      anything = true;
    }

    private void out(int b) {
      if (filled == buffer.length) {
        digest.update(buffer, 0, filled);
        filled = 0;
      }
      buffer[filled++] = (byte) b;
    }

    @Override
    public void close() throws IOException {
      if (carriage) {
        carriage = false;
        content('\r');
      }
      if (anything || !relaxed) {
        out('\r');
        out('\n');
      }
      digest.update(buffer, 0, filled);
      filled = 0;
    }
  }
}
