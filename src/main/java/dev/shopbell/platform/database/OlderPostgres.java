package dev.shopbell.platform.database;

/** The database was made by an older major version of PostgreSQL than this program brings. */
final class OlderPostgres extends DatabaseStartException {
  private static final long serialVersionUID = 1L;

  private final int major;

  OlderPostgres(String message, int major) {
    super(message, null);
    this.major = major;
  }

  int major() {
    return major;
  }
}
