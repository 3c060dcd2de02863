package dev.shopbell.platform.database;

/** Another program, or this same one, works on the data folder. */
final class DataFolderInUse extends DatabaseStartException {
  private static final long serialVersionUID = 1L;

  DataFolderInUse(String message) {
    super(message, null);
  }
}
