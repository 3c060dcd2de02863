package dev.shopbell.conversations.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is on its way to devices, and what it says. */
@Component
class PushMessages {
  private static final int LONGEST_BODY = 240;

  private final JdbcClient jdbc;
  private final NotificationSettingsStore settings;
  private final Clock clock;

  PushMessages(JdbcClient jdbc, NotificationSettingsStore settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A push that has not been taken yet.
   *
   * @param wanted false once the agent has seen it or is gone
   */
  record Pending(
      long id,
      long deviceId,
      long conversationId,
      long notificationId,
      int attempts,
      boolean wanted,
      WebPush.Shown shown) {}

  Optional<Pending> find(long id) {
    return jdbc.sql(
            """
            select push_message.*, told.agent_id, told.kind, told.seen_at is null and agent.active as wanted,
              (select count(*) from notification as other where other.told_with = told.id and other.seen_at is null) as told,
              coalesce(actor.name, message.from_name, message.from_address) as who,
              coalesce(message.own_text, message.text) as words, conversation.subject
            from push_message
            join notification as told on told.id = push_message.notification_id
            join agent on agent.id = told.agent_id
            join conversation on conversation.id = told.conversation_id
            left join agent as actor on actor.id = told.actor_id
            left join message on message.id = told.message_id
            where push_message.id = ?
            """)
        .param(id)
        .query(this::pending)
        .optional();
  }

  private Pending pending(ResultSet row, int n) throws SQLException {
    boolean words = settings.of(row.getLong("agent_id")).pushWords();
    return new Pending(
        row.getLong("id"),
        row.getLong("device_id"),
        row.getLong("conversation_id"),
        row.getLong("notification_id"),
        row.getInt("attempts"),
        row.getBoolean("wanted"),
        new WebPush.Shown(
            row.getString("kind"),
            Math.max(1, row.getInt("told")),
            row.getLong("conversation_id"),
            words ? brief(row.getString("who")) : null,
            words ? brief(body(row)) : null));
  }

  private static @Nullable String body(ResultSet row) throws SQLException {
    String words = row.getString("words");
    return words == null || words.isBlank() ? row.getString("subject") : words;
  }

  private static @Nullable String brief(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String line = text.strip().replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= LONGEST_BODY
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_BODY)) + "…";
  }

  void tried(long id) {
    jdbc.sql("update push_message set attempts = attempts + 1 where id = ?").param(id).update();
  }

  /** Unless a newer one has taken its place meanwhile. */
  boolean remove(Pending message) {
    return jdbc.sql("delete from push_message where id = ? and notification_id = ?")
            .param(message.id())
            .param(message.notificationId())
            .update()
        == 1;
  }

  void taken(Pending message) {
    jdbc.sql("update notification set pushed_at = coalesce(pushed_at, ?) where told_with = ?")
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .param(message.notificationId())
        .update();
  }
}
