package dev.shopbell.platform.database;

import org.jspecify.annotations.Nullable;

/**
 * The embedded database cannot be started. The message is written for the owner of the shop: what
 * happened, what was kept, what to do. It needs no stack trace beside it.
 */
public sealed class DatabaseStartException extends RuntimeException
    permits DataFolderInUse, OlderPostgres {
  private static final long serialVersionUID = 1L;

  DatabaseStartException(String message) {
    super(message);
  }

  DatabaseStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
