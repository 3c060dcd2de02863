package dev.shopbell.platform.database;

import dev.shopbell.platform.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The database of an installation, for what works on it as a whole or beside the program: the
 * commands, backup and restore. Each connection is a plain one, outside of the pool and without its
 * limit on how long a statement may take.
 */
public final class InstallationDatabase implements AutoCloseable {
  /** A schema that is there while a restore runs: with it no program starts on the database. */
  public static final String UNFINISHED = "shopbell_restore";

  private static final int OLDEST_SERVER = 16;
  private static final int PORT_LINE = 3;

  private final String url;
  private final @Nullable String user;
  private final @Nullable String password;
  private final @Nullable EmbeddedPostgres started;

  private InstallationDatabase(
      String url,
      @Nullable String user,
      @Nullable String password,
      @Nullable EmbeddedPostgres started) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.started = started;
  }

  /** That of this running program. */
  public static InstallationDatabase of(JdbcConnectionDetails details) {
    return new InstallationDatabase(
        details.getJdbcUrl(), details.getUsername(), details.getPassword(), null);
  }

  /** That of an embedded server, which somebody else closes. */
  public static InstallationDatabase of(EmbeddedPostgres server) {
    return new InstallationDatabase(server.jdbcUrl(), server.user(), server.password(), null);
  }

  /**
   * The one that the settings name, for a command. An embedded one that a running program serves is
   * joined, another one is started until this is closed.
   *
   * @throws DatabaseStartException if there is none, or it cannot be reached
   */
  public static InstallationDatabase existing(Settings settings) {
    if (!settings.databaseUrl().isBlank()) {
      return of(DatabaseConfig.fromUrl(settings.databaseUrl()));
    }
    Path folder = settings.data().resolve("postgres");
    if (!Files.isDirectory(folder.resolve("pg"))) {
      throw new DatabaseStartException(
          "There is no database in "
              + settings.data().toAbsolutePath()
              + ". Say with SHOPBELL_DATA where the data folder is, or with SHOPBELL_DATABASE_URL"
              + " where the PostgreSQL of your own is.");
    }
    try {
      return started(EmbeddedPostgres.start(folder));
    } catch (DataFolderInUse e) {
      return joined(folder);
    } catch (OlderPostgres e) {
      return started(EmbeddedPostgres.startOlder(folder, folder, e));
    }
  }

  /**
   * The one that the settings name, which no running program uses if it is embedded; made if there
   * is none.
   *
   * @throws DatabaseStartException if it is in use or cannot be started
   */
  public static InstallationDatabase alone(Settings settings) {
    return settings.databaseUrl().isBlank()
        ? started(EmbeddedPostgres.start(settings.data().resolve("postgres")))
        : of(DatabaseConfig.fromUrl(settings.databaseUrl()));
  }

  private static InstallationDatabase started(EmbeddedPostgres server) {
    return new InstallationDatabase(server.jdbcUrl(), server.user(), server.password(), server);
  }

  /** Should another program sit on that port by now, it learns nothing from us but our name. */
  private static InstallationDatabase joined(Path folder) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("pg").resolve("postmaster.pid"));
      String password = Files.readString(folder.resolve("database.password")).strip();
      ServerAccess access =
          new ServerAccess(Integer.parseInt(lines.get(PORT_LINE).strip()), password);
      return new InstallationDatabase(
          access.url(ServerAccess.DATABASE), ServerAccess.USER, password, null);
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new DatabaseStartException(
          "A running Shopbell uses "
              + folder
              + ", but its database cannot be found there ("
              + e
              + "). If it is just starting, try again in a moment; else run this as the user that"
              + " it runs as.",
          e);
    }
  }

  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "shopbell-command");
    properties.setProperty("logServerErrorDetail", "false");
    Connection connection = DriverManager.getConnection(url, properties);
    try (Statement statement = connection.createStatement()) {
      // a setting that older servers do not know is passed over
      statement.execute(
          """
          select set_config(name, '0', false) from pg_settings
          where name in ('statement_timeout', 'lock_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')
          """);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * A connection within one snapshot: everything that is read by it is as of its first read. It
   * writes nothing.
   */
  public Connection snapshot() throws SQLException {
    Connection connection = connect();
    try {
      requireWhole(connection);
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = connection.createStatement()) {
        // text that any server reads alike, in the order of the heap
        statement.execute(
            """
            set local datestyle = 'ISO, YMD';
            set local intervalstyle = 'postgres';
            set local bytea_output = 'hex';
            set local extra_float_digits = 3;
            set local synchronize_seqscans = off;
            set local max_parallel_workers_per_gather = 0
            """);
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** For what wants several connections, as Flyway and transactions do. */
  public DataSource dataSource() {
    return new AbstractDataSource() {
      @Override
      public Connection getConnection() throws SQLException {
        return connect();
      }

      @Override
      public Connection getConnection(String name, String secret) throws SQLException {
        return connect();
      }
    };
  }

  /**
   * @throws DatabaseStartException if the server is too old for Shopbell
   */
  public static void requireSupported(Connection connection) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST_SERVER) {
      throw new DatabaseStartException(
          "This database is PostgreSQL "
              + version
              + ". Shopbell needs PostgreSQL "
              + OLDEST_SERVER
              + " or later. Nothing was changed.");
    }
  }

  /**
   * @throws DatabaseStartException if a restore into it began and did not end
   */
  static void requireWhole(Connection connection) throws SQLException {
    if (isUnfinished(connection)) {
      throw new DatabaseStartException(
          "A backup was being restored into this database, and that did not come to its end. What"
              + " is there is not whole, and nothing was changed. Run the restore again: it begins"
              + " anew.");
    }
  }

  /** Whether a restore into it began and did not end. */
  public static boolean isUnfinished(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select from pg_namespace where nspname = ?")) {
      statement.setString(1, UNFINISHED);
      return statement.executeQuery().next();
    }
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
    }
  }
}
