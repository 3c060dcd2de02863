package dev.shopbell.platform.database;

import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says in an owner's words why the program could not start on its database. */
class DatabaseFailures implements FailureAnalyzer {
  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseStartException) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
      }
      if (cause instanceof FlywayValidateException) {
        return new FailureAnalysis(
            "The tables in this database are not those that this version of Shopbell knows: they"
                + " were made by a newer version, or changed by hand. Nothing was changed.",
            "Start the version that last used this database, or a newer one. ("
                + cause.getMessage()
                + ")",
            cause);
      }
    }
    return null;
  }
}
