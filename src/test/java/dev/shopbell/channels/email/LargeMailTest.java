package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LargeMailTest {
  private static final int SIZE = 50_000_000;

  @Test
  void readsAMailOfFiftyMegabytesWithinSixtyFourOfHeap() throws Exception {
    Process reader =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargeMailTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(reader.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("1 attachment, text 1179999, html 1240042");
  }

  /** Runs in a program of its own, whose heap is small. */
  public static void main(String[] arguments) throws Exception {
    String head =
        """
        From: a@b.test
        Content-Type: multipart/mixed; boundary=x

        --x
        Content-Type: text/plain; charset=koi8-r

        %s
        --x
        Content-Type: text/html

        %s
        --x
        Content-Type: application/zip; name=a.zip
        Content-Transfer-Encoding: base64

        """
            .formatted("\u00C4\u00C1 ".repeat(400_000), "<p>x".repeat(600_000));
    byte[] start = head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    ParsedMail read =
        new MailParser()
            .parse(
                () -> new StartedStream(start, new Endless(SIZE - start.length)),
                null,
                content ->
                    new StoredAttachment("0", content.transferTo(OutputStream.nullOutputStream())));
    System.out.printf(
        "%d attachment, text %d, html %d%n",
        read.attachments().size(), read.text().length(), read.html().length());
  }

  private static final class Endless extends InputStream {
    private final byte[] line =
        "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVph\r\n".getBytes(StandardCharsets.US_ASCII);
    private int left;

    Endless(int size) {
      this.left = size;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int written = 0;
      while (written < length) {
        int i = (SIZE - left + written) % line.length;
        buffer[offset + written++] = line[i];
      }
      left -= written;
      return written;
    }
  }
}
