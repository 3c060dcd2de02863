package dev.shopbell.conversations;

import dev.shopbell.customers.Person;
import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.files.LeavingFiles;
import dev.shopbell.platform.html.HeldBackImages;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Removes conversations, words and addresses for good. Each call is part of a transaction. */
@Component
class MessageEraser {
  /** Stands where the words of a person stood, in a conversation that is not theirs. */
  private static final String MARK = "(erased)";

  /** A shorter name stands within words of others. */
  private static final int SHORTEST_NAME = 3;

  private final JdbcClient jdbc;
  private final MessageStore messages;
  private final LeavingFiles leaving;
  private final List<ErasedMessages> channels;
  private final Facts facts;

  MessageEraser(
      JdbcClient jdbc,
      MessageStore messages,
      LeavingFiles leaving,
      List<ErasedMessages> channels,
      Facts facts) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.leaving = leaving;
    this.channels = channels;
    this.facts = facts;
  }

  /** Conversations with all that hangs on them. */
  void remove(Person person, Collection<Long> conversations, Collection<Long> messageIds) {
    forget(person, messageIds);
    Long[] ids = conversations.toArray(Long[]::new);
    leaving.add(
        jdbc.sql(
                """
                delete from attachment where message_id is null and id in (
                  select unnest(attachment_ids) from draft where conversation_id = any(?))
                returning file
                """)
            .param(ids)
            .query(String.class)
            .list());
    jdbc.sql("delete from conversation where id = any(?)").param(ids).update();
  }

  /** What the person wrote in conversations of others: that they wrote stays. */
  void blank(Person person, Collection<Long> messageIds) {
    forget(person, messageIds);
    jdbc.sql(
            """
            update message set from_name = null, from_address = null, recipients = '[]', outcomes = '[]',
              subject = conversation.subject, text = :mark, own_text = null, html = null, remote_images = 0,
              problem = null, has_original = false, external_id = null, in_reply_to = null, content_hash = null,
              kind_reason = null, authentication = null, appointment = null, delivery_detail = null, undo = null
            from conversation where conversation.id = message.conversation_id and message.id = any(:ids)
            """)
        .param("mark", MARK)
        .param("ids", messageIds.toArray(Long[]::new))
        .update();
    changed(messageIds);
  }

  /** The person is no recipient of these any more. */
  void unname(Person person, Collection<Long> messageIds) {
    channels.forEach(channel -> channel.forget(messageIds, person.until()));
    jdbc.sql(
            """
            update message set has_original = false, delivery_detail = null,
              recipients = coalesce((select jsonb_agg(one order by place)
                from jsonb_array_elements(recipients) with ordinality as each (one, place)
                where coalesce(lower(one ->> 'address') <> all(:addresses), true)), '[]'),
              outcomes = coalesce((select jsonb_agg(one order by place)
                from jsonb_array_elements(outcomes) with ordinality as each (one, place)
                where coalesce(lower(one ->> 'address') <> all(:addresses), true)), '[]')
            where id = any(:ids)
            """)
        .param("addresses", person.addresses().toArray(String[]::new))
        .param("ids", messageIds.toArray(Long[]::new))
        .update();
    changed(messageIds);
  }

  private void changed(Collection<Long> messageIds) {
    record Changed(long brandId, long conversationId, long id) {}
    List<Changed> changed =
        jdbc.sql("select brand_id, conversation_id, id from message where id = any(?) order by id")
            .param(messageIds.toArray(Long[]::new))
            .query((row, n) -> new Changed(row.getLong(1), row.getLong(2), row.getLong(3)))
            .list();
    changed.stream().map(Changed::conversationId).distinct().forEach(messages::refreshConversation);
    facts.append(
        Actor.SYSTEM,
        changed.stream()
            .map(one -> new MessageErased(one.brandId(), one.conversationId(), one.id()))
            .toList());
  }

  /** Files, pictures and what the channels keep. */
  private void forget(Person person, Collection<Long> messageIds) {
    channels.forEach(channel -> channel.forget(messageIds, person.until()));
    Long[] ids = messageIds.toArray(Long[]::new);
    String[] pictures =
        jdbc
            .sql(
                "select html from message where id = any(?) and html is not null and remote_images > 0")
            .param(ids)
            .query(String.class)
            .stream()
            .flatMap(html -> HeldBackImages.of(html).stream())
            .map(image -> SecretKey.fingerprint(image.url()))
            .toArray(String[]::new);
    jdbc.sql("delete from remote_image where key = any(?)").param(pictures).update();
    List<String> files =
        jdbc.sql("delete from attachment where message_id = any(?) returning file")
            .param(ids)
            .query(String.class)
            .list();
    // Copies that an agent has taken to send them on.
    jdbc.sql("delete from attachment where message_id is null and file = any(?)")
        .param(files.toArray(String[]::new))
        .update();
    leaving.add(files);
  }

  /** What agents have typed to find or to reach them. */
  void forgetTyped(Person person) {
    String[] addresses = person.addresses().toArray(String[]::new);
    jdbc.sql(
            """
            delete from recent_search where exists (
              select from unnest(:words::text[]) as one (word) where position(word in lower(query)) > 0)
            """)
        .param(
            "words",
            Stream.concat(
                    person.addresses().stream(),
                    person.names().stream()
                        .filter(name -> name.length() >= SHORTEST_NAME)
                        .map(name -> name.toLowerCase(Locale.ROOT)))
                .toArray(String[]::new))
        .update();
    jdbc.sql("delete from trusted_sender where brand_id = ? and sender = any(?)")
        .param(person.brandId())
        .param(addresses)
        .update();
    for (String sql :
        List.of(
            """
            delete from view where exists (
              select from unnest(:addresses::text[]) as one (word)
              where position(word in lower(name || conditions::text)) > 0)
            """,
            """
            delete from draft where kind = 'start' and exists (
              select from unnest(:addresses::text[]) as one (word)
              where position(word in lower(people::text)) > 0)
            """,
            """
            update draft set people = null where exists (
              select from unnest(:addresses::text[]) as one (word)
              where position(word in lower(people::text)) > 0)
            """)) {
      jdbc.sql(sql).param("addresses", addresses).update();
    }
  }
}
