package dev.shopbell.platform.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A refusal, answered as {@code application/problem+json}. Its detail is written for people. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is wrong with one field of the input. */
  public record FieldError(String field, String message) implements java.io.Serializable {}

  private final HttpStatus status;
  private final List<FieldError> errors;
  private final @Nullable Duration retryAfter;

  private Problem(
      HttpStatus status, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  public static Problem notFound(String detail) {
    return new Problem(HttpStatus.NOT_FOUND, detail, List.of(), null);
  }

  /** The input cannot be taken as it is. */
  public static Problem invalid(String field, String message) {
    return new Problem(
        HttpStatus.UNPROCESSABLE_CONTENT, message, List.of(new FieldError(field, message)), null);
  }

  /** The input is fine, but the state of things does not allow it. */
  public static Problem conflict(String detail) {
    return new Problem(HttpStatus.CONFLICT, detail, List.of(), null);
  }

  /** The same, where one field says what the caller believed the state to be. */
  public static Problem conflict(String field, String detail) {
    return new Problem(HttpStatus.CONFLICT, detail, List.of(new FieldError(field, detail)), null);
  }

  public static Problem notSignedIn(String detail) {
    return new Problem(HttpStatus.UNAUTHORIZED, detail, List.of(), null);
  }

  public static Problem forbidden(String detail) {
    return new Problem(HttpStatus.FORBIDDEN, detail, List.of(), null);
  }

  public static Problem tooMany(String detail, Duration retryAfter) {
    return new Problem(HttpStatus.TOO_MANY_REQUESTS, detail, List.of(), retryAfter);
  }

  public static Problem tooLarge(String detail) {
    return new Problem(HttpStatus.CONTENT_TOO_LARGE, detail, List.of(), null);
  }

  public static Problem unavailable() {
    return new Problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "The database does not answer at the moment. Nothing was changed; try again in a few seconds.",
        List.of(),
        Duration.ofSeconds(2));
  }

  HttpStatus status() {
    return status;
  }

  List<FieldError> errors() {
    return errors;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
