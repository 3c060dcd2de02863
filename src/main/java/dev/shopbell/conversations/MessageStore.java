package dev.shopbell.conversations;

import dev.shopbell.platform.web.Cursor;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads messages, and writes ours. */
@Component
class MessageStore {
  /** With so many messages of its thread, and so much of each, is a mail compared to be split. */
  private static final int MOST_COMPARED = 6;

  private static final int LONGEST_COMPARED = 20_000;
  private static final String SELECT =
      """
      select message.*, agent.name as agent_name from message left join agent on agent.id = message.agent_id
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final AttachmentStore files;
  private final TrustedSenderStore senders;
  private final MessageRow rows;
  private final ReadingStore readings;

  MessageStore(
      JdbcClient jdbc,
      JsonMapper json,
      AttachmentStore files,
      TrustedSenderStore senders,
      ReadingStore readings) {
    this.jdbc = jdbc;
    this.readings = readings;
    this.files = files;
    this.senders = senders;
    this.json = json;
    this.rows = new MessageRow(json);
  }

  /**
   * A message of ours, before it has an id.
   *
   * @param leaving how it is delivered; null for a note
   */
  record NewOwn(
      long conversationId,
      long brandId,
      Direction direction,
      String channel,
      @Nullable Long agentId,
      @Nullable String agentName,
      @Nullable String fromAddress,
      List<Recipient> recipients,
      String subject,
      Replies.Body body,
      @Nullable String externalId,
      @Nullable String inReplyTo,
      Instant createdAt,
      @Nullable Leaving leaving) {}

  /**
   * @param undo how the conversation was before, as JSON
   * @param then what the conversation becomes when a scheduled message leaves
   */
  record Leaving(
      Purpose purpose,
      @Nullable Long redirects,
      DeliveryState state,
      @Nullable Instant undoableUntil,
      @Nullable String undo,
      @Nullable Instant scheduledFor,
      @Nullable Status then) {

    /** At once, or once it can no longer be taken back. */
    static Leaving now(Purpose purpose, @Nullable Instant undoableUntil, @Nullable String undo) {
      return new Leaving(purpose, null, DeliveryState.queued, undoableUntil, undo, null, null);
    }
  }

  List<Message> list(long conversationId, boolean newestFirst, int limit, @Nullable Cursor cursor) {
    String from =
        cursor == null
            ? ""
            : " and (message.created_at, message.id) "
                + (newestFirst ? "<" : ">")
                + " (:at, :from)";
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("conversation", conversationId);
    parameters.put("limit", limit + 1);
    if (cursor != null) {
      parameters.put("at", cursor.instant(0).atOffset(ZoneOffset.UTC));
      parameters.put("from", cursor.number(1));
    }
    return read(
        SELECT
            + "where message.conversation_id = :conversation"
            + from
            + (newestFirst
                ? " order by message.created_at desc, message.id desc limit :limit"
                : " order by message.created_at, message.id limit :limit"),
        parameters);
  }

  Optional<Message> find(long id) {
    return read(SELECT + "where message.id = :id", Map.of("id", id)).stream().findFirst();
  }

  /** The newest texts of the conversation that each of these is in. */
  Map<Conversations.MessageKey, List<String>> textsAround(
      Collection<Conversations.MessageKey> keys) {
    Map<Conversations.MessageKey, List<String>> texts = new HashMap<>();
    if (keys.isEmpty()) {
      return texts;
    }
    jdbc.sql(
            """
            select key.brand_id, key.external_id, near.text
            from unnest(:brands::bigint[], :ids::text[]) as key (brand_id, external_id)
            cross join lateral (
              select conversation_id from message
              where message.external_id = key.external_id and message.brand_id = key.brand_id
              order by id desc limit 1) as named
            cross join lateral (
              select id, created_at, left(text, :longest) as text from message
              where message.conversation_id = named.conversation_id and direction <> 'note'
              order by message.created_at desc, id desc limit :newest) as near
            order by key.brand_id, key.external_id, near.created_at desc, near.id desc
            """)
        .param("brands", keys.stream().map(Conversations.MessageKey::brandId).toArray(Long[]::new))
        .param(
            "ids", keys.stream().map(Conversations.MessageKey::externalId).toArray(String[]::new))
        .param("longest", LONGEST_COMPARED)
        .param("newest", MOST_COMPARED)
        .query(row -> {
          texts
              .computeIfAbsent(
                  new Conversations.MessageKey(row.getLong(1), row.getString(2)),
                  any -> new ArrayList<>())
              .add(row.getString(3));
        });
    return texts;
  }

  boolean isDemo(long conversationId) {
    return jdbc.sql(
            """
            select conversation.demo or customer.demo from conversation
            join customer on customer.id = conversation.customer_id where conversation.id = ?
            """)
        .param(conversationId)
        .query(Boolean.class)
        .single();
  }

  /** Sets a conversation back to how it was before a reply that is taken back. */
  void restore(long conversationId, Replies.Before before) {
    jdbc.sql(
            """
            update conversation set status = :status, assignee_id = :assignee,
              waiting_since = :waiting::timestamptz, snoozed_until = :snoozed::timestamptz
            where id = :id
            """)
        .param("id", conversationId)
        .param("status", before.status().name())
        .param("assignee", before.assigneeId())
        .param("waiting", before.waitingSince() == null ? null : before.waitingSince().toString())
        .param("snoozed", before.snoozedUntil() == null ? null : before.snoozedUntil().toString())
        .update();
  }

  Optional<Long> conversationOf(long messageId) {
    return jdbc.sql("select conversation_id from message where id = ?")
        .param(messageId)
        .query(Long.class)
        .optional();
  }

  Optional<Long> newest(long conversationId) {
    return jdbc.sql("select max(id) from message where conversation_id = ?")
        .param(conversationId)
        .query(Long.class)
        .optional();
  }

  /** The brand of a message, if it is one of the conversation. */
  Optional<Long> brandOf(long messageId, long conversationId) {
    return jdbc.sql("select brand_id from message where id = ? and conversation_id = ?")
        .param(messageId)
        .param(conversationId)
        .query(Long.class)
        .optional();
  }

  /** Everything in a conversation that was written to or by us, the oldest first. */
  List<Message> exchanged(long conversationId, int limit) {
    return read(
        SELECT
            + """
            where message.conversation_id = :conversation and message.direction <> 'note'
              and coalesce(message.purpose, 'reply') <> 'redirect'
              and coalesce(message.delivery_state, 'sent') not in ('scheduled', 'held')
            order by message.created_at, message.id limit :limit
            """,
        Map.of("conversation", conversationId, "limit", limit));
  }

  List<Message> find(long conversationId, List<Long> ids) {
    return read(
        SELECT
            + """
            where message.conversation_id = :conversation and message.id = any(:ids)
              and message.direction <> 'note' and coalesce(message.purpose, 'reply') <> 'redirect'
            order by message.created_at, message.id
            """,
        Map.of("conversation", conversationId, "ids", ids.toArray(Long[]::new)));
  }

  /** Writes it down. Whoever writes has read; what they note is news to the others. */
  long insert(NewOwn message) {
    long id = insertRow(message);
    if (message.agentId() != null) {
      readings.saw(message.conversationId(), message.agentId(), id, message.createdAt());
    }
    if (message.direction() == Direction.note) {
      readings.isNews(message.conversationId(), id);
    }
    return id;
  }

  private long insertRow(NewOwn message) {
    Leaving leaving = message.leaving();
    return jdbc.sql(
            """
            insert into message (conversation_id, brand_id, direction, channel, kind, agent_id, from_name,
              from_address, recipients, subject, text, own_text, html, external_id, in_reply_to, created_at,
              delivery_state, delivery_updated_at, undoable_until, undo, purpose, redirects, scheduled_for, then_status,
              mention_ids)
            values (:conversation, :brand, :direction, :channel, 'message', :agent, :name, :address,
              :recipients::jsonb, :subject, :text, :own, :html, :externalId, :inReplyTo, :now,
              :state, case when :state is null then null else :now end, :undoable, :undo::jsonb,
              :purpose, :redirects, :scheduled, :then, :mentions)
            returning id
            """)
        .param("conversation", message.conversationId())
        .param("brand", message.brandId())
        .param("direction", message.direction().name())
        .param("channel", message.channel())
        .param("agent", message.agentId())
        .param("name", message.agentName())
        .param("address", message.fromAddress())
        .param("recipients", json.writeValueAsString(message.recipients()))
        .param("subject", message.subject())
        .param("text", message.body().text())
        .param("own", message.body().own())
        .param("html", message.body().html())
        .param("externalId", message.externalId())
        .param("inReplyTo", message.inReplyTo())
        .param("now", message.createdAt().atOffset(ZoneOffset.UTC))
        .param("state", leaving == null ? null : leaving.state().name(), java.sql.Types.VARCHAR)
        .param("undoable", leaving == null ? null : utc(leaving.undoableUntil()))
        .param("undo", leaving == null ? null : leaving.undo())
        .param("purpose", leaving == null ? null : leaving.purpose().name())
        .param("redirects", leaving == null ? null : leaving.redirects())
        .param("scheduled", leaving == null ? null : utc(leaving.scheduledFor()))
        .param(
            "mentions",
            message.direction() == Direction.note
                ? Mentions.in(message.body().html()).toArray(Long[]::new)
                : new Long[0])
        .param("then", leaving == null || leaving.then() == null ? null : leaving.then().name())
        .query(Long.class)
        .single();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  /** Where a message stands. */
  record Place(long brandId, long conversationId) {}

  /** Empty if there is no such message of a customer. */
  Optional<Place> setOwnText(long id, @Nullable String ownText) {
    return jdbc.sql(
            """
            update message set own_text = nullif(cast(:own as text), text) where id = :id and direction = 'inbound'
            returning brand_id, conversation_id
            """)
        .param("own", ownText)
        .param("id", id)
        .query(Place.class)
        .optional();
  }

  void delete(long id) {
    jdbc.sql("delete from message where id = ?").param(id).update();
  }

  /**
   * Writes on the conversation what its newest message is, and whether an answer of ours is stuck.
   */
  void refreshConversation(long conversationId) {
    jdbc.sql(
            """
            update conversation set
              message_count = (select count(*) from message where conversation_id = :id),
              delivery_problem = exists (
                select from message where conversation_id = :id and delivery_state = 'failed'),
              last_message_at = coalesce(newest.created_at, last_message_at),
              last_direction = coalesce(newest.direction, last_direction),
              channel = coalesce(newest.channel, conversation.channel),
              last_news_id = case when last_news_id = 0 then 0 else coalesce(
                (select max(id) from message where conversation_id = :id and direction <> 'outbound'), 0) end,
              preview = coalesce(newest.preview, conversation.preview)
            from (select 1) as one left join lateral (
              select created_at, direction, channel,
                left(btrim(regexp_replace(left(coalesce(own_text, text), 720), '\\s+', ' ', 'g')), 180) as preview
              from message where conversation_id = :id and direction <> 'note'
                and coalesce(delivery_state, 'sent') not in ('scheduled', 'held')
                and coalesce(purpose, 'reply') <> 'redirect'
              order by message.created_at desc, id desc limit 1) as newest on true
            where conversation.id = :id
            """)
        .param("id", conversationId)
        .update();
  }

  private List<Message> read(String sql, Map<String, Object> parameters) {
    List<Message> messages = jdbc.sql(sql).params(parameters).query(rows).list();
    List<Long> ids = messages.stream().map(Message::id).toList();
    Map<Long, List<Message.Attachment>> attachments = new HashMap<>();
    Map<Long, Map<String, String>> inline = new HashMap<>();
    for (AttachmentStore.AttachmentRow row : files.ofMessages(ids)) {
      String url = "/api/v1/attachments/" + row.id();
      attachments
          .computeIfAbsent(row.messageId(), any -> new ArrayList<>())
          .add(
              new Message.Attachment(
                  row.id(), row.name(), row.contentType(), row.size(), row.inline(), url));
      if (row.contentId() != null) {
        inline.computeIfAbsent(row.messageId(), any -> new HashMap<>()).put(row.contentId(), url);
      }
    }
    List<Long> withImages =
        messages.stream().filter(one -> one.remoteImages() > 0).map(Message::id).toList();
    Set<Long> trusted = senders.trusted(withImages);
    return messages.stream()
        .map(message ->
            InlineImages.resolved(
                message,
                attachments.getOrDefault(message.id(), List.of()),
                inline.getOrDefault(message.id(), Map.of())))
        .map(message -> message.withRemoteImages(trusted.contains(message.id())))
        .toList();
  }
}
