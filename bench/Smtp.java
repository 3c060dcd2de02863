import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One SMTP connection that sends many mails. */
final class Smtp implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;

  Smtp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(90_000);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    expect("220");
    say("EHLO bench.example\r\n", "250");
  }

  /** Returns when the mail is acknowledged. */
  void send(String from, String to, byte[] mail) throws IOException {
    say("MAIL FROM:<" + from + ">\r\n", "250");
    say("RCPT TO:<" + to + ">\r\n", "250");
    say("DATA\r\n", "354");
    byte[] whole = java.util.Arrays.copyOf(mail, mail.length + 3);
    whole[mail.length] = '.';
    whole[mail.length + 1] = '\r';
    whole[mail.length + 2] = '\n';
    socket.getOutputStream().write(whole);
    expect("250");
  }

  private void say(String line, String code) throws IOException {
    socket.getOutputStream().write(line.getBytes(StandardCharsets.ISO_8859_1));
    expect(code);
  }

  private void expect(String code) throws IOException {
    String line;
    do {
      line = in.readLine();
      if (line == null || !line.startsWith(code)) {
        throw new IOException("The receiver says: " + line);
      }
    } while (line.charAt(3) == '-');
  }

  @Override
  public void close() throws IOException {
    try {
      say("QUIT\r\n", "221");
    } finally {
      socket.close();
    }
  }
}
