package dev.shopbell.platform.database;

import java.net.URI;
import java.nio.file.Path;

/**
 * An embedded database as a Shopbell left it that brought PostgreSQL 17, whose programs the build
 * fetches for this.
 */
public final class OlderServer implements AutoCloseable {
  private static final Path ARCHIVE = Path.of("target/older-postgres/postgres-17.6.0.jar");

  private final EmbeddedPostgres server;

  /** In the folder {@code postgres} of a data folder. */
  public OlderServer(Path data) throws Exception {
    Path folder = data.resolve("postgres");
    PostgresBinaries.unpackedIn(
        folder,
        URI.create(
                "jar:"
                    + ARCHIVE.toUri()
                    + "!"
                    + PostgresBinaries.archiveFor(
                        System.getProperty("os.name"), System.getProperty("os.arch")))
            .toURL());
    server = EmbeddedPostgres.startOlder(folder, folder, new OlderPostgres("gone", 17));
  }

  public String url() {
    return server.jdbcUrl() + "&user=" + server.user() + "&password=" + server.password();
  }

  @Override
  public void close() {
    server.close();
  }
}
