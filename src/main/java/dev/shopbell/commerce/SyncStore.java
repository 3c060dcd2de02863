package dev.shopbell.commerce;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What a shop has called us with, what it is to be asked for, and how far it is read. */
@Component
class SyncStore {
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  SyncStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  enum What {
    orders,
    products
  }

  enum Thing {
    order,
    product
  }

  record Received(long id, ShopConnector.Label label, ShopConnector.Hook hook) {}

  record Touched(String externalId, Instant touchedAt, int attempts) {}

  record Place(@Nullable Instant since, @Nullable String cursor, Instant begunAt) {}

  /**
   * @return false for one that has come before
   */
  boolean keep(long shopId, ShopConnector.Label label, ShopConnector.Hook hook, Instant now) {
    return jdbc.sql(
                """
                insert into shop_hook (shop_id, external_id, topic, headers, body, received_at)
                values (:shop, :external, :topic, :headers::jsonb, :body, :now)
                on conflict (shop_id, external_id) do nothing
                """)
            .param("shop", shopId)
            .param("external", label.externalId())
            .param("topic", label.topic())
            .param("headers", json.writeValueAsString(hook.headers()))
            .param("body", hook.body())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  List<Received> waiting(long shopId, int limit) {
    return jdbc.sql(
            """
            select id, external_id, topic, headers::text as headers, body from shop_hook
            where shop_id = ? and state = 'waiting' order by id limit ?
            """)
        .param(shopId)
        .param(limit)
        .query((row, n) ->
            new Received(
                row.getLong("id"),
                new ShopConnector.Label(row.getString("external_id"), row.getString("topic")),
                new ShopConnector.Hook(
                    json.readValue(row.getString("headers"), HEADERS), row.getBytes("body"))))
        .list();
  }

  void read(long hookId, @Nullable String trouble) {
    jdbc.sql("update shop_hook set state = :state, trouble = :trouble where id = :id")
        .param("state", trouble == null ? "read" : "failed")
        .param("trouble", trouble)
        .param("id", hookId)
        .update();
  }

  int forgetHooks(Instant before) {
    return jdbc.sql("delete from shop_hook where received_at < ? and state <> 'waiting'")
        .param(before.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** They may tell of somebody who is being erased. */
  void forgetHooksOf(long brandId) {
    jdbc.sql(
            """
            delete from shop_hook where state <> 'waiting' and shop_id in (select id from shop where brand_id = ?)
            """)
        .param(brandId)
        .update();
  }

  void touch(long shopId, Thing what, String externalId, Instant now) {
    jdbc.sql(
            """
            insert into shop_touched (shop_id, what, external_id, touched_at, due_at)
            values (:shop, :what, :external, :now::timestamptz, :now::timestamptz)
            on conflict (shop_id, what, external_id) do update set touched_at = excluded.touched_at,
              due_at = excluded.due_at, attempts = 0, trouble = null
            """)
        .param("shop", shopId)
        .param("what", what.name())
        .param("external", externalId)
        .param("now", now.toString())
        .update();
  }

  List<Touched> due(long shopId, Thing what, Instant now, int limit) {
    return jdbc.sql(
            """
            select external_id, touched_at, attempts from shop_touched
            where shop_id = :shop and what = :what and due_at <= :now::timestamptz order by due_at limit :limit
            """)
        .param("shop", shopId)
        .param("what", what.name())
        .param("now", now.toString())
        .param("limit", limit)
        .query((row, n) ->
            new Touched(
                row.getString("external_id"),
                row.getTimestamp("touched_at").toInstant(),
                row.getInt("attempts")))
        .list();
  }

  /** What was touched again meanwhile stays. */
  void asked(long shopId, Thing what, Collection<Touched> asked) {
    jdbc.sql(
            """
            delete from shop_touched using unnest(:ids::text[], :ats::text[]) as one (external_id, touched_at)
            where shop_touched.shop_id = :shop and shop_touched.what = :what
              and shop_touched.external_id = one.external_id and shop_touched.touched_at = one.touched_at::timestamptz
            """)
        .param("ids", asked.stream().map(Touched::externalId).toArray(String[]::new))
        .param("ats", asked.stream().map(one -> one.touchedAt().toString()).toArray(String[]::new))
        .param("shop", shopId)
        .param("what", what.name())
        .update();
  }

  void later(long shopId, Thing what, Touched one, Instant due, String trouble) {
    jdbc.sql(
            """
            update shop_touched set attempts = attempts + 1, due_at = :due, trouble = :trouble
            where shop_id = :shop and what = :what and external_id = :external
            """)
        .param("due", due.atOffset(ZoneOffset.UTC))
        .param("trouble", trouble)
        .param("shop", shopId)
        .param("what", what.name())
        .param("external", one.externalId())
        .update();
  }

  /** When the next thing is to be asked for. */
  Optional<Instant> nextDue(long shopId) {
    return jdbc.sql("select min(due_at) from shop_touched where shop_id = ?")
        .param(shopId)
        .query((row, n) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
        .single();
  }

  /**
   * @param since what has changed since then is read; null for all
   */
  void begin(long shopId, What what, @Nullable Instant since, Instant now) {
    jdbc.sql(
            """
            insert into shop_sync (shop_id, what, since, begun_at) values (:shop, :what, :since::timestamptz, :now::timestamptz)
            on conflict (shop_id, what) do update set since = excluded.since, cursor = null,
              begun_at = excluded.begun_at, ended_at = null, read = 0, mended = 0
            """)
        .param("shop", shopId)
        .param("what", what.name())
        .param("since", since == null ? null : since.toString())
        .param("now", now.toString())
        .update();
  }

  /** Where to go on; empty where it has come to the end. */
  Optional<Place> place(long shopId, What what) {
    return jdbc.sql(
            """
            select since, cursor, begun_at from shop_sync where shop_id = ? and what = ? and ended_at is null
            """)
        .param(shopId)
        .param(what.name())
        .query((row, n) -> {
          Timestamp since = row.getTimestamp("since");
          return new Place(
              since == null ? null : since.toInstant(),
              row.getString("cursor"),
              row.getTimestamp("begun_at").toInstant());
        })
        .optional();
  }

  /** What has ended before that moment, and when it had begun. */
  Optional<Instant> endedBefore(long shopId, What what, Instant before) {
    return jdbc.sql(
            "select begun_at from shop_sync where shop_id = ? and what = ? and ended_at < ?")
        .param(shopId)
        .param(what.name())
        .param(before.atOffset(ZoneOffset.UTC))
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .optional();
  }

  void moved(long shopId, What what, @Nullable String next, int read, int mended, Instant now) {
    jdbc.sql(
            """
            update shop_sync set cursor = :next::text, read = read + :read, mended = mended + :mended,
              ended_at = case when :next::text is null then :now::timestamptz end
            where shop_id = :shop and what = :what
            """)
        .param("next", next)
        .param("read", read)
        .param("mended", mended)
        .param("now", now.toString())
        .param("shop", shopId)
        .param("what", what.name())
        .update();
  }
}
