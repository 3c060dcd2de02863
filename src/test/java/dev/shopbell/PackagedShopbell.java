package dev.shopbell;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process of its own, on its embedded database, to be killed at will. */
final class PackagedShopbell implements AutoCloseable {
  static final String TOKEN = "sb_token_of_the_packaged_program";

  private final Path data;
  private final Map<String, String> settings;
  private final int httpPort = freePort();
  private final int smtpPort = freePort();
  private Process process;

  PackagedShopbell(Path data, Map<String, String> settings) {
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
      ProcessBuilder builder =
          new ProcessBuilder(
              new ArrayList<>(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx512m",
                      // it lives for seconds: too short for the better compiler to pay
                      "-XX:TieredStopAtLevel=1",
                      "-jar",
                      Path.of("target", "shopbell.jar").toString())));
      builder.command().addAll(List.of(arguments));
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

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("The program has ended:\n" + output());
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/healthz"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
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
    return new Api("http://127.0.0.1:" + httpPort, TOKEN);
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
    return data.resolveSibling(data.getFileName() + ".log");
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
