package dev.shopbell.platform.files;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in an operator's words why the program could not start on its files. */
class FilesFailures extends AbstractFailureAnalyzer<FilesStartException> {
  @Override
  protected @Nullable FailureAnalysis analyze(Throwable failure, FilesStartException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
