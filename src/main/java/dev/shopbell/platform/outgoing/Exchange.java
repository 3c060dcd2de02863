package dev.shopbell.platform.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** One request and its answer, on a connection of its own to an address that was checked. */
final class Exchange {
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxLineLength(16_384)
          .setMaxHeaderCount(100)
          .setMaxEmptyLineCount(5)
          .build();

  private static final int MOST_INTERIM_ANSWERS = 5;

  private final SSLSocketFactory tls;
  private final Deadline deadline;
  private final Duration connectTime;

  Exchange(SSLSocketFactory tls, Deadline deadline, Duration connectTime) {
    this.tls = tls;
    this.deadline = deadline;
    this.connectTime = connectTime;
  }

  /** What came back; the body is empty for a redirect, which nobody reads. */
  record Received(int status, Map<String, String> headers, byte[] body) {
    @Nullable String location() {
      boolean redirect =
          switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
          };
      return redirect ? headers.get("location") : null;
    }
  }

  Received run(
      GuardedHttp.Call call,
      Target target,
      List<InetAddress> addresses,
      boolean ownHeaders,
      GuardedHttp.Limits limits)
      throws IOException, HttpException {
    try (Socket plain = connected(addresses, target.port());
        DefaultBHttpClientConnection connection = limited()) {
      plain.setSoTimeout(deadline.remainingMillis());
      if (target.tls()) {
        connection.bind(encrypted(plain, target), plain);
      } else {
        connection.bind(plain);
      }
      BasicClassicHttpRequest request = request(call, target, ownHeaders);
      connection.sendRequestHeader(request);
      if (call.body().length > 0) {
        connection.sendRequestEntity(request);
      }
      connection.flush();
      return received(connection, call, limits);
    }
  }

  /** The parser has to be told its limits too: the connection does not pass them on. */
  private static DefaultBHttpClientConnection limited() {
    return new DefaultBHttpClientConnection(
        LIMITS, null, null, null, null, null, new DefaultHttpResponseParserFactory(LIMITS));
  }

  private Socket connected(List<InetAddress> addresses, int port) throws IOException {
    IOException last = null;
    for (InetAddress address : addresses) {
      // Not by the proxy that Java's properties may name: it would look the name up itself.
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        deadline.watch(socket);
        int millis = (int) Math.min(connectTime.toMillis(), deadline.remainingMillis());
        socket.connect(new InetSocketAddress(address, port), millis);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last == null ? new IOException("No address.") : last;
  }

  private SSLSocket encrypted(Socket plain, Target target) throws IOException {
    SSLSocket encrypted = (SSLSocket) tls.createSocket(plain, target.host(), target.port(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }

  private static BasicClassicHttpRequest request(
      GuardedHttp.Call call, Target target, boolean ownHeaders) {
    BasicClassicHttpRequest request = new BasicClassicHttpRequest(call.method(), target.path());
    request.setHeader("Host", target.authority());
    request.setHeader("User-Agent", GuardedHttp.USER_AGENT);
    // Not compressed: what is limited is then what is held.
    request.setHeader("Accept-Encoding", "identity");
    request.setHeader("Connection", "close");
    if (ownHeaders) {
      call.headers().forEach(request::setHeader);
    }
    if (call.body().length > 0) {
      String type = call.headers().getOrDefault("Content-Type", "application/octet-stream");
      request.setHeader("Content-Length", Integer.toString(call.body().length));
      request.setHeader("Content-Type", type);
      request.setEntity(new ByteArrayEntity(call.body(), ContentType.parse(type)));
    } else if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      request.setHeader("Content-Length", "0");
    }
    return request;
  }

  private static Received received(
      DefaultBHttpClientConnection connection, GuardedHttp.Call call, GuardedHttp.Limits limits)
      throws IOException, HttpException {
    ClassicHttpResponse response = connection.receiveResponseHeader();
    for (int interim = 0; response.getCode() < 200; interim++) {
      if (interim == MOST_INTERIM_ANSWERS || response.getCode() == 101) {
        throw new HttpException("No answer after " + interim + " interim ones.");
      }
      response = connection.receiveResponseHeader();
    }
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName().toLowerCase(Locale.ROOT), String.valueOf(header.getValue()));
    }
    Received bare = new Received(response.getCode(), Map.copyOf(headers), new byte[0]);
    boolean bodiless = call.method().equals("HEAD") || bare.status() == 204 || bare.status() == 304;
    if (bodiless || bare.location() != null) {
      return bare;
    }
    connection.receiveResponseEntity(response);
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return bare;
    }
    int mostBytes = limits.bodyBytes();
    if (entity.getContentLength() > mostBytes && !limits.cut()) {
      throw new TooLarge(mostBytes);
    }
    // Never closed: that would read the rest of a body that may have no end.
    InputStream content = entity.getContent();
    byte[] body = content.readNBytes(mostBytes);
    if (!limits.cut() && content.read() >= 0) {
      throw new TooLarge(mostBytes);
    }
    return new Received(bare.status(), bare.headers(), body);
  }

  /** The answer is longer than the caller takes. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    TooLarge(int mostBytes) {
      super("The answer is larger than " + mostBytes / 1_000 + " kB.");
    }
  }
}
