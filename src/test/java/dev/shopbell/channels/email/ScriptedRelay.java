package dev.shopbell.channels.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that says what a test wants it to say. */
final class ScriptedRelay implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final Map<String, String> toOne = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String greeting = "220 scripted.example";
  private volatile Hanging hangsUp = Hanging.never;
  private volatile Duration pause = Duration.ZERO;
  private volatile String toRecipient = "250 2.1.5 Fine";
  private volatile String toMail = "250 2.0.0 Taken";

  /** When it hangs up without a word. */
  enum Hanging {
    never,
    beforeTheMail,
    withinTheMail,
    afterTheMail
  }

  ScriptedRelay() {
    try {
      server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  String url() {
    return "smtp://127.0.0.1:" + server.getLocalPort();
  }

  /** From now on to every recipient. */
  void saysToRecipients(String answer) {
    toRecipient = answer;
  }

  /** From now on to one recipient, whatever the others are told. */
  void saysTo(String recipient, String answer) {
    toOne.put(recipient, answer);
  }

  /** The recipients that were named, in their order. */
  List<String> asked() {
    return asked;
  }

  /** From now on after every mail. */
  void saysToMails(String answer) {
    toMail = answer;
  }

  /** From now on to whoever connects. */
  void greetsWith(String answer) {
    greeting = answer;
  }

  /** From now on to everybody. */
  void hangsUp(Hanging when) {
    hangsUp = when;
  }

  /** From now on takes so long for each answer. */
  void thinksFor(Duration time) {
    pause = time;
  }

  /** The mails that were taken, as they came. */
  List<String> taken() {
    return taken;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = socket.getOutputStream();
      say(out, greeting);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.toUpperCase(Locale.ROOT).split("[ :]")[0]) {
          case "EHLO" -> say(out, "250-scripted.example\r\n250 8BITMIME");
          case "RCPT" -> {
            String recipient = line.replaceAll(".*<(.*)>.*", "$1");
            asked.add(recipient);
            say(out, toOne.getOrDefault(recipient, toRecipient));
          }
          case "DATA" -> {
            if (hangsUp == Hanging.beforeTheMail) {
              return;
            }
            say(out, "354 Go on");
            if (hangsUp == Hanging.withinTheMail) {
              in.readLine();
              return;
            }
            String mail = mail(in);
            if (toMail.startsWith("2")) {
              taken.add(mail);
            }
            if (hangsUp == Hanging.afterTheMail) {
              return;
            }
            say(out, toMail);
          }
          case "QUIT" -> {
            say(out, "221 Bye");
            return;
          }
          default -> say(out, "250 Yes");
        }
      }
    } catch (IOException e) {
      // The other side has gone.
    }
  }

  private static String mail(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      mail.append(line).append("\r\n");
    }
    return mail.toString();
  }

  private void say(OutputStream out, String line) throws IOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
