package dev.shopbell.conversations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads a message from its row, which bears the name of its agent beside it. */
final class MessageRow implements RowMapper<Message> {
  static final TypeReference<List<Recipient>> RECIPIENTS = new TypeReference<>() {};

  private final JsonMapper json;

  MessageRow(JsonMapper json) {
    this.json = json;
  }

  @Override
  public Message mapRow(ResultSet row, int n) throws SQLException {
    List<Recipient> recipients = json.readValue(row.getString("recipients"), RECIPIENTS);
    Long agent = row.getObject("agent_id", Long.class);
    String text = row.getString("text");
    String own = row.getString("own_text");
    String state = row.getString("delivery_state");
    String authentication = row.getString("authentication");
    String appointment = row.getString("appointment");
    return new Message(
        row.getLong("id"),
        row.getLong("conversation_id"),
        Direction.valueOf(row.getString("direction")),
        row.getString("channel"),
        MessageKind.valueOf(row.getString("kind")),
        new Correspondent(row.getString("from_name"), row.getString("from_address")),
        of(recipients, "to"),
        of(recipients, "cc"),
        of(recipients, "bcc"),
        agent == null ? null : new ConversationRow.Assignee(agent, row.getString("agent_name")),
        row.getString("subject"),
        text,
        own == null ? text : own,
        row.getString("html"),
        List.of(),
        row.getTimestamp("created_at").toInstant(),
        state == null
            ? null
            : new Message.DeliveryStatus(
                DeliveryState.valueOf(state),
                row.getString("delivery_detail"),
                row.getInt("delivery_attempts"),
                instant(row, "delivery_updated_at"),
                instant(row, "next_attempt_at"),
                instant(row, "undoable_until"),
                instant(row, "scheduled_for")),
        row.getBoolean("unverified"),
        row.getInt("remote_images"),
        row.getString("problem"),
        row.getBoolean("has_original"),
        row.getString("kind_reason"),
        Stream.of((String[]) row.getArray("marks").getArray()).map(MessageMark::valueOf).toList(),
        authentication == null ? null : json.readValue(authentication, Authentication.class),
        0,
        false,
        appointment == null ? null : json.readValue(appointment, Appointment.class),
        of(recipients, "reply-to"),
        purpose(state, row.getString("purpose")),
        row.getObject("redirects", Long.class),
        row.getBoolean("third_party"),
        List.of((Long[]) row.getArray("mention_ids").getArray()));
  }

  private static @Nullable Purpose purpose(@Nullable String state, @Nullable String purpose) {
    return purpose != null ? Purpose.valueOf(purpose) : state == null ? null : Purpose.reply;
  }

  private static List<Correspondent> of(List<Recipient> recipients, String kind) {
    return recipients.stream()
        .filter(recipient -> recipient.kind().equals(kind))
        .map(recipient -> new Correspondent(recipient.name(), recipient.address()))
        .toList();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
