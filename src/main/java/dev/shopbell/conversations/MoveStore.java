package dev.shopbell.conversations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Moves messages between conversations, and remembers where each went. */
@Component
class MoveStore {
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final ConversationFieldStore fields;

  MoveStore(JdbcClient jdbc, JsonMapper json, ConversationFieldStore fields) {
    this.jdbc = jdbc;
    this.json = json;
    this.fields = fields;
  }

  enum Kind {
    merge,
    split
  }

  record Move(
      long id,
      long brandId,
      Kind kind,
      long fromId,
      long toId,
      Instant movedAt,
      @Nullable Instant undoneAt,
      MoveState state) {}

  record Locked(
      long id,
      long brandId,
      long customerId,
      String subject,
      boolean demo,
      @Nullable Long mergedInto,
      MoveState.Standing standing) {}

  /** The ones that stand for those of these that have been merged; others are missing. */
  Map<Long, Long> current(Collection<Long> ids) {
    Map<Long, Long> found = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbc.sql(
              """
              with recursive chain as (
                select id as asked, id, merged_into from conversation where id = any(:ids) and merged_into is not null
                union all
                select chain.asked, conversation.id, conversation.merged_into
                from chain join conversation on conversation.id = chain.merged_into)
              select asked, id from chain where merged_into is null
              """)
          .param("ids", ids.toArray(Long[]::new))
          .query(row -> {
            found.put(row.getLong(1), row.getLong(2));
          });
    }
    return found;
  }

  /** A conversation and all that have been merged into it. */
  List<Long> family(long id) {
    return jdbc.sql(
            """
            with recursive family as (
              select :id::bigint as id
              union all
              select conversation.id from family join conversation on conversation.merged_into = family.id)
            select id from family
            """)
        .param("id", id)
        .query(Long.class)
        .list();
  }

  /** Whether a message stood in a conversation before it was moved. */
  boolean wentFrom(long messageId, long conversationId) {
    return jdbc.sql(
            "select exists (select from message_move where message_id = ? and from_id = ? and to_id <> from_id)")
        .param(messageId)
        .param(conversationId)
        .query(Boolean.class)
        .single();
  }

  /** In the order of their ids, which is the order in which everybody locks. */
  Map<Long, Locked> lock(Collection<Long> ids) {
    Map<Long, Locked> locked = new HashMap<>();
    jdbc.sql(
            """
            select id, brand_id, customer_id, subject, demo, merged_into, status, snoozed_until, resolved_at,
              waiting_since, priority, assignee_id, tag_ids, spam_reason
            from conversation where id = any(:ids) order by id for no key update
            """)
        .param("ids", ids.toArray(Long[]::new))
        .query(row -> {
          locked.put(
              row.getLong("id"),
              new Locked(
                  row.getLong("id"),
                  row.getLong("brand_id"),
                  row.getLong("customer_id"),
                  row.getString("subject"),
                  row.getBoolean("demo"),
                  row.getObject("merged_into", Long.class),
                  standing(row)));
        });
    return locked;
  }

  private static MoveState.Standing standing(ResultSet row) throws SQLException {
    return new MoveState.Standing(
        Status.valueOf(row.getString("status")),
        instant(row, "snoozed_until"),
        instant(row, "resolved_at"),
        instant(row, "waiting_since"),
        Priority.valueOf(row.getString("priority")),
        row.getObject("assignee_id", Long.class),
        List.of((Long[]) row.getArray("tag_ids").getArray()),
        row.getString("spam_reason"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  void set(long id, MoveState.Standing standing) {
    jdbc.sql(
            """
            update conversation set status = :status, snoozed_until = :snoozed::timestamptz,
              resolved_at = :resolved::timestamptz, waiting_since = :waiting::timestamptz, priority = :priority,
              assignee_id = :assignee, spam_reason = :spam,
              tag_ids = array(select distinct coalesce(merged_into, id) from tag where id = any(:tags))
            where id = :id
            """)
        .param("id", id)
        .param("status", standing.status().name())
        .param("snoozed", text(standing.snoozedUntil()))
        .param("resolved", text(standing.resolvedAt()))
        .param("waiting", text(standing.waitingSince()))
        .param("priority", standing.priority().name())
        .param("assignee", standing.assigneeId())
        .param("tags", standing.tagIds().toArray(Long[]::new))
        .param("spam", standing.spamReason())
        .update();
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  /**
   * It has no messages any more, and waits for nobody; what the other has no value for, it lends.
   */
  void point(long moveId, long id, long to) {
    fields.take(moveId, id, to);
    jdbc.sql(
            """
            update conversation set merged_into = ?, status = 'resolved', snoozed_until = null, waiting_since = null
            where id = ?
            """)
        .param(to)
        .param(id)
        .update();
  }

  void unpoint(long moveId, long id, long from) {
    fields.giveBack(moveId, from);
    jdbc.sql("update conversation set merged_into = null where id = ?").param(id).update();
  }

  long insert(
      long brandId, Kind kind, long from, long to, long agentId, MoveState state, Instant now) {
    return jdbc.sql(
            """
            insert into conversation_move (brand_id, kind, from_id, to_id, agent_id, moved_at, state)
            values (:brand, :kind, :from, :to, :agent, :now, :state::jsonb) returning id
            """)
        .param("brand", brandId)
        .param("kind", kind.name())
        .param("from", from)
        .param("to", to)
        .param("agent", agentId)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("state", json.writeValueAsString(state))
        .query(Long.class)
        .single();
  }

  Optional<Move> find(long id) {
    return jdbc.sql("select * from conversation_move where id = ?")
        .param(id)
        .query((row, n) ->
            new Move(
                row.getLong("id"),
                row.getLong("brand_id"),
                Kind.valueOf(row.getString("kind")),
                row.getLong("from_id"),
                row.getLong("to_id"),
                row.getTimestamp("moved_at").toInstant(),
                instant(row, "undone_at"),
                json.readValue(row.getString("state"), MoveState.class)))
        .optional();
  }

  void undone(long id, Instant now) {
    jdbc.sql("update conversation_move set undone_at = ? where id = ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .param(id)
        .update();
  }

  /** Of these moves those that can still be undone. */
  List<Long> undoable(Collection<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql("select id from conversation_move where id = any(?) and undone_at is null")
            .param(ids.toArray(Long[]::new))
            .query(Long.class)
            .list();
  }

  boolean hasMerges(long id) {
    return jdbc.sql(
            "select exists (select from conversation_move where to_id = ? and kind = 'merge' and undone_at is null)")
        .param(id)
        .query(Boolean.class)
        .single();
  }

  /** Remembers which messages stood where, before a merge. */
  void remember(long moveId, long from, long to) {
    jdbc.sql(
            """
            insert into message_move (move_id, message_id, from_id, to_id)
            select :move, id, conversation_id, :to from message where conversation_id in (:from, :to)
            """)
        .param("move", moveId)
        .param("from", from)
        .param("to", to)
        .update();
  }

  /**
   * Moves messages. What a reply that can be taken back would restore is of the conversation that
   * it leaves.
   *
   * @param back whether a move is undone
   */
  void move(long moveId, Collection<Long> messageIds, long from, long to, boolean back) {
    jdbc.sql(
            """
            insert into message_move (move_id, message_id, from_id, to_id, back)
            select :move, id, :from, :to, :back from message where id = any(:ids) and conversation_id = :from
            on conflict do nothing
            """)
        .param("move", moveId)
        .param("ids", messageIds.toArray(Long[]::new))
        .param("from", from)
        .param("to", to)
        .param("back", back)
        .update();
    jdbc.sql(
            "update message set conversation_id = :to, undo = null where id = any(:ids) and conversation_id = :from")
        .param("ids", messageIds.toArray(Long[]::new))
        .param("from", from)
        .param("to", to)
        .update();
  }

  List<Long> messages(long conversationId) {
    return jdbc.sql("select id from message where conversation_id = ?")
        .param(conversationId)
        .query(Long.class)
        .list();
  }

  /** Those that a move knows. */
  List<Long> remembered(long moveId) {
    return jdbc.sql("select message_id from message_move where move_id = ? and not back")
        .param(moveId)
        .query(Long.class)
        .list();
  }

  /**
   * What goes back when a merge is undone: what had come with it and is still there, and what has
   * answered that since.
   */
  List<Long> returning(Move merge) {
    return jdbc.sql(
            """
            with recursive returning_message as (
              select message.id, message.external_id from message_move
              join message on message.id = message_move.message_id
              where message_move.move_id = :move and message_move.from_id = :merged and not message_move.back
                and message.conversation_id = :kept
              union
              select answer.id, answer.external_id from returning_message
              join message as answer on answer.conversation_id = :kept and answer.in_reply_to = returning_message.external_id
              where not exists (
                select from message_move where message_id = answer.id
                  and (move_id = :move or from_id <> :kept)))
            select id from returning_message
            """)
        .param("move", merge.id())
        .param("merged", merge.fromId())
        .param("kept", merge.toId())
        .query(Long.class)
        .list();
  }

  /** A message that is to be moved out. */
  record Chosen(
      long id,
      Direction direction,
      @Nullable String fromName,
      @Nullable String fromAddress,
      String subject,
      String channel,
      boolean waits) {}

  /** Every message of a conversation, the oldest first. */
  List<Chosen> all(long conversationId) {
    return jdbc.sql(
            """
            select id, direction, from_name, from_address, subject, channel,
              coalesce(delivery_state, 'sent') in ('scheduled', 'held') as waits
            from message where conversation_id = ? order by created_at, id
            """)
        .param(conversationId)
        .query(Chosen.class)
        .list();
  }

  /** Whoever waits for what these messages answer waits with them. */
  void moveAwaited(Collection<Long> messageIds, long from, long to) {
    jdbc.sql(
            """
            with answered as (
              delete from awaited_message using message
              where message.id = any(:ids) and awaited_message.conversation_id = :from
                and awaited_message.brand_id = message.brand_id
                and awaited_message.external_id = message.in_reply_to
              returning awaited_message.brand_id, awaited_message.external_id)
            insert into awaited_message (brand_id, external_id, conversation_id)
            select distinct brand_id, external_id, :to::bigint from answered on conflict do nothing
            """)
        .param("ids", messageIds.toArray(Long[]::new))
        .param("from", from)
        .param("to", to)
        .update();
  }

  /** Whether one of these messages is a person's from outside. */
  boolean anyFromPerson(Collection<Long> messageIds) {
    return !messageIds.isEmpty()
        && jdbc.sql(
                """
                select exists (select from message where id = any(?) and direction = 'inbound'
                  and kind in ('message', 'list') and not third_party)
                """)
            .param(messageIds.toArray(Long[]::new))
            .query(Boolean.class)
            .single();
  }

  /** When the oldest message came that nobody has answered. */
  @Nullable Instant waitingSince(long conversationId) {
    return jdbc.sql(
            """
            select min(created_at) from message
            where conversation_id = :id and direction = 'inbound' and kind = 'message' and not third_party
              and created_at > coalesce((
                select max(created_at) from message where conversation_id = :id and direction = 'outbound'
                  and coalesce(purpose, 'reply') = 'reply'
                  and coalesce(delivery_state, 'sent') not in ('scheduled', 'held')), '-infinity')
            """)
        .param("id", conversationId)
        .query((row, n) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
        .single()
        .orElse(null);
  }
}
