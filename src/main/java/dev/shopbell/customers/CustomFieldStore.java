package dev.shopbell.customers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The shop's own fields, and the values that customers have. */
@Component
class CustomFieldStore {
  private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  CustomFieldStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private CustomField read(ResultSet row) throws SQLException {
    return new CustomField(
        row.getLong("id"),
        CustomField.Subject.valueOf(row.getString("subject")),
        row.getString("key"),
        row.getString("name"),
        row.getString("description"),
        CustomField.Kind.valueOf(row.getString("kind")),
        List.of(json.readValue(row.getString("choices"), CustomField.Choice[].class)),
        row.getTimestamp("archived_at") != null);
  }

  /** In their order. */
  List<CustomField> all() {
    return jdbc.sql("select * from custom_field order by subject, place, id")
        .query((row, n) -> read(row))
        .list();
  }

  Optional<CustomField> lock(long id) {
    return jdbc.sql("select * from custom_field where id = ? for no key update")
        .param(id)
        .query((row, n) -> read(row))
        .optional();
  }

  long insert(CustomField field, boolean demo, Instant now) {
    return jdbc.sql(
            """
            insert into custom_field (subject, key, name, description, kind, choices, place, demo, created_at)
            values (:subject, :key, :name, :description, :kind, :choices::jsonb,
              (select coalesce(max(place), 0) + 1 from custom_field), :demo, :now)
            returning id
            """)
        .param("subject", field.subject().name())
        .param("key", field.key())
        .param("name", field.name())
        .param("description", field.description())
        .param("kind", field.kind().name())
        .param("choices", json.writeValueAsString(field.choices()))
        .param("demo", demo)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  void update(CustomField field, Instant now) {
    jdbc.sql(
            """
            update custom_field set name = :name, description = :description, choices = :choices::jsonb,
              archived_at = case when :archived then coalesce(archived_at, :now) end
            where id = :id
            """)
        .param("id", field.id())
        .param("name", field.name())
        .param("description", field.description())
        .param("choices", json.writeValueAsString(field.choices()))
        .param("archived", field.archived())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Those that are not named stand behind, in the order they had. */
  void arrange(List<Long> ids) {
    jdbc.sql(
            """
            update custom_field set place = coalesce(array_position(:ids::bigint[], id), 1000 + place % 1000)
            """)
        .param("ids", ids.toArray(Long[]::new))
        .update();
  }

  void removeDemo() {
    jdbc.sql("delete from custom_field where demo").update();
  }

  Map<String, Object> values(long customerId) {
    return jdbc.sql("select fields::text from customer where id = ?")
        .param(customerId)
        .query((row, n) -> json.readValue(row.getString(1), VALUES))
        .optional()
        .orElse(Map.of());
  }

  void setValues(long customerId, Map<String, Object> values) {
    jdbc.sql("update customer set fields = :fields::jsonb where id = :id")
        .param("id", customerId)
        .param("fields", json.writeValueAsString(values))
        .update();
  }
}
