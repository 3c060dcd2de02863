package dev.shopbell.conversations;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** How the messages of a conversation hang together: what an answer answers and refers to. */
@Component
class ThreadStore {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  ThreadStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** What an answer answers. */
  record Answered(
      @Nullable String name,
      @Nullable String address,
      String channel,
      MessageKind kind,
      @Nullable String externalId,
      List<Recipient> recipients) {}

  /** The newest message that a known person sent who is part of the matter. */
  Optional<Answered> answered(long conversationId) {
    return answered(conversationId, "not unverified and not third_party", List.of());
  }

  /** The newest message of one of these, whoever they are. */
  Optional<Answered> answered(long conversationId, List<String> addresses) {
    return answered(conversationId, "lower(from_address) = any(:addresses)", addresses);
  }

  private Optional<Answered> answered(long conversationId, String which, List<String> addresses) {
    return jdbc.sql(
            """
            select from_name, from_address, channel, kind, external_id, recipients from message
            where conversation_id = :conversation and direction = 'inbound' and kind in ('message', 'list') and %s
            order by created_at desc, id desc limit 1
            """
                .formatted(which))
        .param("conversation", conversationId)
        .param("addresses", addresses.toArray(String[]::new))
        .query((row, n) ->
            new Answered(
                row.getString("from_name"),
                row.getString("from_address"),
                row.getString("channel"),
                MessageKind.valueOf(row.getString("kind")),
                row.getString("external_id"),
                json.readValue(row.getString("recipients"), MessageRow.RECIPIENTS)))
        .optional();
  }

  /** The addresses of ours that the conversation was written to. */
  List<String> ownAddresses(long conversationId) {
    return jdbc.sql(
            """
            select distinct lower(own_address) from message
            where conversation_id = ? and own_address is not null
            """)
        .param(conversationId)
        .query(String.class)
        .list();
  }

  /** The address of ours to which the customer last wrote. */
  @Nullable String newestOwnAddress(long conversationId) {
    return jdbc.sql(
            """
            select own_address from message
            where conversation_id = ? and direction = 'inbound' and own_address is not null
            order by created_at desc, id desc limit 1
            """)
        .param(conversationId)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /**
   * The ids that a message of ours refers to, the oldest first. An answer to a third party names
   * nothing of the customer's, and an answer to the customer nothing of third parties.
   */
  List<String> references(long conversationId, long id, int newest) {
    return jdbc.sql(
            """
            with asked as (
              select parent.external_id, parent.in_reply_to from message own
              join message parent on parent.conversation_id = own.conversation_id
                and parent.external_id = own.in_reply_to and parent.third_party
              where own.id = :id)
            select external_id from (
              select message.created_at as at, message.id, external_id from message
              where conversation_id = :conversation and external_id is not null
                and (created_at, id) < (select created_at, id from message where id = :id)
                and direction <> 'note' and not third_party and not exists (select from asked)
                and coalesce(purpose, 'reply') = 'reply'
                and coalesce(delivery_state, 'sent') not in ('scheduled', 'held')
                and not exists (
                  select from message parent where parent.conversation_id = :conversation
                    and parent.external_id = message.in_reply_to and parent.third_party)
              union all select '-infinity', 0, in_reply_to from asked where in_reply_to is not null
              union all select '-infinity', 1, external_id from asked) as named
            order by named.at desc, named.id desc limit :newest
            """)
        .param("conversation", conversationId)
        .param("id", id)
        .param("newest", newest)
        .query(String.class)
        .list()
        .reversed();
  }

  /**
   * A message of ours as it goes out.
   *
   * @param html with content ids for images
   */
  record Wire(String externalId, @Nullable String inReplyTo, @Nullable String html) {}

  Wire wire(long id) {
    return jdbc.sql("select external_id, in_reply_to, html from message where id = ?")
        .param(id)
        .query(Wire.class)
        .single();
  }

  /** Who wrote what somebody has not seen. */
  record Newer(Direction direction, String name) {}

  /** What a person wrote after a message: the customer's side, or another agent to them. */
  Optional<Newer> newestUnseen(long conversationId, long agentId, long seen) {
    return jdbc.sql(
            """
            select direction, coalesce(from_name, from_address, 'Somebody') as name from message
            where conversation_id = :conversation and id > :seen
              and (direction = 'inbound' and kind = 'message'
                or direction = 'outbound' and agent_id <> :agent and coalesce(purpose, 'reply') = 'reply'
                  and coalesce(delivery_state, 'sent') not in ('scheduled', 'held'))
            order by id desc limit 1
            """)
        .param("conversation", conversationId)
        .param("seen", seen)
        .param("agent", agentId)
        .query(Newer.class)
        .optional();
  }

  /** Whether the conversation has gone on since the message. */
  boolean isNewest(long messageId, long conversationId) {
    return jdbc.sql(
            """
            select not exists (
              select from message where conversation_id = ? and direction <> 'note'
                and (created_at, id) > (select created_at, id from message where id = ?)
                and coalesce(delivery_state, 'sent') not in ('scheduled', 'held'))
            """)
        .param(conversationId)
        .param(messageId)
        .query(Boolean.class)
        .single();
  }
}
