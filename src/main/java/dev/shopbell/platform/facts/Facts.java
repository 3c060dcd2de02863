package dev.shopbell.platform.facts;

import dev.shopbell.platform.database.Wakeups;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The log: appended to in the transaction of the change, read in order by whoever reacts. */
@Component
public class Facts {
  /** The topic on which readers of the log are woken. */
  public static final String TOPIC = "fact";

  static final String COLUMNS =
      """
      fact.xid::text as xid, fact.id, fact.name, fact.at, fact.actor_kind, fact.actor_id, fact.brand_id,
      fact.conversation_id, fact.message_id, fact.customer_id, fact.data::text as data
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;
  private final Wakeups wakeups;

  Facts(JdbcClient jdbc, JsonMapper json, Clock clock, Wakeups wakeups) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
    this.wakeups = wakeups;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void append(Actor actor, Fact... facts) {
    append(actor, List.of(facts));
  }

  /**
   * Appends in the order given, in the caller's transaction; readers are woken after its commit.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void append(Actor actor, List<? extends Fact> facts) {
    Instant now = clock.instant();
    appendBy(facts.stream().map(fact -> new By(actor, fact, now)).toList());
  }

  /** A fact, who did it and when, for batches in which that differs. */
  public record By(Actor actor, Fact fact, Instant at) {}

  @Transactional(propagation = Propagation.MANDATORY)
  public void appendBy(List<By> facts) {
    if (!facts.isEmpty()) {
      write(jdbc, json, facts);
      wakeups.afterCommit(TOPIC);
    }
  }

  /**
   * For a command that is run beside the program, in a transaction of its own: wakes nobody, for
   * readers look by themselves every second.
   */
  public static void appendBeside(JdbcClient jdbc, By fact) {
    write(jdbc, new JsonMapper(), List.of(fact));
  }

  private static void write(JdbcClient jdbc, JsonMapper json, List<By> facts) {
    jdbc.sql(
            """
            insert into fact (name, at, actor_kind, actor_id, data)
            select name, at::timestamptz, actor_kind, actor_id, data::jsonb
            from unnest(:names::text[], :kinds::text[], :actors::bigint[], :data::text[], :ats::text[])
              with ordinality as one (name, actor_kind, actor_id, data, at, place)
            order by place
            """)
        .param("ats", facts.stream().map(by -> by.at().toString()).toArray(String[]::new))
        .param("names", facts.stream().map(by -> by.fact().factName()).toArray(String[]::new))
        .param("kinds", facts.stream().map(by -> by.actor().kind().name()).toArray(String[]::new))
        .param("actors", facts.stream().map(by -> by.actor().id()).toArray(Long[]::new))
        .param(
            "data",
            facts.stream().map(by -> json.writeValueAsString(by.fact())).toArray(String[]::new))
        .update();
  }

  /**
   * Facts after a position, oldest first. Only those below the oldest running transaction, so that
   * none can still appear before one that was returned.
   */
  public List<StoredFact> after(FactPosition position, int limit) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                from fact
                where (fact.xid, fact.id) > (:xid::text::xid8, :id)
                  and fact.xid < pg_snapshot_xmin(pg_current_snapshot())
                order by fact.xid, fact.id
                limit :limit
                """)
        .param("xid", Long.toUnsignedString(position.xid()))
        .param("id", position.id())
        .param("limit", limit)
        .query(row())
        .list();
  }

  /** The fact at that place. */
  public Optional<StoredFact> find(FactPosition position) {
    return jdbc.sql(
            "select " + COLUMNS + " from fact where fact.xid = :xid::text::xid8 and fact.id = :id")
        .param("xid", Long.toUnsignedString(position.xid()))
        .param("id", position.id())
        .query(row())
        .optional();
  }

  /**
   * The first fact since that moment, among the newest ones.
   *
   * @param within how many of the newest are looked at
   * @return empty if nothing has happened since
   */
  public Optional<StoredFact> firstSince(Instant since, int within) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                from (select * from fact order by fact.xid desc, fact.id desc limit :within) as fact
                where fact.at >= :since
                order by fact.xid, fact.id limit 1
                """)
        .param("within", within)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query(row())
        .optional();
  }

  /** How many there are behind the position, counted no further than {@code most}. */
  public int countAfter(FactPosition position, int most) {
    return jdbc.sql(
            """
            select count(*) from (
              select 1 from fact where (fact.xid, fact.id) > (:xid::text::xid8, :id) limit :most) as one
            """)
        .param("xid", Long.toUnsignedString(position.xid()))
        .param("id", position.id())
        .param("most", most)
        .query(Integer.class)
        .single();
  }

  /** The newest position that {@link #after} could return now. */
  public FactPosition newest() {
    return jdbc.sql(
            """
            select fact.xid::text as xid, fact.id from fact
            where fact.xid < pg_snapshot_xmin(pg_current_snapshot())
            order by fact.xid desc, fact.id desc limit 1
            """)
        .query((row, n) ->
            new FactPosition(Long.parseUnsignedLong(row.getString("xid")), row.getLong("id")))
        .optional()
        .orElse(FactPosition.START);
  }

  /** Whether such a fact was ever written. */
  public boolean happened(Class<? extends Fact> type) {
    return jdbc.sql("select exists (select from fact where name = ?)")
        .param(type.getSimpleName())
        .query(Boolean.class)
        .single();
  }

  /** What happened in conversations, oldest first, those of the given names. */
  public List<StoredFact> ofConversations(
      List<Long> conversationIds, List<String> names, long afterId, int limit) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                from fact
                where fact.conversation_id = any(:conversations) and fact.id > :after and fact.name in (:names)
                order by fact.id
                limit :limit
                """)
        .param("conversations", conversationIds.toArray(Long[]::new))
        .param("after", afterId)
        .param("names", names)
        .param("limit", limit)
        .query(row())
        .list();
  }

  RowMapper<StoredFact> row() {
    return (row, n) ->
        new StoredFact(
            new FactPosition(Long.parseUnsignedLong(row.getString("xid")), row.getLong("id")),
            row.getString("name"),
            row.getTimestamp("at").toInstant(),
            new Actor(Actor.Kind.valueOf(row.getString("actor_kind")), number(row, "actor_id")),
            number(row, "brand_id"),
            number(row, "conversation_id"),
            number(row, "message_id"),
            number(row, "customer_id"),
            json.readTree(row.getString("data")));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
