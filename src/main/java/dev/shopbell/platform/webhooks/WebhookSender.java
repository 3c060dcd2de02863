package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.outgoing.GuardedHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends one request, signed, and says what came of it. */
@Component
class WebhookSender {
  /** Of an answer so much is kept for people to see. */
  private static final int EXCERPT = 500;

  private static final GuardedHttp.Limits LIMITS =
      GuardedHttp.Limits.cutting(Duration.ofSeconds(10), Duration.ofSeconds(20), 2_000);

  private final GuardedHttp http;
  private final WebhookSecrets secrets;
  private final Clock clock;
  private final MeterRegistry meters;

  WebhookSender(GuardedHttp http, WebhookSecrets secrets, Clock clock, MeterRegistry meters) {
    this.http = http;
    this.secrets = secrets;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * What came of a request.
   *
   * @param taken whether the receiver answered 200 to 299
   * @param status null where it did not answer
   * @param words why it was not taken, for people
   * @param excerpt the beginning of its answer
   * @param asksToWait for how long it wants to be left alone
   */
  record Answer(
      boolean taken,
      @Nullable Integer status,
      int millis,
      @Nullable String words,
      @Nullable String excerpt,
      @Nullable Duration asksToWait) {
    boolean gone() {
      return Integer.valueOf(410).equals(status);
    }

    /** Whether another request at once would be unwelcome. */
    boolean wantsRest() {
      return asksToWait != null || Integer.valueOf(429).equals(status);
    }
  }

  /**
   * @param id the same for each attempt to tell of the same event
   */
  Answer post(long webhookId, String url, String id, byte[] body) {
    Instant at = clock.instant();
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "webhook-id",
            id,
            "webhook-timestamp",
            Long.toString(at.getEpochSecond()),
            "webhook-signature",
            secrets.signatures(webhookId, id, at, body));
    long began = System.nanoTime();
    GuardedHttp.Outcome outcome =
        http.send(new GuardedHttp.Call("POST", url, headers, body), LIMITS);
    int millis = (int) ((System.nanoTime() - began) / 1_000_000);
    Answer answer =
        switch (outcome) {
          case GuardedHttp.Outcome.Answered answered -> answer(answered, millis, at);
          case GuardedHttp.Outcome.Refused refused ->
              new Answer(false, null, millis, refused.words(), null, null);
          case GuardedHttp.Outcome.Failed failed ->
              new Answer(false, null, millis, failed.words(), null, null);
        };
    meters
        .counter("shopbell.webhook.requests", "outcome", answer.taken() ? "taken" : "failed")
        .increment();
    return answer;
  }

  private static Answer answer(GuardedHttp.Outcome.Answered answered, int millis, Instant now) {
    int status = answered.status();
    boolean taken = status >= 200 && status < 300;
    return new Answer(
        taken,
        status,
        millis,
        taken ? null : words(status),
        excerpt(answered.body()),
        taken ? null : rest(answered.headers().get("retry-after"), now));
  }

  private static String words(int status) {
    return "It answered "
        + status
        + (status >= 300 && status < 400
            ? ": redirects are not followed, so enter the address that it leads to."
            : ".");
  }

  private static @Nullable String excerpt(byte[] body) {
    String text =
        new String(body, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\s\\uFFFD]+", " ").strip();
    return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), EXCERPT));
  }

  /** Seconds, or a date (RFC 9110). */
  private static @Nullable Duration rest(@Nullable String retryAfter, Instant now) {
    if (retryAfter == null) {
      return null;
    }
    if (retryAfter.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(retryAfter));
    }
    try {
      Duration until =
          Duration.between(
              now,
              ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return until.isPositive() ? until : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
