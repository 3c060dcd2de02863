package dev.shopbell.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ordinary life of the database, and what it refuses; as root through the user nobody. */
class EmbeddedPostgresTest extends EmbeddedPostgresFixture {
  @Test
  void startsOnAnEmptyFolderAndAnswers() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      assertThat(ask(postgres, "select current_user || ' ' || current_database()"))
          .isEqualTo("shopbell shopbell");
      assertThat(ask(postgres, "show server_encoding")).isEqualTo("UTF8");
      assertThat(ask(postgres, "select lower('ÄÖŁ')")).isEqualTo("äöł");
      assertThat(ask(postgres, "select rolsuper from pg_roles where rolname = current_user"))
          .isEqualTo("f");
      postgres.createDatabase("another");
      try (Connection another =
          DriverManager.getConnection(
              postgres.jdbcUrl("another"), postgres.user(), postgres.password())) {
        run(another, "create extension pg_trgm");
      }
    }
  }

  @Test
  void isDurableAndChecksItsPages() throws Exception {
    Files.createDirectory(data);
    Files.writeString(data.resolve("postgres.local.conf"), "fsync = off\nwork_mem = 9MB\n");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(ask(postgres, "show fsync")).isEqualTo("on");
      assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
      assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(postgres, "show data_checksums")).isEqualTo("on");
      assertThat(ask(postgres, "show work_mem")).isEqualTo("9MB");
    }
  }

  @Test
  void listensOnLoopbackOnlyAndRefusesAWrongPassword() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
      int port = Integer.parseInt(ask(postgres, "show port"));
      List<NetworkInterface> interfaces = NetworkInterface.networkInterfaces().toList();
      for (NetworkInterface each : interfaces) {
        each.inetAddresses()
            .filter(address -> !address.isLoopbackAddress())
            .forEach(
                address -> assertThat(accepts(new InetSocketAddress(address, port))).isFalse());
      }
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
  }

  @Test
  void keepsItsSecretsToItself() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      assertThat(mode(data.resolve("database.password"))).isEqualTo("rw-------");
      assertThat(mode(data.resolve("pg"))).isEqualTo("rwx------");
      assertThat(mode(data.resolve("log"))).isEqualTo("rwx------");
      for (long pid : List.of(postgres.postmasterPid(), postgres.watchdogPid())) {
        assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline")))
            .doesNotContain(postgres.password());
        assertThat(Files.readString(Path.of("/proc/" + pid + "/environ"))).doesNotContain("HOME=");
      }
      try (Stream<Path> logs = Files.list(data.resolve("log"))) {
        assertThat(logs)
            .isNotEmpty()
            .allSatisfy(file -> assertThat(file).content().doesNotContain(postgres.password()));
      }
      assertThat(postgres.toString()).doesNotContain(postgres.password());
    }
  }

  @Test
  void keepsRowsAndPasswordOverARestart() throws Exception {
    String password;
    try (EmbeddedPostgres postgres = start()) {
      password = postgres.password();
      execute(postgres, "create table note (text text)", "insert into note values ('kept')");
      postgres.close();
    }
    try (EmbeddedPostgres postgres = start()) {
      assertThat(postgres.password()).isEqualTo(password);
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void runsBelowAFolderThatOthersMayNotEnterAndMovesBetweenUsers() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      execute(postgres, "create table note (text text)", "insert into note values ('kept')");
    }
    DataFolder.setMode(temp, "rwx------");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
    DataFolder.setMode(temp, "rwx--x--x");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void leavesTheFolderOfANewerDatabaseUntouched() throws Exception {
    start().close();
    Files.writeString(data.resolve("pg/PG_VERSION"), "19\n");
    assertRefusedAndUntouched("made by PostgreSQL 19, this Shopbell brings PostgreSQL 18");
  }

  @Test
  void leavesADamagedFolderUntouched() throws Exception {
    start().close();
    Path control = data.resolve("pg/global/pg_control");
    Files.move(control, temp.resolve("pg_control"));
    assertRefusedAndUntouched("pg_control");
    Files.delete(data.resolve("pg/PG_VERSION"));
    assertRefusedAndUntouched("PG_VERSION is missing");
  }

  @Test
  void showsTheServersWordsWhenItRefusesToStart() throws Exception {
    start().close();
    Files.writeString(data.resolve("postgres.local.conf"), "shared_buffers = much\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\"")
        .hasMessageContaining(data.resolve("log").toString());
    assertThat(workingIn(data)).isEmpty();
  }

  @Test
  void setsANewPasswordWhenTheFileIsLost() throws Exception {
    String lost;
    try (EmbeddedPostgres postgres = start()) {
      lost = postgres.password();
      execute(postgres, "create table note (text text)", "insert into note values ('kept')");
    }
    Files.delete(data.resolve("database.password"));
    try (EmbeddedPostgres postgres = start()) {
      assertThat(postgres.password()).isNotEqualTo(lost);
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void redoesAnInterruptedUnpackingAndMaking() throws Exception {
    Path programs = temp.resolve("programs");
    String version = PostgresBinaries.unpackedIn(programs).folder().getFileName().toString();
    Files.delete(programs.resolve(version).resolve("share/postgresql/postgres.bki"));
    Files.createDirectories(programs.resolve(version + ".new-123/bin"));
    Files.createDirectories(data.resolve("pg.new-123/base"));
    Files.writeString(data.resolve("pg.new-123/PG_VERSION"), "18\n");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data, programs)) {
      assertThat(ask(postgres, "select 1")).isEqualTo("1");
    }
    try (Stream<Path> left = Files.list(programs)) {
      assertThat(left)
          .containsExactlyInAnyOrder(
              programs.resolve(version), programs.resolve(version + ".lock"));
    }
    try (Stream<Path> left = Files.list(data)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "database.password", "lock", "log", "pg", "postgres.conf", "postgres.hba");
    }
  }

  @Test
  void offersItsOwnDatabaseOnlyWhereItCanRun() {
    assertThat(PostgresBinaries.archiveFor("Linux", "amd64")).startsWith("/postgres-linux-x86_64");
    assertThat(PostgresBinaries.archiveFor("Linux", "aarch64"))
        .startsWith("/postgres-linux-arm_64");
    assertThat(PostgresBinaries.archiveFor("Windows 11", "amd64")).isNull();
    assertThat(PostgresBinaries.archiveFor("Linux", "s390x")).isNull();
  }

  private void assertRefusedAndUntouched(String reason) throws IOException {
    Map<String, String> before = contents(data.resolve("pg"));
    assertThatThrownBy(this::start)
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(data.resolve("pg").toString());
    assertThat(contents(data.resolve("pg"))).isEqualTo(before);
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      Map<String, String> contents = new TreeMap<>();
      for (Path path : paths.toList()) {
        contents.put(
            path.toString(),
            Files.getAttribute(path, "unix:uid")
                + " "
                + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                + " "
                + (Files.isRegularFile(path) ? Files.size(path) : ""));
      }
      return contents;
    }
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
