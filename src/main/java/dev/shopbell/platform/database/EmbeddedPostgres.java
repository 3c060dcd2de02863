package dev.shopbell.platform.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, durable and for this program only: on the loopback address, at a
 * port chosen at each start, behind a random password. While it is open,
 *
 * <ul>
 *   <li>a server that ends by itself is started again on the same port, so that a connection pool
 *       recovers;
 *   <li>the server ends when the program does, however that ends.
 * </ul>
 *
 * It registers no shutdown hook: whoever starts it closes it, after the last use of its
 * connections. Without that the watchdog closes it, a moment later.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final int PORT_ATTEMPTS = 5;

  /**
   * Below the ports that Linux gives to outgoing connections (from 32768): such a one could take
   * the port while the server restarts.
   */
  private static final int FIRST_PORT = 20_000;

  private static final int LAST_PORT = 32_000;
  private static final Duration SHORT_LIFE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final int MOST_DOUBLINGS = 7; // 32 s

  private final DataFolder folder;
  private final PostgresCluster cluster;
  private final Leftovers leftovers;
  private final Watchdog watchdog;
  private final ServerAccess access;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread keeper = Thread.ofVirtual().name("database-keeper").unstarted(this::keep);
  private volatile PostgresServer server;

  private EmbeddedPostgres(
      DataFolder folder,
      PostgresCluster cluster,
      Leftovers leftovers,
      Watchdog watchdog,
      ServerAccess access,
      PostgresServer server) {
    this.folder = folder;
    this.cluster = cluster;
    this.leftovers = leftovers;
    this.watchdog = watchdog;
    this.access = access;
    this.server = server;
  }

  /**
   * Starts the server on the database in this folder, which is made if there is none, and returns
   * when it answers. PostgreSQL's programs are unpacked into the same folder.
   *
   * @throws DatabaseStartException if that is not possible; what is in the folder is kept then
   */
  public static EmbeddedPostgres start(Path dataFolder) {
    return start(dataFolder, dataFolder);
  }

  /**
   * As {@link #start(Path)}.
   *
   * @param programs folder for PostgreSQL's programs (60 MB), which many data folders may share,
   *     also at the same time
   */
  public static EmbeddedPostgres start(Path dataFolder, Path programs) {
    return start(dataFolder, () -> PostgresBinaries.unpackedIn(programs));
  }

  /**
   * By the programs of the version that made the database, which an earlier Shopbell left there.
   *
   * @throws DatabaseStartException {@code why} if they are gone
   */
  static EmbeddedPostgres startOlder(Path dataFolder, Path programs, OlderPostgres why) {
    return start(
        dataFolder, () -> PostgresBinaries.left(programs, why.major()).orElseThrow(() -> why));
  }

  private static EmbeddedPostgres start(Path dataFolder, Supplier<PostgresBinaries> programs) {
    DataFolder folder = DataFolder.open(dataFolder);
    try {
      PostgresBinaries binaries = programs.get();
      Privileges privileges = Privileges.choose(folder.path(), binaries);
      Leftovers leftovers = new Leftovers(folder.pg(), privileges);
      PostgresCluster cluster = new PostgresCluster(folder, binaries, privileges, leftovers);
      cluster.check();
      leftovers.stop();
      String password = cluster.prepare();
      Watchdog watchdog = Watchdog.start(folder.pg(), privileges);
      try {
        EmbeddedPostgres postgres = firstStart(folder, cluster, leftovers, watchdog, password);
        postgres.keeper.start();
        return postgres;
      } catch (RuntimeException e) {
        watchdog.close();
        throw e;
      }
    } catch (RuntimeException e) {
      folder.close();
      throw e instanceof DatabaseStartException
          ? e
          : new DatabaseStartException(
              "The database in "
                  + folder.path()
                  + " could not be started ("
                  + e
                  + "). Its data was kept as it is.",
              e);
    }
  }

  /** Of the database {@code shopbell}, which belongs to {@link #user()}. The same until closed. */
  public String jdbcUrl() {
    return jdbcUrl(ServerAccess.DATABASE);
  }

  /** Of a database made by {@link #createDatabase}. */
  public String jdbcUrl(String database) {
    return access.url(database);
  }

  /** An ordinary role, no superuser: it may make tables and trusted extensions in its databases. */
  public String user() {
    return ServerAccess.USER;
  }

  /** Secret; stable over restarts. */
  public String password() {
    return access.password();
  }

  /** An empty database beside the first, owned by {@link #user()}. */
  public void createDatabase(String name) throws SQLException {
    createDatabase(name, "template1");
  }

  /** A copy of a database that nobody is connected to; much quicker than migrating anew. */
  public void createDatabase(String name, String template) throws SQLException {
    access.createDatabase(name, template);
  }

  /**
   * Ends the server in order: open transactions are rolled back, everything is on the disk. Takes
   * up to a minute when much is to be written. Harmless when repeated.
   */
  @Override
  public synchronized void close() {
    if (closing.getCount() == 0) {
      return;
    }
    closing.countDown();
    keeper.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        keeper.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    try {
      server.stop();
      watchdog.close();
    } finally {
      folder.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  long postmasterPid() {
    return server.pid();
  }

  long watchdogPid() {
    return watchdog.pid();
  }

  private static EmbeddedPostgres firstStart(
      DataFolder folder,
      PostgresCluster cluster,
      Leftovers leftovers,
      Watchdog watchdog,
      String password) {
    for (int attempt = 1; ; attempt++) {
      ServerAccess access = new ServerAccess(freePort(), password);
      PostgresServer server = PostgresServer.start(cluster, access.port());
      watchdog.watch(server.pid());
      try {
        server.awaitAnswer(access);
        access.prepare();
        return new EmbeddedPostgres(folder, cluster, leftovers, watchdog, access, server);
      } catch (DatabaseStartException e) {
        server.stop();
        // between our look at the port and the server's, another program took it
        boolean portTaken = String.valueOf(e.getMessage()).contains("could not bind");
        if (!portTaken || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      } catch (SQLException e) {
        server.stop();
        throw new DatabaseStartException(
            "The database started, but Shopbell's part of it could not be made ("
                + e.getMessage()
                + "). The data was kept. The log is in "
                + cluster.logFolder(),
            e);
      } catch (InterruptedException e) {
        server.stop();
        Thread.currentThread().interrupt();
        throw new DatabaseStartException("Interrupted while the database starts.", e);
      }
    }
  }

  /** Runs as long as this is open. */
  private void keep() {
    int shortLives = 0;
    try {
      while (true) {
        long began = System.nanoTime();
        int code = server.awaitEnd();
        if (closing.getCount() == 0) {
          return;
        }
        boolean shortLife = System.nanoTime() - began < SHORT_LIFE.toNanos();
        shortLives = shortLife ? shortLives + 1 : 0;
        log.error(
            "The database server ended by itself (code {}). Starting it again on port {}; until it"
                + " answers, nothing can be read or written. Its log is in {}.",
            code,
            access.port(),
            cluster.logFolder());
        // the first time at once; a server that keeps dying gets longer and longer pauses
        restart(Math.max(0, shortLives - 1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  /**
   * Tries until it works or this is closed: there is nothing else to do, and every failure is told.
   */
  private void restart(int failuresBefore) throws InterruptedException {
    long began = System.nanoTime();
    for (int failures = failuresBefore; ; failures++) {
      if (closing.await(pause(failures).toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      PostgresServer next = null;
      try {
        leftovers.stop();
        next = PostgresServer.start(cluster, access.port());
        server = next;
        watchdog.watch(next.pid());
        next.awaitAnswer(access);
        log.warn(
            "The database answers again, after {} ms.",
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        return;
      } catch (RuntimeException e) {
        if (next != null) {
          next.stop();
        }
        log.error(
            "The database could not be started again; the next attempt is in {} s.",
            pause(failures + 1).toSeconds(),
            e);
      }
    }
  }

  private static Duration pause(int failures) {
    return failures == 0
        ? Duration.ZERO
        : FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
  }

  private static int freePort() {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        return port;
      } catch (IOException e) {
        // taken: another one
      }
    }
    throw new DatabaseStartException(
        "No free port between " + FIRST_PORT + " and " + LAST_PORT + " for the database.");
  }
}
