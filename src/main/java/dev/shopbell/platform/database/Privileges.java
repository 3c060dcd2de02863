package dev.shopbell.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As which user the server runs. PostgreSQL refuses to run as root, rightly: a hole in it would be
 * a hole in the machine. So root hands it to {@code nobody} where that user can reach the folders,
 * and else hides its being root from it, which satisfies PostgreSQL but protects nothing.
 *
 * @param owner numeric user that has to own what the server reads and writes
 * @param group its numeric group
 * @param prefix put before a command to run it as that user
 */
record Privileges(Kind kind, int owner, int group, List<String> prefix) {
  enum Kind {
    /** The program is not root: the server runs as the same user. */
    OWN,
    /** The program is root, the server is nobody. */
    NOBODY,
    /** Both are root; the server sees itself in a user namespace where it is not. */
    HIDDEN_ROOT
  }

  private static final Logger log = LoggerFactory.getLogger(Privileges.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  static boolean weAreRoot() {
    return ownerOf(Path.of("/proc/self")) == 0;
  }

  /**
   * Chooses by trying: in a container or on a special mount, what looks allowed need not be.
   *
   * @throws DatabaseStartException if PostgreSQL's programs cannot be run in any way
   */
  static Privileges choose(Path data, PostgresBinaries binaries) {
    if (!weAreRoot()) {
      Privileges own =
          new Privileges(
              Kind.OWN,
              ownerOf(Path.of("/proc/self")),
              attribute(Path.of("/proc/self"), "unix:gid"),
              List.of());
      ShortCommand.Result tried = own.attempt(data, binaries);
      if (!tried.ok()) {
        throw cannotRun(binaries, "tried directly: " + tried.output());
      }
      return own;
    }
    List<String> failures = new ArrayList<>();
    Privileges nobody = nobody();
    if (nobody != null) {
      ShortCommand.Result tried = nobody.attempt(data, binaries);
      if (tried.ok()) {
        return nobody;
      }
      failures.add("tried as user nobody: " + tried.output());
    } else {
      failures.add("there is no user nobody");
    }
    Privileges hidden = new Privileges(Kind.HIDDEN_ROOT, 0, 0, List.of("unshare", "--user", "--"));
    ShortCommand.Result tried = hidden.attempt(data, binaries);
    if (tried.ok()) {
      log.warn(
          "The database runs with the rights of root, because the user nobody cannot reach {} ({})."
              + " Better start Shopbell as a user of its own, or put the data folder where every"
              + " folder above it may be entered (chmod o+x).",
          data,
          failures.getFirst());
      return hidden;
    }
    failures.add("tried in a user namespace: " + tried.output());
    throw cannotRun(binaries, String.join("; ", failures));
  }

  /** The command as the server's user. */
  List<String> asServer(List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }

  /**
   * The command as one who may signal the server and look at it in /proc. That is the server's user
   * itself when it is nobody, since root in a container may lack that right, but not from within a
   * user namespace, which is blind to processes outside.
   */
  List<String> asOverseer(List<String> command) {
    return kind == Kind.NOBODY ? asServer(command) : command;
  }

  /** A session of its own, so that Ctrl-C in the terminal reaches only the program. */
  static List<String> detached(List<String> command) {
    if (!Files.isExecutable(Path.of("/usr/bin/setsid"))
        && !Files.isExecutable(Path.of("/bin/setsid"))) {
      return command;
    }
    List<String> whole = new ArrayList<>(List.of("setsid"));
    whole.addAll(command);
    return whole;
  }

  static int ownerOf(Path path) {
    return attribute(path, "unix:uid");
  }

  /**
   * Gives a tree to the server's user. The root goes last, so that its owner tells whether the
   * whole is done, also after a crash in the middle. Symbolic links are not followed.
   */
  void own(Path root) throws IOException {
    if (kind == Kind.OWN || ownerOf(root) == owner) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            change(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            change(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void change(Path path) throws IOException {
    Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
  }

  private ShortCommand.Result attempt(Path data, PostgresBinaries binaries) {
    // the folders first: their message says more than that of a program that cannot be started
    return ShortCommand.run(
        PATIENCE,
        asServer(
            List.of(
                "sh",
                "-c",
                "cd \"$1\" && exec \"$2\" --version",
                "sh",
                data.toString(),
                binaries.program("postgres").toString())));
  }

  private static @Nullable Privileges nobody() {
    ShortCommand.Result user = ShortCommand.run(PATIENCE, List.of("id", "-u", "nobody"));
    ShortCommand.Result group = ShortCommand.run(PATIENCE, List.of("id", "-g", "nobody"));
    if (!user.ok() || !group.ok()) {
      return null;
    }
    int uid = Integer.parseInt(user.output());
    int gid = Integer.parseInt(group.output());
    return new Privileges(
        Kind.NOBODY,
        uid,
        gid,
        List.of(
            "setpriv",
            "--reuid=" + uid,
            "--regid=" + gid,
            "--clear-groups",
            "--no-new-privs",
            "--"));
  }

  private static int attribute(Path path, String name) {
    try {
      return (Integer) Files.getAttribute(path, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DatabaseStartException cannotRun(PostgresBinaries binaries, String tried) {
    return new DatabaseStartException(
        "PostgreSQL in "
            + binaries.folder()
            + " cannot be run ("
            + tried
            + "). No data was touched. Start Shopbell as an ordinary user who owns the data folder,"
            + " on a disk that is not mounted \"noexec\", or use a PostgreSQL of your own with"
            + " SHOPBELL_DATABASE_URL.");
  }
}
