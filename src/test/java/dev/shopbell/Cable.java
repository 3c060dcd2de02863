package dev.shopbell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The network between the program and a server, to be cut or silenced. */
final class Cable implements AutoCloseable {
  private static final int OPEN = 1 << 20;

  private final ServerSocket here;
  private final int there;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** One permit for each piece that is under way. */
  private final Semaphore passing = new Semaphore(OPEN);

  /** Leads to the port of this machine. */
  Cable(int there) {
    this.there = there;
    try {
      here = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return here.getLocalPort();
  }

  private void accept() {
    while (!here.isClosed()) {
      try {
        Socket near = here.accept();
        sockets.add(near);
        Socket far = new Socket(InetAddress.getLoopbackAddress(), there);
        sockets.add(far);
        Thread.ofVirtual().start(() -> pass(near, far));
        Thread.ofVirtual().start(() -> pass(far, near));
      } catch (IOException e) {
        // closed, or nobody is there: whoever called is cut off
        cut();
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] piece = new byte[16_384];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        passing.acquireUninterruptibly();
        try {
          out.write(piece, 0, read);
        } finally {
          passing.release();
        }
      }
    } catch (IOException e) {
      // cut
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  /** Every connection breaks; new ones can be made at once. */
  void cut() {
    for (Socket socket : sockets) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        // is gone
      }
    }
  }

  /** From now on nothing comes through, and nobody is told. */
  void silence() {
    passing.acquireUninterruptibly(OPEN);
  }

  /** As before; what was under way comes late. */
  void mend() {
    passing.release(OPEN);
  }

  @Override
  public void close() {
    try {
      here.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
