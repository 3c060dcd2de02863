package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.web.Permission;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads webhooks, and writes what people set of them. */
@Component
class WebhookStore {
  private static final String SELECT =
      """
      select webhook.*, webhook.xid::text as place,
        (select count(*) from (
            select fact.name, fact.brand_id from fact where (fact.xid, fact.id) > (webhook.xid, webhook.fact_id)
            order by fact.xid, fact.id limit 10000) as ahead
          where ahead.name = any(coalesce(webhook.events, :told))
            and (webhook.brand_ids is null or ahead.brand_id is null or ahead.brand_id = any(webhook.brand_ids))) as waiting
      from webhook
      """;

  private final JdbcClient jdbc;
  private final WebhookEvents events;
  private final Clock clock;

  WebhookStore(JdbcClient jdbc, WebhookEvents events, Clock clock) {
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
  }

  /**
   * What people set.
   *
   * @param facts names; null for all
   * @param scopes what whoever sets it may do
   */
  record Wanted(
      String url,
      String description,
      @Nullable Set<String> facts,
      @Nullable Set<Long> brands,
      long agentId,
      Set<Permission> scopes) {}

  List<Webhook> all() {
    return jdbc.sql(SELECT + " order by webhook.id").param("told", told()).query(this::row).list();
  }

  Optional<Webhook> find(long id) {
    return jdbc.sql(SELECT + " where webhook.id = :id")
        .param("told", told())
        .param("id", id)
        .query(this::row)
        .optional();
  }

  int count() {
    return jdbc.sql("select count(*) from webhook").query(Integer.class).single();
  }

  long insert(Wanted wanted, FactPosition from) {
    return settings(
            """
            insert into webhook (url, description, events, brand_ids, agent_id, scopes, xid, fact_id, created_at)
            values (:url, :description, :events, :brands, :agent, :scopes, :xid::text::xid8, :fact, :now) returning id
            """,
            wanted)
        .param("xid", Long.toUnsignedString(from.xid()))
        .param("fact", from.id())
        .param("now", now())
        .query(Long.class)
        .single();
  }

  void update(long id, Wanted wanted) {
    settings(
            """
            update webhook set url = :url, description = :description, events = :events, brand_ids = :brands,
              agent_id = :agent, scopes = :scopes, due_at = case when due_at is null then null else :now end,
              revision = revision + 1
            where id = :id
            """,
            wanted)
        .param("now", now())
        .param("id", id)
        .update();
  }

  private JdbcClient.StatementSpec settings(String sql, Wanted wanted) {
    return jdbc.sql(sql)
        .param("url", wanted.url())
        .param("description", wanted.description())
        .param("events", wanted.facts() == null ? null : wanted.facts().toArray(String[]::new))
        .param("brands", wanted.brands() == null ? null : wanted.brands().toArray(Long[]::new))
        .param("agent", wanted.agentId())
        .param("scopes", wanted.scopes().stream().map(Permission::key).toArray(String[]::new));
  }

  void delete(long id) {
    jdbc.sql("delete from webhook where id = ?").param(id).update();
  }

  boolean pause(long id) {
    return jdbc.sql(
                """
                update webhook set state = 'paused', due_at = null, revision = revision + 1
                where id = ? and state = 'active'
                """)
            .param(id)
            .update()
        == 1;
  }

  /** From where it was, at once; the days of failing count anew. */
  void resume(long id, long agentId, Set<Permission> scopes) {
    jdbc.sql(
            """
            update webhook set state = 'active', disabled_because = null, disabled_at = null, failures = 0,
              failing_since = null, agent_id = :agent, scopes = :scopes, due_at = :now, revision = revision + 1
            where id = :id
            """)
        .param("agent", agentId)
        .param("scopes", scopes.stream().map(Permission::key).toArray(String[]::new))
        .param("now", now())
        .param("id", id)
        .update();
  }

  /** What was tried and waits in the line is behind or before it now, and is told in its turn. */
  void move(long id, FactPosition to) {
    jdbc.sql(
            """
            update webhook set xid = :xid::text::xid8, fact_id = :fact, due_at = :now, revision = revision + 1
            where id = :id
            """)
        .param("xid", Long.toUnsignedString(to.xid()))
        .param("fact", to.id())
        .param("now", now())
        .param("id", id)
        .update();
    jdbc.sql(
            """
            update webhook_delivery set state = 'failed'
            where webhook_id = :id and state = 'waiting' and next_attempt_at is null
              and (xid, fact_id) <= (:xid::text::xid8, :fact)
            """)
        .param("id", id)
        .param("xid", Long.toUnsignedString(to.xid()))
        .param("fact", to.id())
        .update();
  }

  void tryNow(long id) {
    jdbc.sql("update webhook set due_at = ? where id = ? and state = 'active'")
        .param(now())
        .param(id)
        .update();
  }

  private String[] told() {
    return events.facts().toArray(String[]::new);
  }

  private java.time.OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private Webhook row(ResultSet row, int n) throws SQLException {
    String because = row.getString("disabled_because");
    boolean overlapping = row.getObject("old_secret") != null;
    Instant until = instant(row, "old_secret_until");
    Array facts = row.getArray("events");
    Array brands = row.getArray("brand_ids");
    return new Webhook(
        row.getLong("id"),
        row.getString("url"),
        row.getString("description"),
        facts == null
            ? null
            : List.of((String[]) facts.getArray()).stream().map(WebhookEvents::type).toList(),
        brands == null ? null : List.of((Long[]) brands.getArray()),
        row.getLong("agent_id"),
        Webhook.State.valueOf(row.getString("state")),
        because == null ? null : Webhook.Reason.valueOf(because),
        instant(row, "disabled_at"),
        instant(row, "failing_since"),
        row.getString("trouble"),
        instant(row, "delivered_at"),
        row.getInt("failures") == 0 ? null : instant(row, "due_at"),
        new FactPosition(Long.parseUnsignedLong(row.getString("place")), row.getLong("fact_id"))
            .toString(),
        row.getInt("waiting"),
        overlapping && until != null && until.isAfter(clock.instant()) ? until : null,
        row.getTimestamp("created_at").toInstant());
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
