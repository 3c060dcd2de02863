package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was sent: shown, sent again by hand, and forgotten. */
@Component
public class WebhookDeliveries {
  static final Duration KEPT = Duration.ofDays(7);
  static final Duration TROUBLE_KEPT = Duration.ofDays(30);

  private static final int FORGOTTEN_AT_ONCE = 5_000;

  private final JdbcClient jdbc;
  private final WebhookStore webhooks;
  private final Webhooks facade;
  private final Clock clock;

  WebhookDeliveries(
      JdbcClient jdbc, WebhookStore webhooks, Webhooks facade, Clock clock, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.webhooks = webhooks;
    this.facade = facade;
    this.clock = clock;
    Gauge.builder("shopbell.webhook.oldest.waiting.seconds", this::oldestWaiting)
        .description("since when the event waits that no receiver takes")
        .register(meters);
  }

  /** The newest first. */
  Page<WebhookDelivery> of(
      long webhookId, WebhookDelivery.@Nullable State state, int limit, @Nullable Cursor cursor) {
    return Page.of(
        jdbc.sql(
                """
                select webhook_delivery.*, xid::text as place from webhook_delivery
                where webhook_id = :webhook and id < :before and (:state = '' or state = :state)
                order by id desc limit :limit
                """)
            .param("webhook", webhookId)
            .param("before", cursor == null ? Long.MAX_VALUE : cursor.number(0))
            .param("state", state == null ? "" : state.name())
            .param("limit", limit + 1)
            .query(WebhookDeliveries::row)
            .list(),
        limit,
        delivery -> Cursor.of(delivery.id()));
  }

  /** What receivers have said so far may name somebody who is being erased. */
  public void forgetAnswers() {
    jdbc.sql("update webhook_delivery set answer = null where answer is not null").update();
  }

  /** Sends it again, at once; what stands in the line is tried there. */
  @Transactional
  WebhookDelivery resend(long webhookId, long id) {
    Webhook webhook = facade.get(webhookId);
    WebhookDelivery delivery = get(webhookId, id);
    if (webhook.state() != Webhook.State.active) {
      throw Problem.conflict("The webhook is not active: resume it first.");
    }
    boolean inLine =
        FactPosition.parse(delivery.position()).compareTo(FactPosition.parse(webhook.position()))
            > 0;
    if (!inLine) {
      jdbc.sql("update webhook_delivery set state = 'waiting', next_attempt_at = ? where id = ?")
          .param(clock.instant().atOffset(ZoneOffset.UTC))
          .param(id)
          .update();
    }
    webhooks.tryNow(webhookId);
    facade.wake();
    return get(webhookId, id);
  }

  private WebhookDelivery get(long webhookId, long id) {
    return jdbc.sql(
            "select webhook_delivery.*, xid::text as place from webhook_delivery where webhook_id = ? and id = ?")
        .param(webhookId)
        .param(id)
        .query(WebhookDeliveries::row)
        .optional()
        .orElseThrow(() -> Problem.notFound("There is no delivery " + id + " of this webhook."));
  }

  @Scheduled(fixedDelay = 3_600_000)
  void forget() {
    int forgotten;
    do {
      forgotten =
          jdbc.sql(
                  """
                  delete from webhook_delivery where id in (
                    select id from webhook_delivery
                    where last_at < :trouble or (state = 'delivered' and last_at < :fine) limit :most)
                  """)
              .param("fine", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
              .param("trouble", clock.instant().minus(TROUBLE_KEPT).atOffset(ZoneOffset.UTC))
              .param("most", FORGOTTEN_AT_ONCE)
              .update();
    } while (forgotten == FORGOTTEN_AT_ONCE);
  }

  private double oldestWaiting() {
    try {
      Instant oldest =
          jdbc.sql(
                  """
                  select min(since) as since from (
                    select min(failing_since) as since from webhook where state = 'active'
                    union all
                    select min(first_at) from webhook_delivery where next_attempt_at is not null) as each
                  """)
              .query((row, n) -> java.util.Optional.ofNullable(WebhookStore.instant(row, "since")))
              .single()
              .orElse(null);
      return oldest == null
          ? 0
          : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  private static WebhookDelivery row(ResultSet row, int n) throws SQLException {
    return new WebhookDelivery(
        row.getLong("id"),
        WebhookEvents.type(row.getString("fact_name")),
        new FactPosition(Long.parseUnsignedLong(row.getString("place")), row.getLong("fact_id"))
            .toString(),
        WebhookDelivery.State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getTimestamp("first_at").toInstant(),
        row.getTimestamp("last_at").toInstant(),
        WebhookStore.instant(row, "next_attempt_at"),
        row.getObject("status", Integer.class),
        row.getInt("millis"),
        row.getString("words"),
        row.getString("answer"));
  }
}
