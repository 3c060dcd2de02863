package dev.shopbell.platform.files;

/** The files cannot be reached at the start. The message is for the operator. */
public final class FilesStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FilesStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
