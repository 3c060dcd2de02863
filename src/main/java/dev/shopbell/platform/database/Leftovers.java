package dev.shopbell.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server processes that still work in our folder though nobody keeps them: a postmaster that
 * outlived the program and its watchdog, or the sessions of a postmaster that was killed. They are
 * known by their name and working folder, never by a number in a file.
 */
final class Leftovers {
  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration TO_END_BY_THEMSELVES = Duration.ofSeconds(1);
  private static final Duration TO_CLOSE = Duration.ofSeconds(30);
  private static final Duration TO_ABORT = Duration.ofSeconds(10);
  private static final int LOOK_EVERY_MILLIS = 20;

  private enum Place {
    HERE,
    ELSEWHERE,
    UNKNOWN
  }

  private final Path pg;
  private final Privileges privileges;

  Leftovers(Path pg, Privileges privileges) {
    this.pg = pg;
    this.privileges = privileges;
  }

  /** Sends a signal, which Java itself cannot. Nothing happens if the process is gone. */
  static void signal(String signal, long pid) {
    ShortCommand.run(
        TO_ABORT, List.of("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, String.valueOf(pid)));
  }

  /** Processes of PostgreSQL in our folder, the dead but not yet reaped left out. */
  List<Long> find() {
    List<Long> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        if (place(process) == Place.HERE) {
          found.add(Long.parseLong(process.getFileName().toString()));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** False if some are still there when patience ends. */
  boolean endWithin(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!find().isEmpty()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      try {
        Thread.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DatabaseStartException("Interrupted while an earlier database closes.", e);
      }
    }
    return true;
  }

  /**
   * Stops them all, as gently as they let us, and clears the way for a new server. Only for the
   * program that holds the data folder.
   *
   * @throws DatabaseStartException if something cannot be stopped
   */
  void stop() {
    List<Long> found = find();
    if (!found.isEmpty()) {
      stop(found);
    }
    forgetReusedPid();
  }

  private void stop(List<Long> found) {
    OptionalLong postmaster = postmaster();
    boolean complete = postmaster.isPresent() && found.contains(postmaster.getAsLong());
    if (complete) {
      log.warn(
          "A database server of an earlier run still works in {} (process {}). Closing it.",
          pg,
          postmaster.getAsLong());
      signal("INT", postmaster.getAsLong());
    }
    if (endWithin(complete ? TO_CLOSE : TO_END_BY_THEMSELVES)) {
      return;
    }
    for (String signal : List.of("QUIT", "KILL")) {
      List<Long> left = find();
      log.warn("Processes {} still work in {}. Sending them {}.", left, pg, signal);
      left.forEach(pid -> signal(signal, pid));
      if (endWithin(TO_ABORT)) {
        return;
      }
    }
    throw new DatabaseStartException(
        "A database server of an earlier run still works in "
            + pg
            + " and cannot be stopped (processes "
            + find()
            + "). Nothing was changed. Stop them, or restart the machine, and start Shopbell"
            + " again.");
  }

  /**
   * After a restart of the machine or container, the number in the pid file may be that of some
   * other program, even of ourselves; PostgreSQL would then refuse to start for ever. We hold the
   * folder and nothing works in it, so the file is stale.
   */
  private void forgetReusedPid() {
    OptionalLong pid = postmaster();
    if (pid.isEmpty()) {
      return;
    }
    Path process = Path.of("/proc", String.valueOf(pid.getAsLong()));
    if (Files.exists(process) && place(process) == Place.ELSEWHERE) {
      log.warn(
          "{} names process {}, which is no running database of ours. Removing the stale file.",
          pg.resolve("postmaster.pid"),
          pid.getAsLong());
      try {
        Files.deleteIfExists(pg.resolve("postmaster.pid"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private OptionalLong postmaster() {
    try {
      return OptionalLong.of(
          Long.parseLong(Files.readAllLines(pg.resolve("postmaster.pid")).getFirst().strip()));
    } catch (IOException | RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  private Place place(Path process) {
    try {
      if (!Files.readString(process.resolve("comm")).strip().equals("postgres")) {
        return Place.ELSEWHERE;
      }
      String stat = Files.readString(process.resolve("stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      if (state == 'Z' || state == 'X') {
        return Place.ELSEWHERE;
      }
      return workingFolder(process)
          .map(folder -> folder.equals(pg.toString()) ? Place.HERE : Place.ELSEWHERE)
          .orElse(Place.UNKNOWN);
    } catch (IOException | UncheckedIOException e) {
      return Place.ELSEWHERE; // gone meanwhile
    }
  }

  private Optional<String> workingFolder(Path process) throws IOException {
    try {
      return Optional.of(Files.readSymbolicLink(process.resolve("cwd")).toString());
    } catch (AccessDeniedException e) {
      if (privileges.kind() != Privileges.Kind.NOBODY
          || Privileges.ownerOf(process) != privileges.owner()) {
        return Optional.empty();
      }
      // root of a container may not look, but the server's own user may
      ShortCommand.Result seen =
          ShortCommand.run(
              TO_ABORT,
              privileges.asOverseer(List.of("readlink", process.resolve("cwd").toString())));
      return seen.ok() ? Optional.of(seen.output()) : Optional.empty();
    }
  }
}
