package dev.shopbell.platform.database;

import dev.shopbell.platform.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The database for a command on the server, whether the program runs meanwhile or not: the external
 * one; our own beside the program that keeps it; or our own, started for as long as this is open.
 * Nothing is made or migrated.
 */
public final class CommandDatabase implements AutoCloseable {
  private static final int PORT_LINE = 3;

  private final DataSource source;
  private final @Nullable EmbeddedPostgres started;

  private CommandDatabase(DataSource source, @Nullable EmbeddedPostgres started) {
    this.source = source;
    this.started = started;
  }

  /**
   * @throws DatabaseStartException if there is none, or it cannot be reached
   */
  public static CommandDatabase open(Settings settings) {
    if (!settings.databaseUrl().isBlank()) {
      JdbcConnectionDetails details = DatabaseConfig.fromUrl(settings.databaseUrl());
      DriverManagerDataSource source = new DriverManagerDataSource(details.getJdbcUrl());
      if (details.getUsername() != null) {
        source.setUsername(details.getUsername());
      }
      if (details.getPassword() != null) {
        source.setPassword(details.getPassword());
      }
      return new CommandDatabase(source, null);
    }
    Path folder = settings.data().resolve("postgres");
    if (!Files.isDirectory(folder.resolve("pg"))) {
      throw new DatabaseStartException(
          "There is no database in "
              + folder.toAbsolutePath()
              + ". Give this command the same folder and settings as the program (SHOPBELL_DATA,"
              + " SHOPBELL_DATABASE_URL). Nothing was changed.");
    }
    if (DataFolder.isInUse(folder)) {
      ServerAccess access = running(folder);
      return new CommandDatabase(
          new DriverManagerDataSource(
              access.url(ServerAccess.DATABASE), ServerAccess.USER, access.password()),
          null);
    }
    EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
    return new CommandDatabase(
        new DriverManagerDataSource(postgres.jdbcUrl(), postgres.user(), postgres.password()),
        postgres);
  }

  public DataSource source() {
    return source;
  }

  private static ServerAccess running(Path folder) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("pg").resolve("postmaster.pid"));
      String password = Files.readString(folder.resolve("database.password")).strip();
      return new ServerAccess(Integer.parseInt(lines.get(PORT_LINE).strip()), password);
    } catch (IOException | RuntimeException e) {
      throw new DatabaseStartException(
          "The program runs, but its database in "
              + folder.toAbsolutePath()
              + " could not be reached ("
              + Objects.requireNonNullElse(e.getMessage(), e.toString())
              + "). Run this as the user that Shopbell runs as, or try again in a moment. Nothing"
              + " was changed.",
          e);
    }
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
    }
  }
}
