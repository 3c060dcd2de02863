package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.NotificationKind;
import dev.shopbell.conversations.Seen;
import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.web.Cursor;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of what agents are told: written by event, read as lines. */
@Component
class NotificationStore {
  /** So many events back reaches the list. */
  private static final int REACH = 3_000;

  private static final String[] BY_WEIGHT =
      Arrays.stream(NotificationKind.values()).map(Enum::name).toArray(String[]::new);

  private final JdbcClient jdbc;

  NotificationStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param actorId the agent who did it
   */
  record NewNotification(
      long agentId,
      long conversationId,
      @Nullable Long messageId,
      NotificationKind.Choice where,
      @Nullable Long actorId,
      FactPosition fact) {}

  record Added(long id, long agentId, boolean mail, boolean push) {}

  /** Writes what was not written before; that is returned. */
  List<Added> add(List<NewNotification> all, Instant now) {
    if (all.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            insert into notification (agent_id, conversation_id, message_id, kind, actor_id, fact_xid, fact_id,
              desk, mail, push, created_at)
            select one.agent, one.conversation, message.id, one.kind, one.actor, one.xid::xid8, one.fact, one.desk,
              one.mail, one.push, :now
            from unnest(:agents::bigint[], :conversations::bigint[], :messages::bigint[], :kinds::text[],
                :actors::bigint[], :xids::text[], :facts::bigint[], :desks::boolean[], :mails::boolean[],
                :pushes::boolean[]) with ordinality
              as one (agent, conversation, message, kind, actor, xid, fact, desk, mail, push, place)
            join conversation on conversation.id = one.conversation
            join agent on agent.id = one.agent
            left join message on message.id = one.message
            where (one.message is null or message.id is not null) and %s
            order by one.place
            on conflict do nothing
            returning id, agent_id, mail, push
            """
                .formatted(Seen.BY_AGENT))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("agents", all.stream().map(NewNotification::agentId).toArray(Long[]::new))
        .param(
            "conversations", all.stream().map(NewNotification::conversationId).toArray(Long[]::new))
        .param("messages", all.stream().map(NewNotification::messageId).toArray(Long[]::new))
        .param("kinds", all.stream().map(one -> one.where().kind().name()).toArray(String[]::new))
        .param("actors", all.stream().map(NewNotification::actorId).toArray(Long[]::new))
        .param(
            "xids",
            all.stream().map(one -> Long.toUnsignedString(one.fact().xid())).toArray(String[]::new))
        .param("facts", all.stream().map(one -> one.fact().id()).toArray(Long[]::new))
        .param("desks", all.stream().map(one -> one.where().desk()).toArray(Boolean[]::new))
        .param("mails", all.stream().map(one -> one.where().mail()).toArray(Boolean[]::new))
        .param("pushes", all.stream().map(one -> one.where().push()).toArray(Boolean[]::new))
        .query(Added.class)
        .list();
  }

  /** Newest first. One line more than the limit tells that there is a next page. */
  List<NotificationLine> list(
      long agentId, boolean unreadOnly, int limit, @Nullable Cursor cursor) {
    return jdbc.sql(
            """
            with line as (
              select conversation_id, seen_at, max(id) as id, count(*) as count, max(created_at) as at,
                array_agg(distinct kind) as kinds,
                (array_agg(id order by array_position(:weights::text[], kind), id desc))[1] as telling
              from (select * from notification where agent_id = :agent and desk order by id desc limit :reach) as recent
              where not :unread or seen_at is null
              group by conversation_id, seen_at)
            select line.*, told.kind, told.message_id, told.actor_id, actor.name as actor_name, conversation.brand_id,
              conversation.subject, customer.name as customer_name, customer.address as customer_address
            from line
            join notification as told on told.id = line.telling
            join conversation on conversation.id = line.conversation_id
            join customer on customer.id = conversation.customer_id
            join agent on agent.id = :agent
            left join agent as actor on actor.id = told.actor_id
            where line.id < :before and %s
            order by line.id desc limit :limit
            """
                .formatted(Seen.BY_AGENT))
        .param("weights", BY_WEIGHT)
        .param("agent", agentId)
        .param("reach", REACH)
        .param("unread", unreadOnly)
        .param("before", cursor == null ? Long.MAX_VALUE : cursor.number(0))
        .param("limit", limit + 1)
        .query((row, n) -> {
          Long actor = row.getObject("actor_id", Long.class);
          Timestamp seen = row.getTimestamp("seen_at");
          return new NotificationLine(
              row.getLong("id"),
              row.getLong("conversation_id"),
              row.getLong("conversation_id"),
              row.getLong("brand_id"),
              row.getString("subject"),
              NotificationKind.valueOf(row.getString("kind")),
              Arrays.stream((String[]) row.getArray("kinds").getArray())
                  .map(NotificationKind::valueOf)
                  .sorted(Comparator.naturalOrder())
                  .toList(),
              row.getInt("count"),
              actor == null
                  ? null
                  : new NotificationLine.Colleague(actor, row.getString("actor_name")),
              row.getObject("message_id", Long.class),
              row.getString("customer_name"),
              row.getString("customer_address"),
              row.getTimestamp("at").toInstant(),
              seen == null ? null : seen.toInstant());
        })
        .list();
  }

  NotificationLine.Counters count(long agentId) {
    return jdbc.sql(
            """
            select least(count(*), 999) as unread, least(count(*) filter (where mentioned), 999) as mentions
            from (select conversation_id, bool_or(kind = 'mentioned') as mentioned from notification
              where agent_id = ? and seen_at is null and desk group by conversation_id) as line
            where exists (select from conversation, agent
              where conversation.id = line.conversation_id and agent.id = ? and %s)
            """
                .formatted(Seen.BY_AGENT))
        .param(agentId)
        .param(agentId)
        .query(NotificationLine.Counters.class)
        .single();
  }

  /**
   * Notes that the agent has seen what was told them.
   *
   * @param conversationId null for all
   * @param upTo what is newer stays unread
   * @return whether any was unread
   */
  boolean see(long agentId, @Nullable Long conversationId, long upTo, Instant now) {
    return jdbc.sql(
                """
                update notification set seen_at = :now
                where agent_id = :agent and seen_at is null and id <= :upTo
                  and (:conversation::bigint is null or conversation_id = :conversation)
                """)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("agent", agentId)
            .param("upTo", upTo)
            .param("conversation", conversationId, java.sql.Types.BIGINT)
            .update()
        > 0;
  }

  /** Makes a line unread again; false if the agent has none of that id. */
  boolean unsee(long agentId, long id) {
    return jdbc.sql(
                """
                update notification set seen_at = null
                from notification as named
                where named.id = :id and named.agent_id = :agent and notification.agent_id = named.agent_id
                  and notification.conversation_id = named.conversation_id
                  and notification.seen_at is not distinct from named.seen_at
                """)
            .param("agent", agentId)
            .param("id", id)
            .update()
        > 0;
  }

  int forget(Instant before) {
    return jdbc.sql("delete from notification where created_at < ?")
        .param(before.atOffset(ZoneOffset.UTC))
        .update();
  }
}
