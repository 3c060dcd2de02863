package dev.shopbell.platform.backup;

import org.jspecify.annotations.Nullable;

/**
 * A backup cannot be made or restored. The message is written for the owner of the shop: what
 * happened, what was kept, what to do.
 */
final class BackupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }

  BackupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
