package dev.shopbell.platform.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * How to reach the server. Shopbell works as {@code shopbell}, an ordinary role that owns its
 * database, so that a hole in Shopbell opens neither files nor programs; {@code postgres} is used
 * here only.
 */
record ServerAccess(int port, String password) {
  static final String ADMIN = "postgres";
  static final String USER = "shopbell";
  static final String DATABASE = "shopbell";

  /**
   * Only SCRAM is accepted: should another program ever sit on the port, it learns nothing from us.
   */
  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/"
        + database
        + "?sslmode=disable&gssEncMode=disable&requireAuth=scram-sha-256";
  }

  Connection admin() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", ADMIN);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("ApplicationName", "shopbell-launcher");
    return DriverManager.getConnection(url("postgres"), properties);
  }

  /** Makes the role and its database if they are missing. */
  void prepare() throws SQLException {
    try (Connection connection = admin()) {
      if (!has(connection, "select from pg_roles where rolname = ?", USER)) {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          statement.execute("create role " + USER + " login");
        }
        // hashed here, so that no log can ever show it
        connection
            .unwrap(PGConnection.class)
            .alterUserPassword(USER, password.toCharArray(), "scram-sha-256");
        connection.commit();
        connection.setAutoCommit(true);
      }
      if (!has(connection, "select from pg_database where datname = ?", DATABASE)) {
        create(connection, DATABASE, "template1");
      }
    }
  }

  void createDatabase(String name, String template) throws SQLException {
    try (Connection connection = admin()) {
      create(connection, name, template);
    }
  }

  private static boolean has(Connection connection, String sql, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  private static void create(Connection connection, String name, String template)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create database "
              + statement.enquoteIdentifier(name, true)
              + " owner "
              + USER
              + " template "
              + statement.enquoteIdentifier(template, true));
    }
  }

  @Override
  public String toString() {
    return "port " + port;
  }
}
