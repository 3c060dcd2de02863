package dev.shopbell.channels.email;

import dev.shopbell.conversations.NotificationKind;
import dev.shopbell.conversations.Seen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What mail to agents tells, and the table of what they answered. */
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
   * A mail to an agent.
   *
   * @param wanted whether it is still news to them
   * @param answerable whether it tells a customer's words, so that an answer goes to the customer
   * @param ownAddress of the brand, to which the customer wrote
   * @param actorName the colleague who did it
   * @param text of all messages that it tells of
   * @param trouble why the message was not delivered
   */
  record Notification(
      long id,
      NotificationKind kind,
      SignedAddress.Answering answering,
      long brandId,
      String agentName,
      String agentEmail,
      boolean wanted,
      boolean answerable,
      Instant createdAt,
      Instant toldAt,
      @Nullable String ownAddress,
      String subject,
      @Nullable String actorName,
      @Nullable String actorEmail,
      @Nullable String fromName,
      @Nullable String fromAddress,
      String text,
      @Nullable String trouble,
      List<String> attachments,
      @Nullable String externalId) {

    /** The sender as an agent knows them. */
    String who() {
      return fromName != null && !fromName.isBlank()
          ? fromName
          : fromAddress == null ? "Somebody" : fromAddress;
    }
  }

  /**
   * @param id of the table {@code notification}
   */
  Optional<Notification> find(long id) {
    return jdbc.sql(
            """
            select told.id, told.kind, told.agent_id, told.conversation_id, told.created_at, told.told_at,
              conversation.brand_id, conversation.subject, agent.name, agent.email, actor.name as actor_name,
              actor.email as actor_email, message.from_name, message.from_address, message.external_id,
              message.delivery_detail,
              told.kind in ('assigned', 'answered', 'unassigned', 'followed')
                and message.direction is distinct from 'note' as answerable,
              agent.active and %s and told.seen_at is null and told.told = 'mail' and told.told_at is not null as wanted,
              (select string_agg(coalesce(one.own_text, one.text), E'\n\n' order by one.id) from message as one
                where one.id in (select other.message_id from notification as other
                  where other.told_with = told.id)) as text,
              array(select attachment.name from attachment join notification as other
                  on other.message_id = attachment.message_id and other.told_with = told.id
                where not attachment.inline order by attachment.id) as files,
              (select inbound.own_address from message as inbound
                where inbound.conversation_id = conversation.id and inbound.own_address is not null
                order by inbound.created_at desc, inbound.id desc limit 1) as own_address
            from notification as told
            join agent on agent.id = told.agent_id
            join conversation on conversation.id = told.conversation_id
            left join agent as actor on actor.id = told.actor_id
            left join message on message.id = told.message_id
            where told.id = ?
            """
                .formatted(Seen.BY_AGENT))
        .param(id)
        .query(AgentNotifications::row)
        .optional();
  }

  private static Notification row(ResultSet row, int n) throws SQLException {
    Timestamp told = row.getTimestamp("told_at");
    Instant created = row.getTimestamp("created_at").toInstant();
    return new Notification(
        row.getLong("id"),
        NotificationKind.valueOf(row.getString("kind")),
        new SignedAddress.Answering(row.getLong("conversation_id"), row.getLong("agent_id")),
        row.getLong("brand_id"),
        row.getString("name"),
        row.getString("email"),
        row.getBoolean("wanted"),
        row.getBoolean("answerable"),
        created,
        told == null ? created : told.toInstant(),
        row.getString("own_address"),
        row.getString("subject"),
        row.getString("actor_name"),
        row.getString("actor_email"),
        row.getString("from_name"),
        row.getString("from_address"),
        Objects.requireNonNullElse(row.getString("text"), ""),
        row.getString("delivery_detail"),
        List.of((String[]) row.getArray("files").getArray()),
        row.getString("external_id"));
  }

  /** How many mails of the agent were taken in the time just past. */
  int answersWithin(long agentId, Duration time) {
    return jdbc.sql("select count(*) from agent_answer where agent_id = ? and created_at > ?")
        .param(agentId)
        .param(clock.instant().minus(time).atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .single();
  }

  /** Whether an agent's mail comes for the first time. Whoever asks at the same time waits. */
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
    jdbc.sql("delete from agent_answer where created_at < ?")
        .param(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
        .update();
  }
}
