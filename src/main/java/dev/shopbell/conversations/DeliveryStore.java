package dev.shopbell.conversations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The delivery side of messages of ours. */
@Component
class DeliveryStore {
  private static final TypeReference<List<Channel.Outcome>> OUTCOMES = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  DeliveryStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Locked until the transaction ends. */
  record OwnMessage(
      long id,
      long conversationId,
      long brandId,
      @Nullable Long agentId,
      String channel,
      Purpose purpose,
      @Nullable Long redirects,
      DeliveryState state,
      @Nullable String detail,
      int attempts,
      @Nullable Instant undoableUntil,
      @Nullable String undo,
      @Nullable Instant scheduledFor,
      @Nullable Status thenStatus,
      Outcomes outcomes) {

    OwnMessage in(long conversation) {
      return new OwnMessage(
          id,
          conversation,
          brandId,
          agentId,
          channel,
          purpose,
          redirects,
          state,
          detail,
          attempts,
          undoableUntil,
          undo,
          scheduledFor,
          thenStatus,
          outcomes);
    }

    /** Whether it waits for its time, or for an agent's word. */
    boolean waits() {
      return state == DeliveryState.scheduled || state == DeliveryState.held;
    }
  }

  /** Locks the conversation of a message, which comes before the message for whoever needs both. */
  void lockConversation(long messageId) {
    jdbc.sql(
            """
            select id from conversation
            where id = (select conversation_id from message where id = ?) for no key update
            """)
        .param(messageId)
        .query(row -> {});
  }

  Optional<OwnMessage> lock(long id) {
    return jdbc.sql("select * from message where id = ? and direction = 'outbound' for update")
        .param(id)
        .query((row, n) -> own(row))
        .optional();
  }

  private OwnMessage own(ResultSet row) throws SQLException {
    String purpose = row.getString("purpose");
    String then = row.getString("then_status");
    return new OwnMessage(
        row.getLong("id"),
        row.getLong("conversation_id"),
        row.getLong("brand_id"),
        row.getObject("agent_id", Long.class),
        row.getString("channel"),
        purpose == null ? Purpose.reply : Purpose.valueOf(purpose),
        row.getObject("redirects", Long.class),
        DeliveryState.valueOf(row.getString("delivery_state")),
        row.getString("delivery_detail"),
        row.getInt("delivery_attempts"),
        instant(row, "undoable_until"),
        row.getString("undo"),
        instant(row, "scheduled_for"),
        then == null ? null : Status.valueOf(then),
        new Outcomes(json.readValue(row.getString("outcomes"), OUTCOMES)));
  }

  void set(
      long id,
      DeliveryState state,
      @Nullable String detail,
      int attempts,
      @Nullable Instant next,
      Instant now) {
    jdbc.sql(
            """
            update message set delivery_state = :state, delivery_detail = :detail, delivery_attempts = :attempts,
              next_attempt_at = :next, delivery_updated_at = :now, undoable_until = null, undo = null
            where id = :id
            """)
        .param("id", id)
        .param("state", state.name())
        .param("detail", detail)
        .param("attempts", attempts)
        .param("next", next == null ? null : next.atOffset(ZoneOffset.UTC))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void setOutcomes(long id, Outcomes outcomes) {
    jdbc.sql("update message set outcomes = :outcomes::jsonb where id = :id")
        .param("id", id)
        .param("outcomes", json.writeValueAsString(outcomes.list()))
        .update();
  }

  /** A scheduled or held message leaves then. */
  void reschedule(long id, Instant at, Instant now) {
    set(id, DeliveryState.scheduled, null, 0, null, now);
    jdbc.sql("update message set scheduled_for = :at where id = :id")
        .param("id", id)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** A scheduled message is on its way, and as old as that. */
  void depart(long id, Instant now) {
    jdbc.sql("update message set created_at = :now where id = :id")
        .param("id", id)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    set(id, DeliveryState.queued, null, 0, null, now);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
