package dev.shopbell.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that stops the server when this program dies, however it dies. It holds one end of a
 * pipe; the kernel closes the other end with the program. If the watchdog itself dies, a new one is
 * started.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration TO_END = Duration.ofSeconds(2);
  private static final int FIRST_PAUSE_MILLIS = 50;
  private static final int LONGEST_PAUSE_MILLIS = 30_000;

  private final List<String> command;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread keeper = Thread.ofVirtual().name("database-watchdog").unstarted(this::keep);
  private @Nullable Process process;
  private long watched;

  private Watchdog(List<String> command) {
    this.command = command;
  }

  static Watchdog start(Path pg, Privileges privileges) {
    try (InputStream script = Watchdog.class.getResourceAsStream("watchdog.sh")) {
      if (script == null) {
        throw new IllegalStateException("watchdog.sh is missing from the program");
      }
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      Watchdog watchdog =
          new Watchdog(
              Privileges.detached(
                  privileges.asOverseer(
                      List.of("sh", "-c", text, "shopbell-watchdog", pg.toString()))));
      watchdog.startProcess();
      watchdog.keeper.start();
      return watchdog;
    } catch (IOException e) {
      throw new DatabaseStartException("The database's watchdog cannot be started: " + e, e);
    }
  }

  /** From now on it answers for this server process. */
  synchronized void watch(long pid) {
    watched = pid;
    tell();
  }

  synchronized long pid() {
    return process == null ? -1 : process.pid();
  }

  /** For when there is no server any more. Were there one still, it would stop it. */
  @Override
  public void close() {
    closed.countDown();
    Process last;
    synchronized (this) {
      last = process;
    }
    if (last == null) {
      return;
    }
    try {
      last.getOutputStream().close();
      last.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      log.debug("The watchdog was gone already", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep() {
    int pause = FIRST_PAUSE_MILLIS;
    try {
      while (true) {
        Process current = current();
        long began = System.nanoTime();
        if (current != null) {
          current.waitFor();
        }
        if (System.nanoTime() - began > TimeUnit.MINUTES.toNanos(1)) {
          pause = FIRST_PAUSE_MILLIS;
        }
        if (closed.await(pause, TimeUnit.MILLISECONDS)) {
          return;
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        log.warn("The database's watchdog is gone. Starting a new one.");
        try {
          startProcess();
        } catch (IOException e) {
          log.error("The database's watchdog cannot be started; trying again", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Process current() {
    return process;
  }

  private synchronized void startProcess() throws IOException {
    if (closed.getCount() == 0) {
      return;
    }
    process =
        ShortCommand.bare(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (watched != 0) {
      tell();
    }
  }

  private synchronized void tell() {
    if (process == null) {
      return;
    }
    try {
      OutputStream pipe = process.getOutputStream();
      pipe.write((watched + "\n").getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    } catch (IOException e) {
      log.debug("The watchdog is gone; its successor will be told", e);
    }
  }
}
