package dev.shopbell.conversations;

import dev.shopbell.platform.web.Moved;
import dev.shopbell.platform.web.Sight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and changes single conversations. */
@Component
class ConversationStore {
  private static final String ROW =
      """
      select conversation.id, conversation.brand_id, conversation.subject, conversation.status,
        conversation.priority, conversation.assignee_id, agent.name as assignee_name, conversation.team_id,
        conversation.tag_ids,
        conversation.customer_id, customer.name as customer_name, customer.address as customer_address,
        conversation.preview, conversation.last_message_at, conversation.last_direction, conversation.channel,
        conversation.message_count, conversation.created_at, conversation.waiting_since,
        conversation.snoozed_until, conversation.delivery_problem, conversation.demo, conversation.spam_reason,
        conversation.status <> 'spam' and conversation.last_news_id > coalesce(reading.message_id,
          case when conversation.status = 'resolved'
              or conversation.last_message_at < (select created_at from agent where id = :reader)
            then conversation.last_news_id else 0 end) as unread
      from conversation
      join customer on customer.id = conversation.customer_id
      left join agent on agent.id = conversation.assignee_id
      left join conversation_reading reading
        on reading.conversation_id = conversation.id and reading.agent_id = :reader
      """;

  private final JdbcClient jdbc;
  private final MoveStore moves;
  private final TagStore tags;
  private final ConversationFieldStore fields;

  ConversationStore(
      JdbcClient jdbc, MoveStore moves, TagStore tags, ConversationFieldStore fields) {
    this.jdbc = jdbc;
    this.moves = moves;
    this.tags = tags;
    this.fields = fields;
  }

  /** What a change needs to know of a conversation, locked until the transaction ends. */
  record Current(
      long id,
      long brandId,
      long customerId,
      String subject,
      Status status,
      Priority priority,
      @Nullable Long assigneeId,
      @Nullable Long teamId,
      List<Long> tagIds,
      @Nullable Instant waitingSince,
      @Nullable Instant snoozedUntil,
      boolean demo) {}

  /** One row more than the limit tells that there is a next page. */
  List<ConversationRow> list(
      ConversationFilter filter, ViewSort sort, int limit, @Nullable String cursor) {
    ConversationFilter.Where where = filter.where();
    ConversationFilter.Where after = sort.after(cursor);
    return withTags(
        jdbc.sql(
                ROW
                    + "where "
                    + where.sql()
                    + " and "
                    + after.sql()
                    + " order by "
                    + sort.orderBy()
                    + " limit :limit")
            .params(where.parameters())
            .params(after.parameters())
            .param("reader", filter.me())
            .param("limit", limit + 1)
            .query(row())
            .list());
  }

  /** In the order of the ids; those that the filter leaves out are missing. */
  List<ConversationRow> list(ConversationFilter filter, List<Long> ids) {
    ConversationFilter.Where where = filter.where();
    Map<Long, ConversationRow> found = new HashMap<>();
    List<Untagged> rows =
        jdbc.sql(ROW + "where conversation.id = any(:ids) and " + where.sql())
            .params(where.parameters())
            .param("reader", filter.me())
            .param("ids", ids.toArray(Long[]::new))
            .query(row())
            .list();
    withTags(rows).forEach(row -> found.put(row.id(), row));
    return ids.stream().map(found::get).filter(java.util.Objects::nonNull).toList();
  }

  /**
   * As one agent sees it.
   *
   * @throws Moved if it has been merged into another
   */
  Optional<ConversationRow> find(long id, long readerId) {
    return hereOrMoved(
        id,
        withTags(
                jdbc.sql(ROW + "where conversation.id = :id and conversation.merged_into is null")
                    .param("id", id)
                    .param("reader", readerId)
                    .query(row())
                    .list())
            .stream()
            .findFirst());
  }

  /**
   * @throws Moved if it has been merged into another
   */
  boolean exists(long id) {
    return hereOrMoved(
            id,
            jdbc.sql("select id from conversation where id = ? and merged_into is null")
                .param(id)
                .query(Long.class)
                .optional())
        .isPresent();
  }

  /** What it has in the shop's own fields, by their keys. */
  Map<String, Object> fields(long id) {
    return fields.of(id);
  }

  /** The conversation of that id, or the one that it has been merged into. */
  long current(long id) {
    return moves.current(List.of(id)).getOrDefault(id, id);
  }

  private <T> Optional<T> hereOrMoved(long id, Optional<T> found) {
    Long to = found.isPresent() ? null : moves.current(List.of(id)).get(id);
    if (to != null) {
      throw new Moved("conversations", id, to);
    }
    return found;
  }

  /**
   * @throws Moved if it has been merged into another
   */
  Optional<Current> lock(long id) {
    return hereOrMoved(id, lockStanding(id));
  }

  private Optional<Current> lockStanding(long id) {
    return jdbc.sql(
            """
            select id, brand_id, customer_id, subject, status, priority, assignee_id, team_id, tag_ids,
              waiting_since, snoozed_until, demo
            from conversation where id = ? and merged_into is null for no key update
            """)
        .param(id)
        .query((row, n) ->
            new Current(
                row.getLong("id"),
                row.getLong("brand_id"),
                row.getLong("customer_id"),
                row.getString("subject"),
                Status.valueOf(row.getString("status")),
                Priority.valueOf(row.getString("priority")),
                row.getObject("assignee_id", Long.class),
                row.getObject("team_id", Long.class),
                List.of((Long[]) row.getArray("tag_ids").getArray()),
                instant(row, "waiting_since"),
                instant(row, "snoozed_until"),
                row.getBoolean("demo")))
        .optional();
  }

  void setStatus(long id, Status status, @Nullable Instant snoozedUntil, Instant now) {
    jdbc.sql(
            """
            update conversation set status = :status,
              snoozed_until = case when :status = 'snoozed' then :until::timestamptz end,
              resolved_at = case when :status = 'resolved' then coalesce(resolved_at, :now) end,
              waiting_since = case when :status = 'resolved' then null else waiting_since end
            where id = :id
            """)
        .param("id", id)
        .param("status", status.name())
        .param("until", snoozedUntil == null ? null : snoozedUntil.toString())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void setAssignee(long id, @Nullable Long agentId) {
    jdbc.sql("update conversation set assignee_id = :agent where id = :id")
        .param("agent", agentId)
        .param("id", id)
        .update();
  }

  void setTeam(long id, @Nullable Long teamId) {
    jdbc.sql("update conversation set team_id = :team where id = :id")
        .param("team", teamId)
        .param("id", id)
        .update();
  }

  void setPriority(long id, Priority priority) {
    jdbc.sql("update conversation set priority = ? where id = ?")
        .param(priority.name())
        .param(id)
        .update();
  }

  void setSubject(long id, String subject) {
    jdbc.sql("update conversation set subject = ? where id = ?").param(subject).param(id).update();
  }

  void setTags(long id, Collection<Long> tagIds) {
    jdbc.sql("update conversation set tag_ids = :tags where id = :id")
        .param("tags", tagIds.toArray(Long[]::new))
        .param("id", id)
        .update();
  }

  /** The customer has been answered. */
  void nobodyWaits(long id) {
    jdbc.sql("update conversation set waiting_since = null where id = ?").param(id).update();
  }

  long insertStarted(long brandId, long customerId, String subject, String channel, Instant now) {
    return jdbc.sql(
            """
            insert into conversation (brand_id, customer_id, subject, status, preview, last_message_at,
              last_direction, channel, message_count, demo, created_at)
            select :brand, customer.id, :subject, 'open', '', :now, 'outbound', :channel, 0, customer.demo, :now
            from customer where customer.id = :customer
            returning id
            """)
        .param("brand", brandId)
        .param("customer", customerId)
        .param("subject", subject)
        .param("channel", channel)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  void removeDemo() {
    for (String sql :
        List.of(
            "delete from conversation where demo",
            "delete from conversation_reading where agent_id in (select id from agent where demo)",
            "delete from draft where agent_id in (select id from agent where demo)",
            "delete from attachment where message_id is null"
                + " and uploaded_by in (select id from agent where demo)",
            "update attachment set uploaded_by = null"
                + " where uploaded_by in (select id from agent where demo)",
            "update message set agent_id = null where agent_id in (select id from agent where demo)",
            "update conversation set assignee_id = null"
                + " where assignee_id in (select id from agent where demo)")) {
      jdbc.sql(sql).update();
    }
  }

  List<Long> realCustomersMarkedDemo() {
    return jdbc.sql(
            """
            select distinct customer.id from customer
            join conversation on conversation.customer_id = customer.id where customer.demo
            """)
        .query(Long.class)
        .list();
  }

  /** Snoozed conversations whose time has come, locked; others may take the rest. */
  List<Long> wakeable(Instant now, int limit) {
    return jdbc.sql(
            """
            select id from conversation where status = 'snoozed' and snoozed_until <= ?
            order by snoozed_until limit ? for no key update skip locked
            """)
        .param(now.atOffset(ZoneOffset.UTC))
        .param(limit)
        .query(Long.class)
        .list();
  }

  List<ConversationDetail.Linked> linked(long id, Sight sight) {
    Seen seen = Seen.by(sight);
    return jdbc.sql(
            """
            with recursive family as (
              select :id::bigint as id
              union all
              select conversation.id from family join conversation on conversation.merged_into = family.id
            ), chain as (
              select to_id as id, relation, true as forward from conversation_link join family on family.id = from_id
              union
              select from_id, relation, false from conversation_link join family on family.id = to_id
              union
              select conversation.merged_into, chain.relation, chain.forward
              from chain join conversation on conversation.id = chain.id where conversation.merged_into is not null)
            select distinct on (conversation.id) conversation.id, conversation.subject, conversation.status, chain.relation,
              chain.forward
            from chain join conversation on conversation.id = chain.id and conversation.merged_into is null
            where conversation.id not in (select id from family) %s
            order by conversation.id desc limit 20
            """
                .formatted(seen.and()))
        .params(seen.parameters())
        .param("id", id)
        .query((row, n) ->
            new ConversationDetail.Linked(
                row.getLong("id"),
                row.getLong("id"),
                row.getString("subject"),
                Status.valueOf(row.getString("status")),
                relation(row.getString("relation"), row.getBoolean("forward"))))
        .list();
  }

  private static ConversationDetail.Relation relation(String relation, boolean forward) {
    return switch (relation) {
      case "same" -> ConversationDetail.Relation.same;
      case "split" ->
          forward ? ConversationDetail.Relation.splitFrom : ConversationDetail.Relation.splitInto;
      case "continues" ->
          forward ? ConversationDetail.Relation.continues : ConversationDetail.Relation.continuedBy;
      default ->
          forward ? ConversationDetail.Relation.claims : ConversationDetail.Relation.claimedBy;
    };
  }

  void link(long from, long to, String relation) {
    jdbc.sql(
            "insert into conversation_link (from_id, to_id, relation) values (?, ?, ?) on conflict do nothing")
        .param(from)
        .param(to)
        .param(relation)
        .update();
  }

  /**
   * Also a link that one of the two has from what was merged into it.
   *
   * @param relation any where it is null
   */
  boolean unlink(long id, long other, @Nullable String relation) {
    return jdbc.sql(
                """
                delete from conversation_link
                where ((from_id = any(:ones) and to_id = any(:others)) or (from_id = any(:others) and to_id = any(:ones)))
                  and relation = coalesce(:relation, relation)
                """)
            .param("ones", moves.family(id).toArray(Long[]::new))
            .param("others", moves.family(other).toArray(Long[]::new))
            .param("relation", relation, java.sql.Types.VARCHAR)
            .update()
        > 0;
  }

  private record Untagged(ConversationRow row, Long[] tagIds) {}

  private List<ConversationRow> withTags(List<Untagged> rows) {
    if (rows.stream().allMatch(row -> row.tagIds().length == 0)) {
      return rows.stream().map(Untagged::row).toList();
    }
    Map<Long, Tag> byId = tags.byId();
    List<ConversationRow> tagged = new ArrayList<>(rows.size());
    for (Untagged one : rows) {
      List<Tag> shown =
          Arrays.stream(one.tagIds())
              .map(byId::get)
              .filter(java.util.Objects::nonNull)
              .distinct()
              .toList();
      ConversationRow row = one.row();
      tagged.add(
          new ConversationRow(
              row.id(),
              row.number(),
              row.brandId(),
              row.subject(),
              row.status(),
              row.priority(),
              row.assignee(),
              row.teamId(),
              shown,
              row.customer(),
              row.preview(),
              row.lastMessageAt(),
              row.lastDirection(),
              row.channel(),
              row.messageCount(),
              row.createdAt(),
              row.waitingSince(),
              row.snoozedUntil(),
              row.deliveryProblem(),
              row.demo(),
              row.spamReason(),
              row.unread(),
              row.match()));
    }
    return tagged;
  }

  private static RowMapper<Untagged> row() {
    return (row, n) -> {
      long id = row.getLong("id");
      Long assignee = row.getObject("assignee_id", Long.class);
      return new Untagged(
          new ConversationRow(
              id,
              id,
              row.getLong("brand_id"),
              row.getString("subject"),
              Status.valueOf(row.getString("status")),
              Priority.valueOf(row.getString("priority")),
              assignee == null
                  ? null
                  : new ConversationRow.Assignee(assignee, row.getString("assignee_name")),
              row.getObject("team_id", Long.class),
              List.of(),
              new ConversationRow.CustomerRef(
                  row.getLong("customer_id"),
                  row.getString("customer_name"),
                  row.getString("customer_address")),
              row.getString("preview"),
              row.getTimestamp("last_message_at").toInstant(),
              Direction.valueOf(row.getString("last_direction")),
              row.getString("channel"),
              row.getInt("message_count"),
              row.getTimestamp("created_at").toInstant(),
              instant(row, "waiting_since"),
              instant(row, "snoozed_until"),
              row.getBoolean("delivery_problem"),
              row.getBoolean("demo"),
              row.getString("spam_reason"),
              row.getBoolean("unread"),
              null),
          (Long[]) row.getArray("tag_ids").getArray());
    };
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
