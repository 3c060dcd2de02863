package dev.shopbell.conversations;

import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What conversations have in the shop's own fields. */
@Component
class ConversationFieldStore {
  private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ConversationFieldStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  Map<String, Object> of(long conversationId) {
    return jdbc.sql("select fields::text from conversation where id = ?")
        .param(conversationId)
        .query((row, n) -> json.readValue(row.getString(1), VALUES))
        .optional()
        .orElse(Map.of());
  }

  void set(long conversationId, Map<String, Object> values) {
    jdbc.sql("update conversation set fields = :fields::jsonb where id = :id")
        .param("id", conversationId)
        .param("fields", json.writeValueAsString(values))
        .update();
  }

  /** What is merged keeps its values; the other takes over those that it has none for. */
  void take(long moveId, long from, long to) {
    jdbc.sql(
            """
            with taken as (
              select jsonb_object_agg(own.key, own.value) as fields
              from conversation as kept
              join conversation as other on other.id = :from
              cross join jsonb_each(other.fields) as own
              where kept.id = :to and kept.fields -> own.key is null
              having count(*) > 0),
            remembered as (
              update conversation_move set fields_taken = taken.fields from taken where conversation_move.id = :move)
            update conversation set fields = conversation.fields || taken.fields from taken
            where conversation.id = :to
            """)
        .param("move", moveId)
        .param("from", from)
        .param("to", to)
        .update();
  }

  /** Takes those away again that nobody has changed since. */
  void giveBack(long moveId, long kept) {
    jdbc.sql(
            """
            update conversation set fields = coalesce((
              select jsonb_object_agg(own.key, own.value) from jsonb_each(conversation.fields) as own
              where conversation_move.fields_taken -> own.key is distinct from own.value), '{}')
            from conversation_move
            where conversation_move.id = :move and conversation_move.fields_taken <> '{}' and conversation.id = :kept
            """)
        .param("move", moveId)
        .param("kept", kept)
        .update();
  }
}
