package dev.shopbell.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.json.JsonMapper;

/** Turns every failure into problem+json: what happened, what was kept, what to do. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  private final JsonMapper json;

  Problems(JsonMapper json) {
    this.json = json;
  }

  /** For filters, which stand before Spring's own handling. */
  void write(HttpServletResponse response, Problem problem) throws IOException {
    if (problem.retryAfter() != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, seconds(problem.retryAfter()));
    }
    response.setStatus(problem.status().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(written(problem));
  }

  /** As the body of an answer. */
  byte[] written(Problem problem) {
    return json.writeValueAsString(body(problem)).getBytes(StandardCharsets.UTF_8);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(Problem problem) {
    ResponseEntity.BodyBuilder response =
        ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (problem.retryAfter() != null) {
      response.header(HttpHeaders.RETRY_AFTER, seconds(problem.retryAfter()));
    }
    return response.body(body(problem));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> moved(Moved moved, HttpServletRequest request) {
    String address = moved.in(request.getRequestURI(), request.getQueryString());
    return address == null
        ? refused(Problem.conflict("This has been merged into " + moved.to() + ": name that one."))
        : ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
            .header(HttpHeaders.LOCATION, address)
            .build();
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    CannotCreateTransactionException.class,
    PessimisticLockingFailureException.class,
    QueryTimeoutException.class
  })
  ResponseEntity<ProblemDetail> databaseAway(Exception e) {
    log.warn("The database does not answer: {}", e.toString());
    return refused(Problem.unavailable());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> badUpload(MultipartException e) {
    return refused(
        Problem.invalid(
            "file", "The upload cannot be read: send one file as multipart/form-data."));
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<ProblemDetail> unforeseen(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        log.debug("A caller has hung up before the answer was there.");
        return ResponseEntity.internalServerError().build();
      }
    }
    String reference = UUID.randomUUID().toString().substring(0, 8);
    log.error("A request failed, reference {}", reference, e);
    ProblemDetail body =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong on our side. Nothing was changed. The log says more under the reference "
                + reference
                + ".");
    return ResponseEntity.internalServerError().body(body);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
      MaxUploadSizeExceededException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE)
        .body(body(Problem.tooLarge("A file may have 25 MB at most.")));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<Problem.FieldError> errors =
        e.getBindingResult().getFieldErrors().stream()
            .map(error ->
                new Problem.FieldError(
                    error.getField(),
                    error.getDefaultMessage() == null ? "is not valid" : error.getDefaultMessage()))
            .toList();
    String detail =
        errors.isEmpty()
            ? "The input is not valid."
            : errors.getFirst().field() + " " + errors.getFirst().message();
    ProblemDetail body = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, detail);
    body.setProperty("errors", errors);
    return ResponseEntity.unprocessableContent().body(body);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (e.getMostSpecificCause() instanceof Problem problem) {
      return ResponseEntity.status(problem.status()).body(body(problem));
    }
    String said = e.getMostSpecificCause().getMessage();
    String detail =
        "The body cannot be read as the JSON that this endpoint takes"
            + (said == null ? "." : ": " + said.lines().findFirst().orElse(""));
    return ResponseEntity.badRequest()
        .body(ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail));
  }

  private static ProblemDetail body(Problem problem) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(problem.status(), problem.getMessage());
    if (!problem.errors().isEmpty()) {
      body.setProperty("errors", problem.errors());
    }
    return body;
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }
}
