package dev.shopbell.platform.web;

import dev.shopbell.platform.SecretKey;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes a write that carries an {@code Idempotency-Key} safe to repeat: the key, the change and the
 * answer are one transaction, so that either all of them stand or none. The same key with the same
 * request gets the same answer for a day; with another request it is refused. Refusals are not
 * kept: the repeat is judged anew. Nor are secrets ({@link ShownOnce}): the repeat gets 409.
 */
class IdempotencyFilter extends OncePerRequestFilter {
  private static final String HEADER = "Idempotency-Key";
  private static final int MAX_BODY = 4 * 1024 * 1024;
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Problem SHOWN =
      Problem.conflict(
          "This was done already. Its answer held a secret, which is shown once: if it did not"
              + " arrive, take back what was made, and make another with another Idempotency-Key.");

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Problems problems;
  private final Clock clock;

  IdempotencyFilter(
      JdbcClient jdbc, TransactionTemplate transaction, Problems problems, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.problems = problems;
    this.clock = clock;
  }

  private record Kept(
      String requestHash,
      @Nullable Integer status,
      @Nullable String contentType,
      byte @Nullable [] body) {}

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String type = request.getContentType();
    return !request.getMethod().equals("POST")
        || request.getHeader(HEADER) == null
        || !(request.getAttribute(Caller.ATTRIBUTE) instanceof Caller)
        || (type != null && type.startsWith("multipart/"));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String key = request.getHeader(HEADER);
    Caller caller = (Caller) request.getAttribute(Caller.ATTRIBUTE);
    byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
    if (key.isBlank() || key.length() > 200) {
      problems.write(
          response, Problem.invalid(HEADER, "An Idempotency-Key has 1 to 200 characters."));
      return;
    }
    if (body.length > MAX_BODY) {
      problems.write(
          response, Problem.tooLarge("With an Idempotency-Key a body may have 4 MB at most."));
      return;
    }
    String agent = "agent " + caller.agentId();
    String hash =
        SecretKey.fingerprint(
            request.getMethod()
                + " "
                + request.getRequestURI()
                + "?"
                + request.getQueryString()
                + "\n"
                + Base64.getEncoder().encodeToString(body));
    ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
    try {
      transaction.executeWithoutResult(status -> {
        try {
          if (!claim(agent, key, hash)) {
            replay(agent, key, hash, response);
            return;
          }
          chain.doFilter(new Replayed(request, body), buffered);
          if (buffered.getStatus() >= 400) {
            status.setRollbackOnly();
          } else if (request.getAttribute(ShownOnce.ATTRIBUTE) == null) {
            keep(
                agent,
                key,
                buffered.getStatus(),
                buffered.getContentType(),
                buffered.getContentAsByteArray());
          } else {
            keep(
                agent,
                key,
                SHOWN.status().value(),
                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                problems.written(SHOWN));
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (ServletException e) {
          throw new IllegalStateException(e);
        }
      });
    } catch (UnexpectedRollbackException e) {
      // A refusal inside the handler has rolled back; the answer that says so is already in the
      // buffer.
    }
    buffered.copyBodyToResponse();
  }

  /** Waits for a concurrent request with the same key, then tells whether this one is the first. */
  private boolean claim(String caller, String key, String hash) {
    return jdbc.sql(
                """
                insert into idempotency_key (caller, key, request_hash, created_at)
                values (:caller, :key, :hash, :at) on conflict do nothing
                """)
            .param("caller", caller)
            .param("key", key)
            .param("hash", hash)
            .param("at", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  private void keep(
      String caller, String key, int status, @Nullable String contentType, byte[] body) {
    jdbc.sql(
            """
            update idempotency_key set status = :status, content_type = :type, body = :body
            where caller = :caller and key = :key
            """)
        .param("status", status)
        .param("type", contentType)
        .param("body", body)
        .param("caller", caller)
        .param("key", key)
        .update();
  }

  private void replay(String caller, String key, String hash, HttpServletResponse response)
      throws IOException {
    Optional<Kept> kept =
        jdbc.sql(
                """
                select request_hash, status, content_type, body from idempotency_key
                where caller = :caller and key = :key
                """)
            .param("caller", caller)
            .param("key", key)
            .query((row, n) ->
                new Kept(
                    row.getString("request_hash"),
                    row.getObject("status", Integer.class),
                    row.getString("content_type"),
                    row.getBytes("body")))
            .optional();
    if (kept.isEmpty() || kept.get().status() == null) {
      problems.write(
          response,
          Problem.conflict("The first request with this Idempotency-Key is still running."));
    } else if (!kept.get().requestHash().equals(hash)) {
      problems.write(
          response, Problem.invalid(HEADER, "This Idempotency-Key was used for another request."));
    } else {
      response.setStatus(kept.get().status());
      response.setHeader("Idempotent-Replayed", "true");
      if (kept.get().contentType() != null) {
        response.setContentType(kept.get().contentType());
      }
      if (kept.get().body() != null) {
        response.getOutputStream().write(kept.get().body());
      }
    }
  }

  @Scheduled(fixedDelay = 3_600_000)
  void forget() {
    jdbc.sql("delete from idempotency_key where created_at < ?")
        .param(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The request again, its body having been read. */
  private static final class Replayed extends HttpServletRequestWrapper {
    private final byte[] body;

    Replayed(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      ByteArrayInputStream in = new ByteArrayInputStream(body);
      return new ServletInputStream() {
        @Override
        public int read() {
          return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          return in.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
          return in.available() == 0;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new UnsupportedOperationException("Read blocking.");
        }
      };
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }
}
