package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.NotificationKind;
import dev.shopbell.conversations.Seen;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What of the notifications has yet to be told outside the desk. */
@Component
class Telling {
  /** Told by the customer's words, which the agent may answer by mail. */
  private static final Set<NotificationKind> OF_THE_CUSTOMER =
      Set.of(
          NotificationKind.assigned,
          NotificationKind.answered,
          NotificationKind.unassigned,
          NotificationKind.followed);

  private final JdbcClient jdbc;

  Telling(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  enum Told {
    desk,
    mail,
    push
  }

  /**
   * A notification of an active agent that is neither seen nor told yet.
   *
   * @param activeAt when they were last at the desk
   * @param answered whether the customer's message was answered meanwhile
   * @param mailedBefore whether a mail told them of the same message
   */
  record Waiting(
      long id,
      long agentId,
      long conversationId,
      NotificationKind kind,
      boolean desk,
      boolean mail,
      boolean push,
      @Nullable Instant activeAt,
      boolean answered,
      boolean mailedBefore,
      Instant createdAt) {}

  Optional<Waiting> lock(long id) {
    return jdbc.sql(
            """
            select told.*, agent.active_at,
              told.kind in ('assigned', 'answered', 'unassigned', 'followed') and exists (
                select from message as later where later.conversation_id = told.conversation_id
                  and later.id > told.message_id and later.direction = 'outbound') as answered,
              told.kind in ('assigned', 'answered', 'unassigned', 'followed') and exists (
                select from notification as other where other.agent_id = told.agent_id
                  and other.message_id = told.message_id and other.told = 'mail') as mailed_before
            from notification as told join agent on agent.id = told.agent_id
            join conversation on conversation.id = told.conversation_id
            where told.id = ? and told.seen_at is null and told.told is null and agent.active and %s
            for update of told
            """
                .formatted(Seen.BY_AGENT))
        .param(id)
        .query((row, n) -> {
          Timestamp active = row.getTimestamp("active_at");
          return new Waiting(
              row.getLong("id"),
              row.getLong("agent_id"),
              row.getLong("conversation_id"),
              NotificationKind.valueOf(row.getString("kind")),
              row.getBoolean("desk"),
              row.getBoolean("mail"),
              row.getBoolean("push"),
              active == null ? null : active.toInstant(),
              row.getBoolean("answered"),
              row.getBoolean("mailed_before"),
              row.getTimestamp("created_at").toInstant());
        })
        .optional();
  }

  /** What else waits in the same conversation and can be told by the same push or mail. */
  List<Long> together(Waiting waiting, boolean byPush) {
    if (!byPush && !OF_THE_CUSTOMER.contains(waiting.kind())) {
      return List.of(waiting.id());
    }
    return jdbc.sql(
            """
            select id from notification
            where agent_id = :agent and conversation_id = :conversation and seen_at is null and told is null
              and (:push or (mail and kind in ('assigned', 'answered', 'unassigned', 'followed')))
            order by id for update of notification
            """)
        .param("agent", waiting.agentId())
        .param("conversation", waiting.conversationId())
        .param("push", byPush)
        .query(Long.class)
        .list();
  }

  void told(long with, List<Long> ids, Told how, Instant now) {
    jdbc.sql(
            "update notification set told = :how, told_with = :with, told_at = :now where id = any(:ids)")
        .param("how", how.name())
        .param("with", with)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("ids", ids.toArray(Long[]::new))
        .update();
  }

  /** Stages one push for each device, in place of one that still waits there. */
  List<Long> stagePush(Waiting waiting, Instant now) {
    return jdbc.sql(
            """
            insert into push_message (device_id, conversation_id, notification_id, created_at)
            select id, :conversation, :notification, :now from push_device where agent_id = :agent
            on conflict (device_id, conversation_id) do update
              set notification_id = excluded.notification_id, attempts = 0, created_at = excluded.created_at
            returning id
            """)
        .param("conversation", waiting.conversationId())
        .param("notification", waiting.id())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("agent", waiting.agentId())
        .query(Long.class)
        .list();
  }

  /** No device has taken it, so the mail may tell; the ids that have to be decided anew. */
  List<Long> reopen(long notificationId) {
    return jdbc.sql(
            """
            update notification set told = null, told_with = null, told_at = null, push = false
            where told_with = :id and told = 'push' and seen_at is null and pushed_at is null
              and not exists (select from push_message where notification_id = :id)
            returning id
            """)
        .param("id", notificationId)
        .query(Long.class)
        .list();
  }
}
