import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP connection that is kept, and as little besides as can be. */
final class Http implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final String head;

  /** The status and the body as it came over the wire. */
  record Answer(int status, byte[] body, boolean gzip) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Http(int port, String token, boolean gzip) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    head =
        " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nAccept: */*\r\n"
            + (token == null ? "" : "Authorization: Bearer " + token + "\r\n")
            + (gzip ? "Accept-Encoding: gzip\r\n" : "");
  }

  Answer get(String path) throws IOException {
    return send("GET " + path + head + "\r\n");
  }

  Answer post(String path, String json) throws IOException {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return send(
        "POST "
            + path
            + head
            + "Content-Type: application/json\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + json);
  }

  private Answer send(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    int status = Integer.parseInt(line().split(" ")[1]);
    int length = 0;
    boolean chunked = false;
    boolean gzip = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      } else if (header.startsWith("transfer-encoding:")) {
        chunked = header.contains("chunked");
      } else if (header.startsWith("content-encoding:")) {
        gzip = header.contains("gzip");
      }
    }
    return new Answer(status, chunked ? chunks() : bytes(length), gzip);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(64 * 1024);
    while (true) {
      int length = Integer.parseInt(line().split(";")[0].strip(), 16);
      body.writeBytes(bytes(length));
      line();
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
