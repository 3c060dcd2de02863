package dev.shopbell.platform.database;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A data folder for each test, real servers in it, and none left behind. */
abstract class EmbeddedPostgresFixture {
  static final Path PROGRAMS = Path.of("target", "postgres").toAbsolutePath();
  static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path temp;
  Path data;

  @BeforeEach
  void letOtherUsersPass() throws IOException {
    DataFolder.setMode(temp, "rwx--x--x");
    data = temp.resolve("a shop's data");
  }

  @AfterEach
  void nothingIsLeftRunning() {
    await().atMost(PATIENCE).until(() -> workingIn(data).isEmpty());
  }

  EmbeddedPostgres start() {
    return EmbeddedPostgres.start(data, PROGRAMS);
  }

  static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  static void execute(EmbeddedPostgres postgres, String... statements) throws SQLException {
    try (Connection connection = connect(postgres)) {
      for (String sql : statements) {
        run(connection, sql);
      }
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static List<Long> workingIn(Path data) {
    return new Leftovers(data.resolve("pg"), new Privileges(Privileges.Kind.OWN, 0, 0, List.of()))
        .find();
  }
}
