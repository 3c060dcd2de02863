package dev.shopbell.platform.database;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One postmaster, from its start to its end. A server that ended is not started again: make a new
 * one.
 */
final class PostgresServer {
  private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
  private static final Duration TO_LISTEN = Duration.ofSeconds(60);
  private static final Duration TO_CLOSE = Duration.ofSeconds(60);
  private static final Duration TO_ABORT = Duration.ofSeconds(10);
  private static final Duration NEWS_EVERY = Duration.ofSeconds(10);
  private static final int ASK_EVERY_MILLIS = 25;
  private static final int LINES_KEPT = 20;

  private static final String STARTING_UP = "57P03"; // cannot_connect_now

  private final Process process;
  private final PostgresCluster cluster;
  private final LinkedBlockingDeque<String> firstWords = new LinkedBlockingDeque<>();

  private PostgresServer(Process process, PostgresCluster cluster) {
    this.process = process;
    this.cluster = cluster;
  }

  /** Returns at once; the server does not answer yet. */
  static PostgresServer start(PostgresCluster cluster, int port) {
    try {
      cluster.dropLastWeeksLog();
      Process process =
          ShortCommand.bare(Privileges.detached(cluster.serverCommand(port)))
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .start();
      PostgresServer server = new PostgresServer(process, cluster);
      // what it says before its log is open; later this pipe is closed
      Thread.ofVirtual().start(() -> server.listenTo(process.getInputStream()));
      return server;
    } catch (IOException e) {
      throw new DatabaseStartException("The database server cannot be started: " + e, e);
    }
  }

  /** The postmaster's own: what starts it replaces itself by it. */
  long pid() {
    return process.pid();
  }

  /**
   * Waits until a connection succeeds, as long as the server says that it is on its way: after a
   * crash it has to read its log first.
   *
   * @throws DatabaseStartException if it ends or says anything else
   */
  void awaitAnswer(ServerAccess access) throws InterruptedException {
    long began = System.nanoTime();
    long deadline = began + TO_LISTEN.toNanos();
    long news = began + NEWS_EVERY.toNanos();
    while (true) {
      if (!process.isAlive()) {
        throw refused("ended with code " + process.exitValue());
      }
      try {
        access.admin().close();
        return;
      } catch (SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.equals(STARTING_UP)) {
          deadline = System.nanoTime() + TO_LISTEN.toNanos();
        } else if (state.startsWith("28")) {
          throw new DatabaseStartException(
              "The database does not accept the password in "
                  + cluster.passwordFile()
                  + ". The data was kept as it is. Put the right file back; or remove it, and the"
                  + " next start sets a new password.",
              e);
        } else if (!state.startsWith("08")) {
          throw refused("answers \"" + e.getMessage() + "\"");
        }
      }
      if (System.nanoTime() > deadline) {
        throw refused("does not answer on port " + access.port());
      }
      if (System.nanoTime() > news) {
        news += NEWS_EVERY.toNanos();
        log.warn(
            "The database is still starting after {} s, as after a crash. See {}.",
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
            cluster.logFolder());
      }
      process.waitFor(ASK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Waits for its end. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  /**
   * Rolls back what is open, writes everything and ends; by force if it will not. Returns when it
   * is gone, also for an interrupted thread.
   */
  void stop() {
    boolean interrupted = Thread.interrupted();
    try {
      if (end("INT", TO_CLOSE) || end("QUIT", TO_ABORT)) {
        return;
      }
      log.error("The database server did not end; killing it. It recovers at the next start.");
      end("KILL", TO_ABORT);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean end(String signal, Duration patience) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + patience.toNanos();
    if (process.isAlive()) {
      Leftovers.signal(signal, process.pid());
    }
    try {
      while (true) {
        try {
          return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private DatabaseStartException refused(String how) {
    stop();
    cluster.awaitLogWritten();
    StringBuilder message =
        new StringBuilder("The database server ")
            .append(how)
            .append(". The data in ")
            .append(cluster.folder())
            .append(
                " was kept as it is. If the words below do not help, keep a copy of that folder"
                    + " before you try anything, and restore the last backup into a new data"
                    + " folder. Its log is in ")
            .append(cluster.logFolder())
            .append("; the last lines:");
    firstWords.forEach(line -> message.append("\n  ").append(line));
    List<String> lines = cluster.lastLogLines();
    lines.forEach(line -> message.append("\n  ").append(line));
    return new DatabaseStartException(message.toString());
  }

  private void listenTo(InputStream output) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        firstWords.add(line);
        if (firstWords.size() > LINES_KEPT) {
          firstWords.remove();
        }
      }
    } catch (IOException e) {
      log.debug("The server's first words end early", e);
    }
  }
}
