package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whose turn it is, and what came of it. Each step counts only while this node holds the webhook
 * and nobody has changed it: one that comes too late leaves the place in the log alone.
 */
@Component
class WebhookLedger {
  /** Longer than a request takes; renewed with each. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final String HELD = " where id = :id and held_by = :node and revision = :revision";

  private final String node = UUID.randomUUID().toString();
  private final JdbcClient jdbc;
  private final Facts facts;
  private final List<WebhookAlarm> alarms;
  private final Clock clock;

  WebhookLedger(JdbcClient jdbc, Facts facts, List<WebhookAlarm> alarms, Clock clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Those that are to be told something, to see whether a fact is for them. */
  List<Receiver> active() {
    return jdbc.sql("select webhook.*, xid::text as place from webhook where state = 'active'")
        .query(WebhookLedger::receiver)
        .list();
  }

  /**
   * Whose next attempt has come, or whose node has died. What was put aside waits while the line
   * itself fails.
   */
  List<Long> due() {
    return jdbc.sql(
            """
            select id from webhook
            where state = 'active' and (held_until is null or held_until < clock_timestamp())
              and (due_at <= :now or (held_until is not null and (due_at is null or due_at <= :now))
                or (due_at is null and exists (select from webhook_delivery
                  where webhook_id = webhook.id and next_attempt_at <= :now)))
            """)
        .param("now", now())
        .query(Long.class)
        .list();
  }

  /** Takes it for this node; empty where another has it, or it is not due. */
  Optional<Receiver> claim(long id) {
    return jdbc.sql(
            """
            update webhook set held_by = :node, held_until = clock_timestamp() + make_interval(secs => :lease), due_at = null
            where id = :id and state = 'active' and (held_until is null or held_until < clock_timestamp())
              and (due_at is null or due_at <= :now)
            returning webhook.*, xid::text as place
            """)
        .param("node", node)
        .param("lease", LEASE.toSeconds())
        .param("id", id)
        .param("now", now())
        .query(WebhookLedger::receiver)
        .optional();
  }

  void release(long id) {
    jdbc.sql("update webhook set held_by = null, held_until = null where id = ? and held_by = ?")
        .param(id)
        .param(node)
        .update();
  }

  void releaseAll() {
    jdbc.sql("update webhook set held_by = null, held_until = null where held_by = ?")
        .param(node)
        .update();
  }

  /** Goes on to a place without having told anything. */
  boolean pass(Receiver receiver, FactPosition to) {
    return held(
                jdbc.sql(
                    "update webhook set xid = :xid::text::xid8, fact_id = :fact, due_at = null, "
                        + lease()
                        + HELD),
                receiver)
            .param("xid", Long.toUnsignedString(to.xid()))
            .param("fact", to.id())
            .update()
        == 1;
  }

  /**
   * It was taken.
   *
   * @param aside the fact before it that was not, though this one was: it is tried by itself
   */
  @Transactional
  boolean taken(
      Receiver receiver, StoredFact fact, WebhookSender.Answer answer, @Nullable StoredFact aside) {
    write(receiver.id(), fact, WebhookDelivery.State.delivered, answer, null);
    if (aside != null) {
      jdbc.sql(
              """
              update webhook_delivery set next_attempt_at = :at
              where webhook_id = :id and fact_id = :fact and state = 'waiting'
              """)
          .param("at", clock.instant().plus(Retries.ofOne(1)).atOffset(ZoneOffset.UTC))
          .param("id", receiver.id())
          .param("fact", aside.position().id())
          .update();
    }
    return held(
                jdbc.sql(
                    """
                    update webhook set xid = :xid::text::xid8, fact_id = :fact, failures = 0, failing_since = null,
                      trouble = null, delivered_at = :now, due_at = null,
                    """
                        + lease()
                        + HELD),
                receiver)
            .param("xid", Long.toUnsignedString(fact.position().xid()))
            .param("fact", fact.position().id())
            .param("now", now())
            .update()
        == 1;
  }

  /** It was not taken, and stays where it is in the line. */
  @Transactional
  void noted(Receiver receiver, StoredFact fact, WebhookSender.Answer answer) {
    write(receiver.id(), fact, WebhookDelivery.State.waiting, answer, null);
  }

  /** The receiver is left alone until then. */
  void rests(Receiver receiver, WebhookSender.Answer answer, Duration rest) {
    held(
            jdbc.sql(
                """
                update webhook set failures = failures + 1, failing_since = coalesce(failing_since, :now),
                  trouble = :trouble, due_at = :due
                """
                    + HELD),
            receiver)
        .param("now", now())
        .param("trouble", answer.words())
        .param("due", clock.instant().plus(rest).atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Given up until somebody resumes it; its place stays. */
  @Transactional
  void disable(Receiver receiver, Webhook.Reason reason, @Nullable String trouble) {
    int changed =
        held(
                jdbc.sql(
                    """
                    update webhook set state = 'disabled', disabled_because = :reason, disabled_at = :now,
                      trouble = :trouble, due_at = null, revision = revision + 1
                    """
                        + HELD),
                receiver)
            .param("reason", reason.name())
            .param("trouble", trouble)
            .param("now", now())
            .update();
    if (changed == 1) {
      facts.append(Actor.SYSTEM, new WebhookDisabled(receiver.id()));
      alarms.forEach(alarm -> alarm.disabled(receiver.id()));
    }
  }

  /** What was put aside. */
  record Aside(FactPosition position, int attempts) {}

  List<Aside> aside(Receiver receiver, int most) {
    return jdbc.sql(
            """
            select xid::text as place, fact_id, attempts from webhook_delivery
            where webhook_id = :id and next_attempt_at <= :now order by next_attempt_at, id limit :most
            """)
        .param("id", receiver.id())
        .param("now", now())
        .param("most", most)
        .query((row, n) ->
            new Aside(
                new FactPosition(
                    Long.parseUnsignedLong(row.getString("place")), row.getLong("fact_id")),
                row.getInt("attempts")))
        .list();
  }

  /**
   * What came of one that was put aside.
   *
   * @param next when it is tried again; null where it is not
   */
  @Transactional
  boolean triedAside(
      Receiver receiver, StoredFact fact, WebhookSender.Answer answer, @Nullable Duration next) {
    WebhookDelivery.State state =
        answer.taken()
            ? WebhookDelivery.State.delivered
            : next == null ? WebhookDelivery.State.failed : WebhookDelivery.State.waiting;
    write(receiver.id(), fact, state, answer, next == null ? null : clock.instant().plus(next));
    return held(jdbc.sql("update webhook set " + lease() + HELD), receiver).update() == 1;
  }

  /** The eyes that are lent see it no more. */
  void withdrawn(Receiver receiver, FactPosition position) {
    jdbc.sql(
            """
            update webhook_delivery set state = 'failed', next_attempt_at = null, words = :words
            where webhook_id = :id and fact_id = :fact
            """)
        .param("words", "It is not to be seen any more.")
        .param("id", receiver.id())
        .param("fact", position.id())
        .update();
  }

  private void write(
      long webhookId,
      StoredFact fact,
      WebhookDelivery.State state,
      WebhookSender.Answer answer,
      @Nullable Instant next) {
    // One that a crash undoes is sent again under the same id: no need to wait for the disk.
    jdbc.sql("set local synchronous_commit = off").update();
    jdbc.sql(
            """
            insert into webhook_delivery as one (webhook_id, xid, fact_id, fact_name, state, attempts, first_at, last_at,
              next_attempt_at, status, millis, words, answer)
            select webhook.id, :xid::text::xid8, :fact, :name, :state, 1, :now, :now, :next, :status, :millis, :words, :answer
            from webhook where webhook.id = :id for key share
            on conflict (webhook_id, fact_id) do update set state = excluded.state, attempts = one.attempts + 1,
              last_at = excluded.last_at, next_attempt_at = excluded.next_attempt_at, status = excluded.status,
              millis = excluded.millis, words = excluded.words, answer = excluded.answer
            """)
        .param("id", webhookId)
        .param("xid", Long.toUnsignedString(fact.position().xid()))
        .param("fact", fact.position().id())
        .param("name", fact.name())
        .param("state", state.name())
        .param("now", now())
        .param(
            "next",
            next == null ? null : next.atOffset(ZoneOffset.UTC),
            java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
        .param("status", answer.status(), java.sql.Types.INTEGER)
        .param("millis", answer.millis())
        .param("words", answer.words())
        .param("answer", answer.excerpt())
        .update();
  }

  private JdbcClient.StatementSpec held(JdbcClient.StatementSpec statement, Receiver receiver) {
    return statement
        .param("id", receiver.id())
        .param("node", node)
        .param("revision", receiver.revision());
  }

  private static String lease() {
    return "held_until = clock_timestamp() + make_interval(secs => " + LEASE.toSeconds() + ")";
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Receiver receiver(ResultSet row, int n) throws SQLException {
    Array events = row.getArray("events");
    Array brands = row.getArray("brand_ids");
    return new Receiver(
        row.getLong("id"),
        row.getString("url"),
        events == null ? null : Set.of((String[]) events.getArray()),
        brands == null ? null : Set.of((Long[]) brands.getArray()),
        row.getLong("agent_id"),
        Set.of((String[]) row.getArray("scopes").getArray()),
        new FactPosition(Long.parseUnsignedLong(row.getString("place")), row.getLong("fact_id")),
        row.getInt("failures"),
        WebhookStore.instant(row, "failing_since"),
        row.getInt("revision"));
  }
}
