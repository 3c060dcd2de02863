package dev.shopbell.platform.database;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program that ends soon, and reads what it says. */
final class ShortCommand {
  /**
   * @param exitCode as the shell counts them: 126 could not be executed, 127 not found, 124 took
   *     too long
   * @param output standard output and error together
   */
  record Result(int exitCode, String output) {
    boolean ok() {
      return exitCode == 0;
    }
  }

  private ShortCommand() {}

  static Result run(Duration patience, List<String> command) {
    return run(patience, command, "");
  }

  static Result run(Duration patience, List<String> command, String input) {
    try {
      Process process = bare(command).redirectErrorStream(true).start();
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      Thread reader = Thread.ofVirtual().start(() -> drain(process.getInputStream(), output));
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // it ended without reading: its exit code and its words say why
      }
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        return new Result(124, "took longer than " + patience.toSeconds() + " s");
      }
      reader.join();
      return new Result(process.exitValue(), output.toString(StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      return new Result(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseStartException("Interrupted while running " + command.getFirst() + ".", e);
    }
  }

  /**
   * A builder whose environment holds no secret of ours (they would be readable in /proc by the
   * user the database runs as) and nothing that changes PostgreSQL's behaviour (PGPORT, LC_ALL, TZ
   * …).
   */
  static ProcessBuilder bare(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    String path = System.getenv("PATH");
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", path == null ? "/usr/sbin:/usr/bin:/sbin:/bin" : path);
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    // not ours, which the server's user may not be able to enter
    return builder.directory(new File("/"));
  }

  private static void drain(InputStream from, OutputStream to) {
    try {
      from.transferTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
