package dev.shopbell;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * A mail client that speaks SMTP to the program, line by line, so that a test decides every byte.
 */
public record Mail(String envelopeFrom, List<String> recipients, String raw) {

  /** A plain mail with a Message-ID of its own. */
  public static Mail plain(String from, String to, String subject, String text) {
    return with(from, to, subject, text, "Message-ID: <" + UUID.randomUUID() + "@client.example>");
  }

  /** A mail of HTML alone. */
  public static Mail html(String from, String to, String subject, String html) {
    Mail plain = plain(from, to, subject, html);
    return new Mail(from, List.of(to), plain.raw().replace("text/plain", "text/html"));
  }

  /** A plain mail with these headers besides From, To and Subject. */
  public static Mail with(String from, String to, String subject, String text, String... headers) {
    String address = from.replaceAll(".*<(.*)>", "$1");
    return new Mail(
        address,
        List.of(to),
        "From: "
            + from
            + "\r\nTo: "
            + to
            + "\r\nSubject: "
            + subject
            + "\r\n"
            + String.join("\r\n", headers)
            + (headers.length == 0 ? "" : "\r\n")
            + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + text.replace("\n", "\r\n")
            + "\r\n");
  }

  /** What the server said to the mail. */
  public record Reply(int code, String text) {}

  /** Hands the mail over; the answer to its end is returned, or the first refusal before that. */
  public Reply send(int port) {
    return send(port, envelopeFrom, recipients, raw.getBytes(StandardCharsets.UTF_8));
  }

  /** The same from another address of this machine, such as 127.0.0.2. */
  public Reply sendFrom(String peer, int port) {
    return send(peer, port, envelopeFrom, recipients, raw.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with any bytes for a mail. */
  public static Reply send(int port, String from, List<String> recipients, byte[] raw) {
    return send("127.0.0.1", port, from, recipients, raw);
  }

  private static Reply send(
      String peer, int port, String from, List<String> recipients, byte[] raw) {
    try (Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(peer), 0)) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = socket.getOutputStream();
      read(in);
      Reply reply = say(out, in, "EHLO client.example");
      reply = reply.code() < 400 ? say(out, in, "MAIL FROM:<" + from + ">") : reply;
      for (String recipient : recipients) {
        reply = reply.code() < 400 ? say(out, in, "RCPT TO:<" + recipient + ">") : reply;
      }
      reply = reply.code() < 400 ? say(out, in, "DATA") : reply;
      if (reply.code() >= 400) {
        return reply;
      }
      out.write(stuffed(raw));
      boolean ended = raw.length == 0 || raw[raw.length - 1] == '\n';
      reply = say(out, in, (ended ? "" : "\r\n") + ".");
      out.write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      while (in.readLine() != null) {
        // Until the server has said all it has to say.
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line that begins with a dot gets a second one. */
  private static byte[] stuffed(byte[] raw) {
    ByteArrayOutputStream stuffed = new ByteArrayOutputStream(raw.length + 16);
    for (int i = 0; i < raw.length; i++) {
      boolean startsLine = i == 0 || (i > 1 && raw[i - 1] == '\n' && raw[i - 2] == '\r');
      if (raw[i] == '.' && startsLine) {
        stuffed.write('.');
      }
      stuffed.write(raw[i]);
    }
    return stuffed.toByteArray();
  }

  private static Reply say(OutputStream out, BufferedReader in, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return read(in);
  }

  private static Reply read(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    if (line == null) {
      throw new IOException("The server hung up.");
    }
    return new Reply(
        Integer.parseInt(line.substring(0, 3)), line.substring(Math.min(4, line.length())));
  }
}
