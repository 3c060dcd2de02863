package dev.shopbell;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.shopbell.platform.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole program, as it runs: real PostgreSQL, real SMTP in, a real mail server to send to. One
 * is shared by the tests of a run, whose classes run two at a time, by one for each of the two; a
 * test that needs one of its own starts it.
 */
public final class RunningShopbell implements AutoCloseable {
  public static final String OWNER = "owner@shop.example";
  public static final String PASSWORD = "correct horse battery";
  public static final String TOKEN = "sb_owner_token_of_the_tests";

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final Object STARTING = new Object();

  static {
    // What a thread of one class fails on must not fail a class that waits beside it.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final GreenMail relay;
  private final int httpPort;
  private final int smtpPort;
  private final Class<?>[] parts;
  private ConfigurableApplicationContext context;

  private RunningShopbell(Map<String, String> own, Class<?>... parts) {
    this.parts = parts;
    relay = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    relay.start();
    httpPort = freePort();
    smtpPort = freePort();
    settings.put("shopbell.http-port", Integer.toString(httpPort));
    settings.put("shopbell.smtp-port", Integer.toString(smtpPort));
    settings.put("shopbell.data", folder().toString());
    settings.put("shopbell.database-url", Database.newUrl(Database.MIGRATED));
    settings.put("shopbell.owner-email", OWNER);
    settings.put("shopbell.owner-password", PASSWORD);
    settings.put("shopbell.api-token", TOKEN);
    settings.put("shopbell.relay-url", "smtp://127.0.0.1:" + relay.getSmtp().getPort());
    // the servers of the tests stand for the world outside; 127.0.0.2 is inside
    settings.put("shopbell.allow-internal-hosts", "127.0.0.1");
    settings.putAll(own);
    context = run();
    RUNNING.add(this);
  }

  private ConfigurableApplicationContext run() {
    List<String> arguments = new ArrayList<>();
    settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    // One after the other: they have one logging system between them.
    synchronized (STARTING) {
      return new SpringApplicationBuilder(Shopbell.class)
          .sources(parts)
          .run(arguments.toArray(String[]::new));
    }
  }

  private static final ThreadLocal<RunningShopbell> SHARED =
      ThreadLocal.withInitial(() -> start(Map.of()));

  private static final Set<RunningShopbell> RUNNING = ConcurrentHashMap.newKeySet();

  /** One PostgreSQL for all, a database for each program. */
  private static final class Database {
    static final EmbeddedPostgres SERVER = start();
    private static final String EMPTY = "template1";

    /** Copied for each program: that is much quicker than migrating anew. */
    private static final String MIGRATED = migrated();

    static {
      // In this order: a program whose database is away waits for it half a minute.
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                RUNNING.parallelStream().forEach(RunningShopbell::close);
                SERVER.close();
              }));
    }

    private static EmbeddedPostgres start() {
      try {
        Path folder = Files.createDirectory(folder().resolve("postgres"));
        // each program has a pool of 16, and a test may run several
        Files.writeString(folder.resolve("postgres.local.conf"), "max_connections = 400\n");
        return EmbeddedPostgres.start(folder, Path.of("target", "postgres"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String migrated() {
      String name = "shopbell_migrated";
      String url = newUrl(name, EMPTY);
      Flyway.configure().dataSource(url, null, null).load().migrate();
      return name;
    }

    static String newUrl(String template) {
      return newUrl("shopbell_" + DATABASES.incrementAndGet(), template);
    }

    private static String newUrl(String name, String template) {
      try {
        SERVER.createDatabase(name, template);
      } catch (java.sql.SQLException e) {
        throw new IllegalStateException(e);
      }
      String url = SERVER.jdbcUrl(name);
      return url
          + (url.contains("?") ? "&" : "?")
          + "user="
          + SERVER.user()
          + "&password="
          + SERVER.password();
    }
  }

  /** The one of this thread: each of the threads that run test classes has its own. */
  public static RunningShopbell shared() {
    return SHARED.get();
  }

  /** One of its own, on an empty database, with settings such as {@code shopbell.relay-url}. */
  public static RunningShopbell start(Map<String, String> settings) {
    return new RunningShopbell(settings);
  }

  /** A database with nothing in it, as {@code SHOPBELL_DATABASE_URL} names one. */
  public static String emptyDatabase() {
    return Database.newUrl(Database.EMPTY);
  }

  /** What it was started with, such as {@code shopbell.data}. */
  public String setting(String name) {
    return settings.get(name);
  }

  /** The same with parts of a test's own, which take the place of others: {@link SteppedClock}. */
  public static RunningShopbell start(Map<String, String> settings, Class<?>... parts) {
    return new RunningShopbell(settings, parts);
  }

  /** Another node of the same program: the same database and files, other ports. */
  public RunningShopbell anotherNode() {
    return new RunningShopbell(
        Map.of(
            "shopbell.database-url",
            settings.get("shopbell.database-url"),
            "shopbell.data",
            settings.get("shopbell.data")));
  }

  /** Stops the program and starts it again, on the same database and data folder. */
  public void restart() {
    context.close();
    context = run();
  }

  /** The API as the owner, by token. */
  public Api api() {
    return new Api(address(), TOKEN);
  }

  /** The API with another token, or with none where it is null. */
  public Api api(String token) {
    return new Api(address(), token);
  }

  /** Where a command that is run beside the program finds its database. */
  public String databaseUrl() {
    return settings.get("shopbell.database-url");
  }

  public String address() {
    return "http://127.0.0.1:" + httpPort;
  }

  public int smtpPort() {
    return smtpPort;
  }

  /** The mail server that our answers are sent to. */
  public GreenMail relay() {
    return relay;
  }

  /** A part of the running program, where nothing outside shows what a test has to see. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** All of a type, where several rooms fill a slot. */
  public <T> java.util.Collection<T> beans(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  /** The same, where there are several of the type. */
  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  /** What is still running when the tests are over is closed then. */
  @Override
  public void close() {
    RUNNING.remove(this);
    context.close();
    relay.stop();
  }

  private static Path folder() {
    try {
      Files.createDirectories(Path.of("target"));
      return Files.createTempDirectory(Path.of("target"), "shopbell");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
