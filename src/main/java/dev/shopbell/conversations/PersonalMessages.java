package dev.shopbell.conversations;

import dev.shopbell.customers.Person;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds what the conversations keep of a person. */
@Component
class PersonalMessages {
  /** All messages are looked through: nothing finds an address in them quicker. */
  private static final String PATIENTLY = "select set_config('statement_timeout', '600000', true)";

  private final JdbcClient jdbc;
  private final JsonMapper json;

  PersonalMessages(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * A conversation as it is given out.
   *
   * @param fields of the shop's own, by their keys
   */
  record Exported(
      long id,
      String subject,
      String status,
      String createdAt,
      List<String> tags,
      JsonNode fields) {}

  /** What an agent has begun to write to the person. */
  record Unsent(String kind, String subject, String html, String updatedAt) {}

  List<Long> conversations(Person person) {
    return jdbc.sql("select id from conversation where customer_id = any(?) order by id")
        .param(person.customerIds().toArray(Long[]::new))
        .query(Long.class)
        .list();
  }

  Exported conversation(long id) {
    return jdbc.sql(
            """
            select id, subject, status, created_at, fields::text as fields,
              array(select name from tag where tag.id = any(tag_ids) order by name) as tags
            from conversation where id = ?
            """)
        .param(id)
        .query((row, n) ->
            new Exported(
                row.getLong("id"),
                row.getString("subject"),
                row.getString("status"),
                row.getTimestamp("created_at").toInstant().toString(),
                List.of((String[]) row.getArray("tags").getArray()),
                json.readTree(row.getString("fields"))))
        .single();
  }

  List<Unsent> drafts(long conversationId) {
    return jdbc.sql(
            "select kind, coalesce(subject, '') as subject, html, updated_at from draft where conversation_id = ? order by id")
        .param(conversationId)
        .query((row, n) ->
            new Unsent(
                row.getString("kind"),
                row.getString("subject"),
                row.getString("html"),
                row.getTimestamp("updated_at").toInstant().toString()))
        .list();
  }

  List<AttachmentStore.AttachmentRow> files(long conversationId) {
    return jdbc.sql(
            """
            select attachment.* from attachment join message on message.id = attachment.message_id
            where message.conversation_id = ? order by attachment.id
            """)
        .param(conversationId)
        .query(AttachmentStore::row)
        .list();
  }

  /**
   * What the person wrote in conversations of others. In a transaction that has written nothing.
   */
  List<Long> writtenElsewhere(Person person) {
    return elsewhere(person, "lower(message.from_address) = any(:addresses)");
  }

  /** Where others had them among their recipients. In a transaction that has written nothing. */
  List<Long> namedElsewhere(Person person) {
    return elsewhere(
        person,
        """
        exists (select from jsonb_array_elements(message.recipients || message.outcomes) as one
          where lower(one ->> 'address') = any(:addresses))
        """);
  }

  private List<Long> elsewhere(Person person, String condition) {
    if (person.addresses().isEmpty()) {
      return List.of();
    }
    jdbc.sql(PATIENTLY).query(String.class).single();
    return jdbc.sql(
            """
            select message.id from message join conversation on conversation.id = message.conversation_id
            where message.brand_id = :brand and message.created_at <= :until
              and conversation.customer_id <> all(:customers) and %s
            order by message.id
            """
                .formatted(condition))
        .param("brand", person.brandId())
        .param("until", person.until().atOffset(ZoneOffset.UTC))
        .param("customers", person.customerIds().toArray(Long[]::new))
        .param("addresses", person.addresses().toArray(String[]::new))
        .query(Long.class)
        .list();
  }

  /**
   * Some of the person's conversations, with those that were merged into them, so that nobody
   * writes into them any more.
   */
  List<Long> lock(Person person, int limit) {
    List<Long> first =
        jdbc.sql(
                "select id from conversation where customer_id = any(:ids) order by id limit :limit for update")
            .param("ids", person.customerIds().toArray(Long[]::new))
            .param("limit", limit)
            .query(Long.class)
            .list();
    List<Long> family =
        jdbc.sql(
                """
                with recursive family as (
                  select unnest(:ids::bigint[]) as id
                  union
                  select conversation.id from family join conversation on conversation.merged_into = family.id)
                select id from family order by id
                """)
            .param("ids", first.toArray(Long[]::new))
            .query(Long.class)
            .list();
    jdbc.sql("select id from conversation where id = any(?) order by id for update")
        .param(family.toArray(Long[]::new))
        .query(Long.class)
        .list();
    return family;
  }

  List<Long> messages(Collection<Long> conversations) {
    return jdbc.sql("select id from message where conversation_id = any(?) order by id")
        .param(conversations.toArray(Long[]::new))
        .query(Long.class)
        .list();
  }
}
