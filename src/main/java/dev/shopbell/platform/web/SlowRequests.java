package dev.shopbell.platform.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends requests that come in too slowly to be meant: Jetty's own time out begins anew with every
 * byte, and so lets a byte now and then keep a connection for ever. A head, and then a body, has 30
 * seconds; from then on it must have come at 4 kB a second. What waits for us, or reads slowly what
 * we say, is left alone.
 */
@Component
class SlowRequests
    implements Connection.Listener, WebServerFactoryCustomizer<JettyServletWebServerFactory> {
  static final Duration GRACE = Duration.ofSeconds(30);
  private static final int BYTES_A_SECOND = 4 * 1024;
  private static final int ACCEPT_QUEUE = 1_024;
  private static final long NOT_BEGUN = -1;

  private final Map<HttpConnection, Arrival> arrivals = new ConcurrentHashMap<>();

  /**
   * What was seen of a connection when it last had nothing under way.
   *
   * @param messages heads that had come by then
   * @param bytes that had come by then
   * @param seconds since when more of the same is coming; {@link #NOT_BEGUN} if nothing is
   */
  private record Arrival(long messages, long bytes, long seconds) {
    Arrival begun(long now) {
      return new Arrival(messages, bytes, now);
    }
  }

  @Override
  public void customize(JettyServletWebServerFactory factory) {
    factory.addServerCustomizers(server -> {
      for (Connector connector : server.getConnectors()) {
        connector.addEventListener(this);
        if (connector instanceof ServerConnector sockets) {
          // of the 50 that are usual a flood takes all, and whoever else connects waits a second
          sockets.setAcceptQueueSize(ACCEPT_QUEUE);
        }
      }
    });
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection http) {
      arrivals.put(http, new Arrival(0, 0, NOT_BEGUN));
    }
  }

  /** Also where it has become a live connection. */
  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof HttpConnection http) {
      arrivals.remove(http);
    }
  }

  @Scheduled(fixedDelay = 5_000)
  void endSlow() {
    endSlow(Duration.ofNanos(System.nanoTime()).toSeconds());
  }

  /**
   * @param now in seconds, from whenever
   */
  void endSlow(long now) {
    arrivals.replaceAll((connection, last) -> {
      HttpParser parser = connection.getParser();
      long messages = connection.getMessagesIn();
      long bytes = connection.getBytesIn();
      boolean arriving = parser.inHeaderState() || parser.inContentState();
      if (!arriving || messages != last.messages()) {
        return new Arrival(messages, bytes, NOT_BEGUN);
      }
      if (last.seconds() == NOT_BEGUN) {
        return bytes == last.bytes() ? last : last.begun(now);
      }
      long owed = (now - last.seconds() - GRACE.toSeconds()) * BYTES_A_SECOND;
      if (bytes - last.bytes() < owed) {
        end(connection);
      }
      return last;
    });
  }

  private static void end(HttpConnection connection) {
    // It tells us that it is closed, which must not happen within the walk.
    Thread.startVirtualThread(() ->
        connection.getEndPoint().close(new TimeoutException("The request came in too slowly.")));
  }

  /** Connections that are not live ones. */
  int size() {
    return arrivals.size();
  }
}
