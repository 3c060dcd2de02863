package dev.shopbell.platform.outgoing;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call in whatever it is doing: a server that sends one byte a second never runs into a
 * timeout of reading.
 */
final class Deadline implements AutoCloseable {
  private final long endsAt;
  private final Thread watch;
  private @Nullable Socket current;
  private boolean over;

  Deadline(Duration total) {
    endsAt = System.nanoTime() + total.toNanos();
    watch = Thread.startVirtualThread(() -> closeAfter(total));
  }

  private void closeAfter(Duration total) {
    try {
      Thread.sleep(total);
    } catch (InterruptedException e) {
      return;
    }
    synchronized (this) {
      over = true;
      if (current != null) {
        close(current);
      }
    }
  }

  /** From now on the end of time closes this socket. */
  synchronized void watch(Socket socket) throws SocketTimeoutException {
    if (over) {
      close(socket);
      throw new SocketTimeoutException();
    }
    current = socket;
  }

  synchronized boolean isOver() {
    return over;
  }

  Duration remaining() {
    return Duration.ofMillis(remainingMillis());
  }

  /** At least one millisecond, since 0 means "for ever" to a socket. */
  int remainingMillis() {
    return (int) Math.clamp((endsAt - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // whoever reads from it learns it
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
