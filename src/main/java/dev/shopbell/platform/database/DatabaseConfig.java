package dev.shopbell.platform.database;

import dev.shopbell.platform.Settings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Which database: the one that {@code SHOPBELL_DATABASE_URL} names, else our own in the data
 * folder.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfig {
  private static final Logger log = LoggerFactory.getLogger(DatabaseConfig.class);

  /** {@code ConditionalOnProperty} cannot tell an empty value from any other. */
  static final class NoUrl implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return context.getEnvironment().getProperty("shopbell.database-url", "").isBlank();
    }
  }

  @Bean(destroyMethod = "close")
  @Conditional(NoUrl.class)
  EmbeddedPostgres embeddedPostgres(Settings settings, MoveTables tables) {
    log.info("Starting the embedded PostgreSQL in {}", settings.data().toAbsolutePath());
    Path folder = settings.data().resolve("postgres");
    return new MajorUpgrade(folder, folder, tables).start();
  }

  @Bean
  JdbcConnectionDetails database(Settings settings, @Nullable EmbeddedPostgres embedded) {
    return embedded == null
        ? fromUrl(settings.databaseUrl())
        : new Details(embedded.jdbcUrl(), embedded.user(), embedded.password());
  }

  /**
   * Migrates, on connections that may wait as long as it takes, unless the server is too old or the
   * tables are newer than this program: Flyway by itself would pass over migrations that it does
   * not know.
   */
  @Bean
  FlywayMigrationStrategy migration(JdbcConnectionDetails database) {
    return configured -> {
      Flyway flyway =
          Flyway.configure()
              .configuration(configured.getConfiguration())
              .dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
              .ignoreMigrationPatterns(new String[0])
              .load();
      try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
        InstallationDatabase.requireSupported(connection);
        InstallationDatabase.requireWhole(connection);
      } catch (SQLException e) {
        throw new DatabaseStartException(
            "The database does not answer: " + e.getMessage() + ". Check SHOPBELL_DATABASE_URL.",
            e);
      }
      flyway.migrate();
    };
  }

  private record Details(
      String getJdbcUrl, @Nullable String getUsername, @Nullable String getPassword)
      implements JdbcConnectionDetails {}

  /**
   * Reads {@code postgresql://user:password@host:port/name?options} as libpq does, or a JDBC
   * address.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static JdbcConnectionDetails fromUrl(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new Details(url, null, null);
    }
    if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
      throw new IllegalArgumentException(
          "SHOPBELL_DATABASE_URL must look like postgresql://user:password@host:5432/name or jdbc:postgresql://…");
    }
    URI uri = URI.create(url);
    String jdbc =
        "jdbc:postgresql://"
            + uri.getHost()
            + ":"
            + (uri.getPort() < 0 ? 5432 : uri.getPort())
            + uri.getRawPath()
            + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    String info = uri.getRawUserInfo();
    if (info == null) {
      return new Details(jdbc, null, null);
    }
    int colon = info.indexOf(':');
    return new Details(
        jdbc,
        decoded(colon < 0 ? info : info.substring(0, colon)),
        colon < 0 ? null : decoded(info.substring(colon + 1)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
