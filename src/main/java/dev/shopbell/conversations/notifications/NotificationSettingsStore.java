package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.NotificationKind;
import dev.shopbell.platform.web.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How each agent wants to be told. */
@Component
class NotificationSettingsStore {
  private static final int LONGEST_WAIT = 1_440;
  private static final TypeReference<List<NotificationKind.Choice>> CHOICES =
      new TypeReference<>() {};

  /** Beside the columns of {@code agent}, from a left join. */
  static final String COLUMNS =
      """
      settings.choices::text as choices, settings.mail_after_minutes, settings.quiet_from, settings.quiet_until,
      settings.time_zone, settings.paused_until, settings.push_words, settings.follow_answered
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  NotificationSettingsStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  NotificationSettings of(long agentId) {
    return jdbc.sql(
            "select " + COLUMNS + " from notification_settings as settings where agent_id = ?")
        .param(agentId)
        .query((row, n) -> read(row))
        .optional()
        .orElse(NotificationSettings.USUAL);
  }

  /** The settings in a row that may be none. */
  NotificationSettings read(ResultSet row) throws SQLException {
    String stored = row.getString("choices");
    if (stored == null) {
      return NotificationSettings.USUAL;
    }
    Map<NotificationKind, NotificationKind.Choice> own =
        json.readValue(stored, CHOICES).stream()
            .collect(
                Collectors.toMap(NotificationKind.Choice::kind, Function.identity(), (a, b) -> b));
    Timestamp paused = row.getTimestamp("paused_until");
    return new NotificationSettings(
        Arrays.stream(NotificationKind.values())
            .map(kind -> own.getOrDefault(kind, kind.usual()))
            .toList(),
        row.getInt("mail_after_minutes"),
        row.getString("quiet_from"),
        row.getString("quiet_until"),
        row.getString("time_zone"),
        paused == null ? null : paused.toInstant(),
        row.getBoolean("push_words"),
        row.getBoolean("follow_answered"));
  }

  /** Keeps all but the pause, which is kept by itself. */
  @Transactional
  NotificationSettings save(long agentId, NotificationSettings wanted) {
    check(wanted);
    jdbc.sql(
            """
            insert into notification_settings (agent_id, choices, mail_after_minutes, quiet_from, quiet_until,
              time_zone, push_words, follow_answered)
            values (:agent, :choices::jsonb, :minutes, :from, :until, :zone, :words, :follow)
            on conflict (agent_id) do update set choices = excluded.choices,
              mail_after_minutes = excluded.mail_after_minutes, quiet_from = excluded.quiet_from,
              quiet_until = excluded.quiet_until, time_zone = excluded.time_zone, push_words = excluded.push_words,
              follow_answered = excluded.follow_answered
            """)
        .param("agent", agentId)
        .param(
            "choices",
            json.writeValueAsString(
                wanted.choices().stream()
                    .filter(choice -> !choice.equals(choice.kind().usual()))
                    .toList()))
        .param("minutes", wanted.mailAfterMinutes())
        .param("from", wanted.quietFrom())
        .param("until", wanted.quietUntil())
        .param("zone", wanted.timeZone())
        .param("words", wanted.pushWords())
        .param("follow", wanted.followAnswered())
        .update();
    return of(agentId);
  }

  @Transactional
  NotificationSettings pause(long agentId, @Nullable Instant until) {
    jdbc.sql(
            """
            insert into notification_settings (agent_id, paused_until) values (:agent, :until::timestamptz)
            on conflict (agent_id) do update set paused_until = excluded.paused_until
            """)
        .param("agent", agentId)
        .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC).toString())
        .update();
    return of(agentId);
  }

  private static void check(NotificationSettings wanted) {
    if (wanted.choices() == null || wanted.choices().stream().anyMatch(one -> one.kind() == null)) {
      throw Problem.invalid("choices", "Say for each kind where it is told.");
    }
    if (wanted.mailAfterMinutes() < 0 || wanted.mailAfterMinutes() > LONGEST_WAIT) {
      throw Problem.invalid("mailAfterMinutes", "A mail waits 0 to " + LONGEST_WAIT + " minutes.");
    }
    if ((wanted.quietFrom() == null) != (wanted.quietUntil() == null)) {
      throw Problem.invalid("quietFrom", "Quiet hours have a beginning and an end.");
    }
    checkTime("quietFrom", wanted.quietFrom());
    checkTime("quietUntil", wanted.quietUntil());
    try {
      ZoneId.of(wanted.timeZone() == null ? "" : wanted.timeZone());
    } catch (DateTimeException e) {
      throw Problem.invalid("timeZone", "A time zone is written like Europe/Berlin.");
    }
  }

  private static void checkTime(String field, @Nullable String time) {
    if (time != null && !time.matches("([01]\\d|2[0-3]):[0-5]\\d")) {
      throw Problem.invalid(field, "A time of day is written like 22:00.");
    }
  }
}
