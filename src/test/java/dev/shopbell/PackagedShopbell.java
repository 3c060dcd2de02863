package dev.shopbell;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program as a process of its own, to be killed at will: on its embedded database, or
 * as one of several nodes on another. It is started by the script that operators start it by, with
 * a cache that is trained once for each build.
 */
final class PackagedShopbell implements AutoCloseable {
  static final String TOKEN = "sb_token_of_the_packaged_program";

  private static final Path JAR = Path.of("target", "shopbell.jar");

  // it lives for seconds: too short for the better compiler to pay
  private static final Map<String, String> START =
      Map.of(
          "JAVA_HOME",
          System.getProperty("java.home"),
          "JAVA_OPTS",
          "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
          "SHOPBELL_JAR",
          JAR.toAbsolutePath().toString(),
          "SHOPBELL_CACHE",
          Path.of("target", "cache").toAbsolutePath().toString());

  private final Path jar;
  private final Path data;
  private final Map<String, String> settings;
  private final int httpPort = freePort();
  private final int smtpPort = freePort();
  private Process process;

  PackagedShopbell(Path data, Map<String, String> settings) {
    this(JAR, data, settings);
  }

  /** Another version of the program. */
  PackagedShopbell(Path jar, Path data, Map<String, String> settings) {
    this.jar = jar;
    this.data = data;
    this.settings = settings;
  }

  /** Starts the program, or starts it again, and waits until it is ready. */
  void start() {
    process = launched();
    await().atMost(Duration.ofSeconds(90)).until(this::isReady);
  }

  /** Runs the program with a command and waits for its end; returns how it ended. */
  int runToEnd(String... command) {
    Process own = launched(command);
    try {
      if (!own.waitFor(90, TimeUnit.SECONDS)) {
        own.destroyForcibly();
        throw new IllegalStateException("The program does not end:\n" + output());
      }
      return own.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process launched(String... arguments) {
    try {
      shareThePrograms();
      ProcessBuilder builder = new ProcessBuilder(started());
      builder.command().addAll(List.of(arguments));
      builder.environment().putAll(START);
      builder
          .environment()
          .putAll(
              Map.of(
                  "SHOPBELL_HTTP_PORT",
                  Integer.toString(httpPort),
                  "SHOPBELL_SMTP_PORT",
                  Integer.toString(smtpPort),
                  "SHOPBELL_DATA",
                  data.toString(),
                  "SHOPBELL_OWNER_EMAIL",
                  RunningShopbell.OWNER,
                  "SHOPBELL_OWNER_PASSWORD",
                  RunningShopbell.PASSWORD,
                  "SHOPBELL_API_TOKEN",
                  TOKEN));
      builder.environment().putAll(settings);
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To unpack PostgreSQL takes seconds; the tests before have done it. */
  private void shareThePrograms() throws IOException {
    Path own = data.resolve("postgres");
    Path shared = Path.of("target", "postgres");
    if (Files.exists(own) || settings.containsKey("SHOPBELL_DATABASE_URL")) {
      return;
    }
    if (Files.isDirectory(shared)) {
      Files.createDirectories(own);
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(shared, "postgres-*")) {
        for (Path version : versions) {
          if (Files.isDirectory(version)) {
            Files.createSymbolicLink(own.resolve(version.getFileName()), version.toRealPath());
          }
        }
      }
    }
  }

  private List<String> started() {
    if (jar.equals(JAR)) {
      return new ArrayList<>(List.of("packaging/shopbell"));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(START.get("JAVA_HOME"), "bin", "java").toString());
    command.addAll(List.of(START.get("JAVA_OPTS").split(" ")));
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("The program has ended:\n" + output());
    }
    try {
      return asked("/healthz").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As Prometheus reads them. */
  String metrics() {
    return asked("/metrics").body();
  }

  private HttpResponse<String> asked(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address() + path))
              .header("Authorization", "Bearer " + TOKEN)
              .timeout(Duration.ofSeconds(2))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As {@code kill -9}: no goodbye, no shutdown. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the database's first process, as {@code kill -9}. */
  void killPostmaster() {
    try {
      long pid =
          Long.parseLong(
              Files.readAllLines(data.resolve("postgres/pg/postmaster.pid")).getFirst().strip());
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills what stops the database when the program dies. */
  void killWatchdog() {
    String folder = data.resolve("postgres/pg").toAbsolutePath().toString();
    ProcessHandle.allProcesses()
        .filter(one ->
            one.info()
                .arguments()
                .map(List::of)
                .filter(words -> words.contains("shopbell-watchdog") && words.contains(folder))
                .isPresent())
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends it in order and waits; returns how it ended. */
  int stop() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        kill();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Api api() {
    return new Api(address(), TOKEN);
  }

  String address() {
    return "http://127.0.0.1:" + httpPort;
  }

  int smtpPort() {
    return smtpPort;
  }

  String output() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    // nodes may share a data folder
    return data.resolveSibling(data.getFileName() + "-" + httpPort + ".log");
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      stop();
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
