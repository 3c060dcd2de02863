package dev.shopbell.conversations;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Changes to many conversations, and what became of each. */
@Component
class BulkChangeStore {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  BulkChangeStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  enum Outcome {
    changed,
    unchanged,
    refused
  }

  record Job(long id, long agentId, BulkAction action, @Nullable Long undoes, boolean over) {}

  record Item(long conversationId, @Nullable Before before) {}

  /** How a conversation was; of tags those that were really added and removed. */
  record Before(
      Status status,
      @Nullable Instant snoozedUntil,
      @Nullable Instant waitingSince,
      @Nullable Long assigneeId,
      Priority priority,
      List<Long> addedTags,
      List<Long> removedTags) {}

  record Result(
      long conversationId, Outcome outcome, @Nullable String reason, @Nullable Before before) {}

  long insert(long agentId, BulkAction action, @Nullable Long undoes, Instant now) {
    return jdbc.sql(
            """
            insert into bulk_change (agent_id, action, undoes, total, created_at)
            values (:agent, :action::jsonb, :undoes, 0, :now) returning id
            """)
        .param("agent", agentId)
        .param("action", json.writeValueAsString(BulkAction.Kept.of(action)))
        .param("undoes", undoes)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /** Takes the conversations of a filter; one more than the most tells that there are too many. */
  int takeAll(long id, ConversationFilter filter, Collection<Long> except, int most) {
    ConversationFilter.Where where = filter.where();
    return jdbc.sql(
            """
            insert into bulk_change_item (bulk_change_id, conversation_id)
            select :bulk, conversation.id from conversation
            where not conversation.id = any(:except) and
            """
                + where.sql()
                + " limit :most")
        .params(where.parameters())
        .param("bulk", id)
        .param("except", except.toArray(Long[]::new))
        .param("most", most + 1)
        .update();
  }

  /** Takes these conversations; what the filter leaves out is refused. */
  int take(long id, ConversationFilter filter, Collection<Long> ids) {
    ConversationFilter.Where where = filter.where();
    return jdbc.sql(
            """
            insert into bulk_change_item (bulk_change_id, conversation_id, outcome, reason)
            select :bulk, asked.id, case when seen.id is null then 'refused' end,
              case when seen.id is null then 'There is no such conversation.' end
            from unnest(:ids::bigint[]) as asked (id)
            left join (select conversation.id from conversation where conversation.id = any(:ids) and
            """
                + where.sql()
                + ") as seen on seen.id = asked.id on conflict do nothing")
        .params(where.parameters())
        .param("bulk", id)
        .param("ids", ids.toArray(Long[]::new))
        .update();
  }

  /** Takes what another one has changed. */
  void takeChangedBy(long id, long undone) {
    jdbc.sql(
            """
            insert into bulk_change_item (bulk_change_id, conversation_id, before)
            select :bulk, conversation_id, before from bulk_change_item
            where bulk_change_id = :undone and outcome = 'changed'
            """)
        .param("bulk", id)
        .param("undone", undone)
        .update();
  }

  /** Counts what was taken. */
  void begin(long id) {
    jdbc.sql(
            """
            update bulk_change set total = one.total, refused = one.refused
            from (select count(*) as total, count(*) filter (where outcome = 'refused') as refused
              from bulk_change_item where bulk_change_id = :id) as one
            where bulk_change.id = :id
            """)
        .param("id", id)
        .update();
  }

  /** The job, locked until the transaction ends. */
  Optional<Job> lock(long id) {
    return jdbc.sql(
            """
            select id, agent_id, action::text as action, undoes, stopped or finished_at is not null as over
            from bulk_change where id = ? for update
            """)
        .param(id)
        .query((row, n) ->
            new Job(
                row.getLong("id"),
                row.getLong("agent_id"),
                json.readValue(row.getString("action"), BulkAction.Kept.class).action(),
                row.getObject("undoes", Long.class),
                row.getBoolean("over")))
        .optional();
  }

  Optional<Long> undoneBy(long id) {
    return jdbc.sql("select id from bulk_change where undoes = ?")
        .param(id)
        .query(Long.class)
        .optional();
  }

  void stop(long id, Instant now) {
    jdbc.sql("update bulk_change set stopped = true, finished_at = :now where id = :id")
        .param("id", id)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** In the order of their ids, in which everybody locks conversations. */
  List<Item> pending(long id, int limit) {
    return jdbc.sql(
            """
            select conversation_id, before::text as before from bulk_change_item
            where bulk_change_id = ? and outcome is null order by conversation_id limit ?
            """)
        .param(id)
        .param(limit)
        .query((row, n) -> {
          String before = row.getString("before");
          return new Item(
              row.getLong("conversation_id"),
              before == null ? null : json.readValue(before, Before.class));
        })
        .list();
  }

  void record(long id, List<Result> results) {
    jdbc.sql(
            """
            update bulk_change_item set outcome = one.outcome, reason = one.reason, before = one.before::jsonb
            from unnest(:ids::bigint[], :outcomes::text[], :reasons::text[], :befores::text[])
              as one (id, outcome, reason, before)
            where bulk_change_id = :bulk and conversation_id = one.id
            """)
        .param("bulk", id)
        .param("ids", results.stream().map(Result::conversationId).toArray(Long[]::new))
        .param("outcomes", results.stream().map(one -> one.outcome().name()).toArray(String[]::new))
        .param("reasons", results.stream().map(Result::reason).toArray(String[]::new))
        .param(
            "befores",
            results.stream()
                .map(one -> one.before() == null ? null : json.writeValueAsString(one.before()))
                .toArray(String[]::new))
        .update();
    jdbc.sql(
            """
            update bulk_change set changed = changed + :changed, unchanged = unchanged + :unchanged,
              refused = refused + :refused
            where id = :id
            """)
        .param("id", id)
        .param("changed", count(results, Outcome.changed))
        .param("unchanged", count(results, Outcome.unchanged))
        .param("refused", count(results, Outcome.refused))
        .update();
  }

  private static int count(List<Result> results, Outcome outcome) {
    return (int) results.stream().filter(one -> one.outcome() == outcome).count();
  }

  void finish(long id, Instant now) {
    jdbc.sql("update bulk_change set finished_at = :now where id = :id")
        .param("id", id)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** One of the agent's. */
  Optional<BulkChange> find(long id, long agentId) {
    return jdbc.sql("select * from bulk_change where id = ? and agent_id = ?")
        .param(id)
        .param(agentId)
        .query((row, n) -> {
          Timestamp finished = row.getTimestamp("finished_at");
          return new BulkChange(
              id,
              row.getObject("undoes", Long.class),
              row.getInt("total"),
              row.getInt("changed"),
              row.getInt("unchanged"),
              row.getInt("refused"),
              row.getBoolean("stopped"),
              row.getTimestamp("created_at").toInstant(),
              finished == null ? null : finished.toInstant(),
              row.getInt("refused") == 0 ? List.of() : problems(id));
        })
        .optional();
  }

  private List<BulkChange.Refused> problems(long id) {
    return jdbc.sql(
            """
            select item.conversation_id, conversation.subject, coalesce(item.reason, '') as reason
            from bulk_change_item as item
            left join conversation on conversation.id = item.conversation_id
              and item.reason <> 'There is no such conversation.'
            where item.bulk_change_id = ? and item.outcome = 'refused'
            order by item.conversation_id limit 100
            """)
        .param(id)
        .query(BulkChange.Refused.class)
        .list();
  }

  void removeBefore(Instant at) {
    jdbc.sql(
            "delete from bulk_change where created_at < ? and finished_at is not null and undoes is null")
        .param(at.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Puts a status back, and with it who waits: what was resolved had nobody waiting. */
  void restoreStatus(long conversationId, Before before, Instant now) {
    jdbc.sql(
            """
            update conversation set status = :status, snoozed_until = :snoozed::timestamptz,
              resolved_at = case when :status = 'resolved' then coalesce(resolved_at, :now) end,
              waiting_since = case when :status = 'resolved' then null
                else coalesce(waiting_since, :waiting::timestamptz) end
            where id = :id
            """)
        .param("id", conversationId)
        .param("status", before.status().name())
        .param("snoozed", before.snoozedUntil() == null ? null : before.snoozedUntil().toString())
        .param("waiting", before.waitingSince() == null ? null : before.waitingSince().toString())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }
}
