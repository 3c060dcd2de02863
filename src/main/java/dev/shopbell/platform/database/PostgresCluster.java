package dev.shopbell.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code pg}, its settings and its log: what is on the disk, whether a server runs or
 * not.
 */
final class PostgresCluster {
  private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);
  private static final Duration TO_MAKE = Duration.ofMinutes(3);
  private static final Duration TO_RECOVER = Duration.ofMinutes(30);
  private static final Duration LOG_WRITTEN = Duration.ofSeconds(2);
  private static final int LOG_LINES = 12;
  private static final int LOG_BYTES = 16 * 1024;
  private static final Pattern MAJOR = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

  private final DataFolder data;
  private final PostgresBinaries binaries;
  private final Privileges privileges;
  private final Leftovers leftovers;

  PostgresCluster(
      DataFolder data, PostgresBinaries binaries, Privileges privileges, Leftovers leftovers) {
    this.data = data;
    this.binaries = binaries;
    this.privileges = privileges;
    this.leftovers = leftovers;
  }

  Path folder() {
    return data.pg();
  }

  Path logFolder() {
    return data.log();
  }

  Path passwordFile() {
    return data.passwordFile();
  }

  /**
   * Looks, before anything is touched, whether the folder is one that these binaries can serve.
   *
   * @throws DatabaseStartException if it is not
   */
  void check() {
    Path pg = data.pg();
    try {
      if (!Files.exists(pg)) {
        return;
      }
      int owner = Privileges.ownerOf(pg);
      if (privileges.kind() == Privileges.Kind.OWN && owner != privileges.owner()) {
        throw new DatabaseStartException(
            "The database in "
                + pg
                + " belongs to another user (number "
                + owner
                + "), probably because Shopbell once ran as root. Nothing was changed. Give it to"
                + " the user that Shopbell runs as: chown -R <user> "
                + data.path());
      }
      if (isMissing()) {
        return;
      }
      Path versionFile = pg.resolve("PG_VERSION");
      String found = Files.exists(versionFile) ? Files.readString(versionFile).strip() : "";
      if (!found.matches("\\d{1,4}")) {
        throw new DatabaseStartException(
            "The folder "
                + pg
                + " is not empty, but holds no complete PostgreSQL database ("
                + (found.isEmpty() ? "PG_VERSION is missing" : "PG_VERSION is damaged")
                + "). It was left exactly as it is. Restore it from a backup; or move it away, and"
                + " Shopbell begins with an empty database.");
      }
      int ours = major();
      int theirs = Integer.parseInt(found);
      String made =
          "The database in "
              + pg
              + " was made by PostgreSQL "
              + theirs
              + ", this Shopbell brings PostgreSQL "
              + ours
              + ". It was left exactly as it is. ";
      if (theirs > ours) {
        throw new DatabaseStartException(
            made
                + "Start the newer Shopbell that made it, or choose another data folder with"
                + " SHOPBELL_DATA.");
      }
      if (theirs < ours) {
        throw new OlderPostgres(
            made
                + "The programs of that version are not in its folder any more, so make a backup"
                + " with the Shopbell that made it, move the folder postgres away, and restore the"
                + " backup with this one.",
            theirs);
      }
    } catch (IOException e) {
      throw cannot("read", e);
    }
  }

  /**
   * Makes the database if there is none, and everything a server needs to start on it. No server
   * may be running.
   *
   * @return the password of the database
   */
  String prepare() {
    try {
      removeUnfinished();
      Files.createDirectories(data.log());
      privileges.own(data.log());
      DataFolder.setMode(data.log(), "rwx------");
      writeSettings();
      Optional<String> kept = data.password();
      String password = kept.orElseGet(DataFolder::newPassword);
      if (isMissing()) {
        make(password);
        data.keepPassword(password);
      }
      privileges.own(data.pg());
      DataFolder.setMode(data.pg(), "rwx------");
      if (data.password().isEmpty()) {
        setPassword(password);
        data.keepPassword(password);
      }
      return password;
    } catch (IOException e) {
      throw cannot("prepared", e);
    }
  }

  /** What must not be changed by a file stands here; nothing secret, since anyone may read it. */
  List<String> serverCommand(int port) {
    return privileges.asServer(
        List.of(
            binaries.program("postgres").toString(),
            "-D",
            data.pg().toString(),
            "-c",
            "config_file=" + settings(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "port=" + port,
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=on",
            "-c",
            "full_page_writes=on",
            "-c",
            "synchronous_commit=on"));
  }

  /** Its words come through a process of its own, which ends when they are written. */
  void awaitLogWritten() {
    leftovers.endWithin(LOG_WRITTEN);
  }

  List<String> lastLogLines() {
    try {
      Path newest = null;
      FileTime time = FileTime.fromMillis(0);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(data.log(), "postgresql-*.log")) {
        for (Path file : files) {
          FileTime written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
          if (written.compareTo(time) > 0) {
            newest = file;
            time = written;
          }
        }
      }
      if (newest == null) {
        return List.of();
      }
      List<String> lines = tail(newest).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(the log cannot be read: " + e + ")");
    }
  }

  /**
   * PostgreSQL empties the file of a weekday when midnight leads into it, but not when a start
   * does; a server that is stopped each night would keep its log for ever.
   */
  void dropLastWeeksLog() throws IOException {
    Instant now = Instant.now();
    String day = DateTimeFormatter.ofPattern("EEE", Locale.ROOT).format(now.atZone(ZoneOffset.UTC));
    Path today = data.log().resolve("postgresql-" + day + ".log");
    if (Files.exists(today, LinkOption.NOFOLLOW_LINKS)
        && Files.getLastModifiedTime(today, LinkOption.NOFOLLOW_LINKS)
            .toInstant()
            .isBefore(now.minus(Duration.ofDays(2)))) {
      Files.delete(today);
    }
  }

  private boolean isMissing() throws IOException {
    return !Files.exists(data.pg(), LinkOption.NOFOLLOW_LINKS)
        || (Files.isDirectory(data.pg()) && DataFolder.isEmpty(data.pg()));
  }

  private int major() {
    ShortCommand.Result version =
        ShortCommand.run(
            TO_MAKE,
            privileges.asServer(List.of(binaries.program("postgres").toString(), "--version")));
    Matcher major = MAJOR.matcher(version.output());
    if (!major.find()) {
      throw new DatabaseStartException(
          "PostgreSQL in " + binaries.folder() + " cannot be run: " + version.output());
    }
    return Integer.parseInt(major.group(1));
  }

  /**
   * Beside its place first, so that an interrupted making leaves nothing that looks like a
   * database.
   */
  private void make(String password) throws IOException {
    log.info("Making a new database in {}", data.pg());
    Path fresh = Files.createTempDirectory(data.path(), "pg.new-");
    Path secret = Files.createTempFile(data.path(), "pg.new-", ".password");
    try {
      Files.writeString(secret, password + "\n");
      privileges.own(secret);
      privileges.own(fresh);
      ShortCommand.Result made =
          ShortCommand.run(
              TO_MAKE,
              Privileges.detached(
                  privileges.asServer(
                      List.of(
                          binaries.program("initdb").toString(),
                          "--pgdata=" + fresh,
                          "--username=" + ServerAccess.ADMIN,
                          "--pwfile=" + secret,
                          "--auth=scram-sha-256",
                          "--encoding=UTF8",
                          "--locale=C",
                          "--locale-provider=builtin",
                          "--builtin-locale=C.UTF-8",
                          "--data-checksums",
                          "--no-instructions"))));
      if (!made.ok()) {
        throw new DatabaseStartException(
            "A new database could not be made in "
                + data.path()
                + ". Check that the disk has 200 MB of room and may be written; the next start"
                + " tries again. PostgreSQL says:\n"
                + "  "
                + made.output().replace("\n", "\n  "));
      }
      DataFolder.move(fresh, data.pg());
    } finally {
      Files.deleteIfExists(secret);
      DataFolder.deleteTree(fresh);
    }
  }

  /** For a folder that came back from a backup without its password. */
  private void setPassword(String password) {
    log.warn("{} is missing. Setting a new password for the database.", data.passwordFile());
    StringBuilder commands = new StringBuilder();
    for (String role : List.of(ServerAccess.ADMIN, ServerAccess.USER)) {
      commands.append("alter role ").append(role).append(" password '").append(password);
      commands.append("'\n");
    }
    ShortCommand.Result set =
        ShortCommand.run(
            TO_RECOVER,
            privileges.asServer(
                List.of(
                    binaries.program("postgres").toString(),
                    "--single",
                    "-D",
                    data.pg().toString(),
                    "-c",
                    "config_file=" + settings(),
                    "-c",
                    "logging_collector=off",
                    "-c",
                    "log_min_error_statement=panic",
                    ServerAccess.ADMIN)),
            commands.toString());
    if (!set.ok()) {
      throw new DatabaseStartException(
          "The password file "
              + data.passwordFile()
              + " is missing and a new password could not be set. The data was kept as it is. Put"
              + " the file back from a backup. PostgreSQL says:\n"
              + "  "
              + set.output().replace("\n", "\n  "));
    }
  }

  private void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(data.path(), "pg.new-*")) {
      for (Path unfinished : left) {
        log.info("Removing {}, whose making was interrupted", unfinished);
        DataFolder.deleteTree(unfinished);
      }
    }
  }

  private Path settings() {
    return data.path().resolve("postgres.conf");
  }

  private void writeSettings() throws IOException {
    Path hba = data.path().resolve("postgres.hba");
    DataFolder.replace(hba, "host all all 127.0.0.1/32 scram-sha-256\n", "rw-r--r--");
    String template;
    try (InputStream resource = PostgresCluster.class.getResourceAsStream("postgres.conf")) {
      template = new String(required(resource).readAllBytes(), StandardCharsets.UTF_8);
    }
    String text =
        template
            .replace("${hba}", quoted(hba))
            .replace("${log}", quoted(data.log()))
            .replace("${local}", quoted(data.path().resolve("postgres.local.conf")));
    DataFolder.replace(settings(), text, "rw-r--r--");
  }

  private static String quoted(Path path) {
    return path.toString().replace("\\", "\\\\").replace("'", "''");
  }

  private static InputStream required(@Nullable InputStream resource) {
    if (resource == null) {
      throw new IllegalStateException("postgres.conf is missing from the program");
    }
    return resource;
  }

  /** Root must not be led elsewhere by a link in a folder that belongs to the server's user. */
  private static String tail(Path file) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      channel.position(Math.max(0, channel.size() - LOG_BYTES));
      ByteBuffer bytes = ByteBuffer.allocate(LOG_BYTES);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // on to the end
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }

  private DatabaseStartException cannot(String what, Exception cause) {
    return new DatabaseStartException(
        "The database in "
            + data.path()
            + " could not be "
            + what
            + " ("
            + cause
            + "). No data was removed. Check who owns the folder and that the disk has room.",
        cause instanceof UncheckedIOException unchecked ? unchecked.getCause() : cause);
  }
}
