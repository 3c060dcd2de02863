package dev.shopbell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A web server that answers, byte by byte, what a test tells it, and remembers what was asked. */
public final class ScriptedWeb implements AutoCloseable {
  /** What is sent back to a request, of which the script sees the lines and the body. */
  @FunctionalInterface
  public interface Script {
    void answer(String request, OutputStream out) throws Exception;
  }

  private final ServerSocket server;
  private final Script script;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private ScriptedWeb(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    Thread.ofVirtual().start(this::serve);
  }

  public static ScriptedWeb of(Script script) {
    return on("127.0.0.1", 0, ServerSocketFactory.getDefault(), script);
  }

  public static ScriptedWeb on(
      String address, int port, ServerSocketFactory sockets, Script script) {
    try {
      return new ScriptedWeb(
          sockets.createServerSocket(port, 50, InetAddress.ofLiteral(address)), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A whole answer: status line, headers, body. */
  public static byte[] answer(String status, String headers, byte[] body) {
    byte[] head =
        ("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\n" + headers + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  public static byte[] answer(String status, String headers) {
    return answer(status, headers, new byte[0]);
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // closed, or a client that was gone before it was taken
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      String request = request(socket.getInputStream());
      if (!request.isEmpty()) {
        asked.add(request);
        script.answer(request, socket.getOutputStream());
        socket.getOutputStream().flush();
      }
    } catch (Exception e) {
      // the client has gone away, as it may
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    int read = in.read();
    while (read >= 0 && !request.toString().endsWith("\r\n\r\n")) {
      request.append((char) read);
      read = request.toString().endsWith("\r\n\r\n") ? -1 : in.read();
    }
    var length =
        java.util.regex.Pattern.compile("(?i)content-length: (\\d+)").matcher(request.toString());
    if (length.find()) {
      request.append(
          new String(
              in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.ISO_8859_1));
    }
    return request.toString();
  }

  /** Each request that came, whole. */
  public List<String> asked() {
    return asked;
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url(String path) {
    return "http://" + server.getInetAddress().getHostAddress() + ":" + port() + path;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
