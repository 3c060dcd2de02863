package dev.shopbell;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The browser of the tests, one for each thread that runs them: the one that is installed, or else
 * one that is installed now. Where there is none to be had, the tests fail.
 */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /** Nothing that it does by itself may reach out, or hide what a page does. */
  private static final List<String> ARGUMENTS =
      List.of(
          "--headless",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private Chromium() {}

  /** What Playwright gives is for the thread that asked for it. */
  private static final ThreadLocal<Browser> SHARED = ThreadLocal.withInitial(Chromium::launch);

  /** It ends with the run: its driver goes when the pipe to it closes. */
  static Browser shared() {
    return SHARED.get();
  }

  /** One at a time: it may be installed first. */
  private static synchronized Browser launch() {
    Optional<Path> found = installed().or(Chromium::fromDebian);
    Map<String, String> environment =
        found.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of();
    try {
      if (found.isEmpty()) {
        fromPlaywright();
      }
      List<String> arguments = new ArrayList<>(ARGUMENTS);
      if (isRoot()) {
        arguments.add("--no-sandbox");
      }
      LaunchOptions options = new LaunchOptions().setHeadless(true).setArgs(arguments);
      found.ifPresent(options::setExecutablePath);
      return Playwright.create(new Playwright.CreateOptions().setEnv(environment))
          .chromium()
          .launch(options);
    } catch (RuntimeException | IOException e) {
      throw new AssertionError(
          "The browser tests need Chromium and could not start one"
              + found.map(path -> " (" + path + ")").orElse("")
              + ". Install it (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Path> installed() {
    String named = System.getenv("CHROMIUM_PATH");
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Root of a Debian, as in a container for tests, gets it from there. */
  private static Optional<Path> fromDebian() {
    if (!isRoot() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return Optional.empty();
    }
    try {
      boolean there =
          runs("apt-get", "update")
              && runs("apt-get", "install", "-y", "--no-install-recommends", "chromium");
      return there ? installed() : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void fromPlaywright() throws IOException, InterruptedException {
    String java = ProcessHandle.current().info().command().orElse("java");
    String classes = System.getProperty("java.class.path");
    if (!runs(java, "-cp", classes, "com.microsoft.playwright.CLI", "install", "chromium")) {
      throw new IOException("Playwright could not download its own Chromium.");
    }
  }

  private static boolean runs(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    Process process = builder.start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
