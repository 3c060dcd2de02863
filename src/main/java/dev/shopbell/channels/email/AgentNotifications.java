package dev.shopbell.channels.email;

import dev.shopbell.staff.Notifications;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The tables of mail to agents and of what they answered. */
@Component
class AgentNotifications {
  /** After that nothing can be doubled any more. */
  private static final Duration KEPT = Duration.ofDays(60);

  private final JdbcClient jdbc;
  private final Clock clock;

  AgentNotifications(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * A reason to tell agents.
   *
   * @param messageId that came; null where the conversation was assigned, then its newest is told
   * @param agentId to whom it was assigned; null for whoever wants to know
   */
  record Reason(long conversationId, @Nullable Long messageId, @Nullable Long agentId) {}

  /** Writes down who is to be told, each of each message once; the new rows are returned. */
  List<Long> add(List<Reason> reasons) {
    return jdbc.sql(
            """
            insert into agent_notification (agent_id, conversation_id, message_id, created_at)
            select agent.id, conversation.id, told.id, :now
            from unnest(:conversations::bigint[], :messages::bigint[], :agents::bigint[])
              as reason (conversation_id, message_id, agent_id)
            join conversation on conversation.id = reason.conversation_id
            join customer on customer.id = conversation.customer_id
            cross join lateral (
              select message.id, message.from_address from message
              where message.conversation_id = conversation.id and message.direction <> 'note'
                and not message.third_party and not message.unverified
                and (reason.message_id is null or message.id = reason.message_id)
              order by message.id desc limit 1) as told
            join agent on case
              when reason.agent_id is not null then agent.id = reason.agent_id and agent.notifications <> 'off'
              when conversation.assignee_id is not null
                then agent.id = conversation.assignee_id and agent.notifications <> 'off'
              else agent.notifications = 'mine_and_unassigned' end
            where conversation.status <> 'spam' and not conversation.demo and not customer.demo
              and agent.active and not agent.demo and agent.password_hash is not null
              and lower(agent.email) is distinct from lower(told.from_address)
            on conflict do nothing returning id
            """)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("conversations", reasons.stream().map(Reason::conversationId).toArray(Long[]::new))
        .param("messages", reasons.stream().map(Reason::messageId).toArray(Long[]::new))
        .param("agents", reasons.stream().map(Reason::agentId).toArray(Long[]::new))
        .query(Long.class)
        .list();
  }

  /**
   * A mail to an agent that has not left yet.
   *
   * @param presentAt when they were last at the desk
   * @param answered whether the message was answered meanwhile
   * @param ownAddress of the brand, to which the customer wrote
   */
  record Notification(
      long id,
      SignedAddress.Answering answering,
      long brandId,
      String agentName,
      String agentEmail,
      boolean wanted,
      @Nullable Instant presentAt,
      Instant createdAt,
      int attempts,
      boolean answered,
      @Nullable String ownAddress,
      String subject,
      @Nullable String fromName,
      @Nullable String fromAddress,
      String text,
      List<String> attachments,
      @Nullable String externalId) {

    /** The sender as an agent knows them. */
    String who() {
      return fromName != null && !fromName.isBlank()
          ? fromName
          : fromAddress == null ? "Somebody" : fromAddress;
    }
  }

  Optional<Notification> find(long id) {
    return jdbc.sql(
            """
            select told.id, told.agent_id, told.conversation_id, told.created_at, told.attempts, conversation.brand_id,
              conversation.subject, agent.name, agent.email, agent.active, agent.notifications, agent.active_at,
              message.from_name, message.from_address, coalesce(message.own_text, message.text) as text,
              message.external_id,
              array(select attachment.name from attachment
                where attachment.message_id = message.id and not attachment.inline order by attachment.id) as files,
              (select inbound.own_address from message as inbound
                where inbound.conversation_id = conversation.id and inbound.own_address is not null
                order by inbound.id desc limit 1) as own_address,
              exists (select from message as later
                where later.conversation_id = conversation.id and later.id > message.id
                  and later.direction = 'outbound') as answered
            from agent_notification as told
            join agent on agent.id = told.agent_id
            join conversation on conversation.id = told.conversation_id
            join message on message.id = told.message_id
            where told.id = ?
            """)
        .param(id)
        .query(AgentNotifications::row)
        .optional();
  }

  private static Notification row(ResultSet row, int n) throws SQLException {
    Timestamp present = row.getTimestamp("active_at");
    return new Notification(
        row.getLong("id"),
        new SignedAddress.Answering(row.getLong("conversation_id"), row.getLong("agent_id")),
        row.getLong("brand_id"),
        row.getString("name"),
        row.getString("email"),
        row.getBoolean("active")
            && Notifications.valueOf(row.getString("notifications")) != Notifications.off,
        present == null ? null : present.toInstant(),
        row.getTimestamp("created_at").toInstant(),
        row.getInt("attempts"),
        row.getBoolean("answered"),
        row.getString("own_address"),
        row.getString("subject"),
        row.getString("from_name"),
        row.getString("from_address"),
        row.getString("text"),
        List.of((String[]) row.getArray("files").getArray()),
        row.getString("external_id"));
  }

  void tried(long id) {
    jdbc.sql("update agent_notification set attempts = attempts + 1 where id = ?")
        .param(id)
        .update();
  }

  /** Whether an agent's mail comes for the first time. Whoever asks at the same time waits. */
  /** How many mails of the agent were taken in the time just past. */
  int answersWithin(long agentId, Duration time) {
    return jdbc.sql("select count(*) from agent_answer where agent_id = ? and created_at > ?")
        .param(agentId)
        .param(clock.instant().minus(time).atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .single();
  }

  boolean isNew(long agentId, String externalId) {
    return jdbc.sql(
                """
                insert into agent_answer (agent_id, external_id, created_at) values (?, ?, ?)
                on conflict do nothing
                """)
            .param(agentId)
            .param(externalId)
            .param(clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  @Scheduled(fixedDelay = 24 * 3_600_000)
  @Transactional
  void forget() {
    for (String table : List.of("agent_notification", "agent_answer")) {
      jdbc.sql("delete from " + table + " where created_at < ?")
          .param(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
          .update();
    }
  }
}
