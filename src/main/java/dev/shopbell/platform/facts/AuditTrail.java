package dev.shopbell.platform.facts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The log read backwards, for people. No index serves what they ask for, since each would slow
 * every writer: the log is looked through a stretch at a time, as far as one answer may take.
 */
@Component
public class AuditTrail {
  private static final int STRETCH = 20_000;

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;

  AuditTrail(JdbcClient jdbc, Facts facts, Clock clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * Which facts are wanted; what is null or empty is not asked for.
   *
   * @param brands only what is of these, or of none
   * @param conversations whether also what happened in conversations
   * @param by the agent who did it
   * @param about the agent whom it concerns
   * @param names of facts
   * @param from the first moment
   * @param to the moment after the last
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Wanted(
      Long @Nullable [] brands,
      boolean conversations,
      @Nullable Long by,
      @Nullable Long about,
      List<String> names,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /**
   * @param found newest first
   * @param reached how far the log was looked through; null where to its beginning or to as many as
   *     were wanted
   */
  public record Looked(List<StoredFact> found, @Nullable FactPosition reached) {}

  /**
   * Looks for facts before a position, or from the newest on.
   *
   * @param patience after which it answers what it has found
   */
  public Looked look(@Nullable FactPosition before, int limit, Wanted wanted, Duration patience) {
    Instant end = clock.instant().plus(patience);
    List<StoredFact> found = new ArrayList<>();
    FactPosition at = before == null ? new FactPosition(-1L, Long.MAX_VALUE) : before;
    while (true) {
      Optional<FactPosition> reached = stretch(at);
      found.addAll(read(at, reached.orElse(FactPosition.START), limit - found.size(), wanted));
      if (found.size() >= limit || reached.isEmpty()) {
        return new Looked(found, null);
      }
      at = reached.get();
      if (clock.instant().isAfter(end)) {
        return new Looked(found, at);
      }
    }
  }

  /** The last position of the next stretch; empty where the log begins within it. */
  private Optional<FactPosition> stretch(FactPosition before) {
    return jdbc.sql(
            """
            select fact.xid::text as xid, fact.id from fact where (fact.xid, fact.id) < (:xid::text::xid8, :id)
            order by fact.xid desc, fact.id desc offset :stretch limit 1
            """)
        .param("xid", Long.toUnsignedString(before.xid()))
        .param("id", before.id())
        .param("stretch", STRETCH - 1)
        .query((row, n) ->
            new FactPosition(Long.parseUnsignedLong(row.getString("xid")), row.getLong("id")))
        .optional();
  }

  private List<StoredFact> read(
      FactPosition before, FactPosition downTo, int limit, Wanted wanted) {
    StringBuilder where =
        new StringBuilder(
            """
            (fact.xid, fact.id) < (:xid::text::xid8, :id) and (fact.xid, fact.id) >= (:toXid::text::xid8, :toId)
            """);
    if (wanted.brands() != null) {
      where.append(" and (fact.brand_id is null or fact.brand_id = any(:brands))");
    }
    if (!wanted.conversations()) {
      where.append(" and fact.conversation_id is null");
    }
    if (wanted.by() != null) {
      where.append(" and fact.actor_kind = 'agent' and fact.actor_id = :by");
    }
    if (wanted.about() != null) {
      where.append(" and fact.data ->> 'agentId' = :about::text");
    }
    if (!wanted.names().isEmpty()) {
      where.append(" and fact.name = any(:names)");
    }
    if (wanted.from() != null) {
      where.append(" and fact.at >= :from");
    }
    if (wanted.to() != null) {
      where.append(" and fact.at < :to");
    }
    return jdbc.sql(
            "select "
                + Facts.COLUMNS
                + " from fact where "
                + where
                + " order by fact.xid desc, fact.id desc limit :limit")
        .param("xid", Long.toUnsignedString(before.xid()))
        .param("id", before.id())
        .param("toXid", Long.toUnsignedString(downTo.xid()))
        .param("toId", downTo.id())
        .param("brands", wanted.brands())
        .param("by", wanted.by())
        .param("about", wanted.about())
        .param("names", wanted.names().toArray(String[]::new))
        .param("from", wanted.from() == null ? null : wanted.from().atOffset(ZoneOffset.UTC))
        .param("to", wanted.to() == null ? null : wanted.to().atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .query(facts.row())
        .list();
  }
}
