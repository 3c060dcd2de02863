package dev.shopbell.conversations;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what came in, a batch with its attachments in two statements. */
@Component
class IncomingMessageStore {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  IncomingMessageStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void insert(List<IntakeStore.NewMessage> messages) {
    if (messages.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into message (id, conversation_id, brand_id, direction, channel, kind, from_name, from_address,
              recipients, own_address, subject, text, own_text, html, remote_images, unverified, problem, has_original,
              external_id, in_reply_to, content_hash, created_at, kind_reason, marks, authentication, appointment,
              delivery_state, delivery_updated_at, third_party)
            overriding system value
            select id, conversation_id, brand_id, direction, channel, kind, from_name, from_address,
              recipients::jsonb, own_address, subject, text, own_text, html, remote_images, unverified, problem, has_original,
              external_id, in_reply_to, content_hash, created_at::timestamptz, kind_reason, string_to_array(marks, ','),
              authentication::jsonb, appointment::jsonb, case when direction = 'outbound' then 'sent' end,
              case when direction = 'outbound' then created_at::timestamptz end, third_party
            from unnest(:ids::bigint[], :conversations::bigint[], :brands::bigint[], :channels::text[], :kinds::text[],
              :fromNames::text[], :fromAddresses::text[], :recipients::text[], :owns::text[], :subjects::text[], :texts::text[],
              :ownTexts::text[], :htmls::text[], :images::int[], :unverified::boolean[], :problems::text[],
              :originals::boolean[], :externalIds::text[], :inReplyTos::text[], :hashes::text[], :created::text[],
              :kindReasons::text[], :marks::text[], :authentications::text[], :appointments::text[], :directions::text[],
              :thirdParties::boolean[])
              as one (id, conversation_id, brand_id, channel, kind, from_name, from_address, recipients, own_address, subject, text,
              own_text, html, remote_images, unverified, problem, has_original, external_id, in_reply_to,
              content_hash, created_at, kind_reason, marks, authentication, appointment, direction, third_party)
            """)
        .param("ids", IntakeStore.column(messages, IntakeStore.NewMessage::id, Long[]::new))
        .param(
            "conversations",
            IntakeStore.column(messages, IntakeStore.NewMessage::conversationId, Long[]::new))
        .param("brands", in(messages, Incoming::brandId, Long[]::new))
        .param("channels", in(messages, Incoming::channel, String[]::new))
        .param("kinds", in(messages, incoming -> incoming.kind().name(), String[]::new))
        .param("fromNames", in(messages, incoming -> incoming.from().name(), String[]::new))
        .param("fromAddresses", in(messages, incoming -> incoming.from().address(), String[]::new))
        .param(
            "recipients",
            in(messages, incoming -> json.writeValueAsString(incoming.recipients()), String[]::new))
        .param("owns", in(messages, Incoming::ownAddress, String[]::new))
        .param("subjects", in(messages, Incoming::subject, String[]::new))
        .param("texts", in(messages, Incoming::text, String[]::new))
        .param("ownTexts", in(messages, IncomingMessageStore::ownText, String[]::new))
        .param("htmls", in(messages, Incoming::html, String[]::new))
        .param("images", in(messages, Incoming::remoteImages, Integer[]::new))
        .param(
            "unverified",
            IntakeStore.column(messages, one -> one.marks().unverified(), Boolean[]::new))
        .param(
            "thirdParties",
            IntakeStore.column(messages, one -> one.marks().thirdParty(), Boolean[]::new))
        .param("problems", in(messages, Incoming::problem, String[]::new))
        .param("originals", in(messages, Incoming::hasOriginal, Boolean[]::new))
        .param("externalIds", in(messages, Incoming::externalId, String[]::new))
        .param(
            "inReplyTos",
            in(
                messages,
                i -> i.references().isEmpty() ? null : i.references().getFirst(),
                String[]::new))
        .param("hashes", in(messages, Incoming::contentHash, String[]::new))
        .param("created", IntakeStore.column(messages, IntakeStore::at, String[]::new))
        .param("kindReasons", in(messages, one -> one.assessment().kindReason(), String[]::new))
        .param("marks", in(messages, IncomingMessageStore::marks, String[]::new))
        .param(
            "directions",
            IntakeStore.column(
                messages, message -> IntakeStore.directionOf(message).name(), String[]::new))
        .param("authentications", in(messages, this::authentication, String[]::new))
        .param("appointments", in(messages, this::appointment, String[]::new))
        .update();
    insertAttachments(messages);
  }

  private void insertAttachments(List<IntakeStore.NewMessage> messages) {
    record Of(IntakeStore.NewMessage message, AttachmentFile attachment) {}
    List<Of> all =
        messages.stream()
            .flatMap(
                message -> message.incoming().attachments().stream().map(a -> new Of(message, a)))
            .toList();
    if (all.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into attachment (message_id, name, content_type, size, file, content_id, inline, created_at)
            select message_id, name, content_type, size, file, content_id, inline, created_at::timestamptz
            from unnest(:messages::bigint[], :names::text[], :types::text[], :sizes::bigint[], :files::text[],
              :contentIds::text[], :inlines::boolean[], :created::text[])
              as one (message_id, name, content_type, size, file, content_id, inline, created_at)
            """)
        .param("messages", IntakeStore.column(all, of -> of.message().id(), Long[]::new))
        .param("names", IntakeStore.column(all, of -> of.attachment().name(), String[]::new))
        .param("types", IntakeStore.column(all, of -> of.attachment().contentType(), String[]::new))
        .param("sizes", IntakeStore.column(all, of -> of.attachment().size(), Long[]::new))
        .param("files", IntakeStore.column(all, of -> of.attachment().file(), String[]::new))
        .param(
            "contentIds", IntakeStore.column(all, of -> of.attachment().contentId(), String[]::new))
        .param("inlines", IntakeStore.column(all, of -> of.attachment().inline(), Boolean[]::new))
        .param(
            "created", IntakeStore.column(all, of -> IntakeStore.at(of.message()), String[]::new))
        .update();
  }

  private static String marks(Incoming incoming) {
    return incoming.assessment().marks().stream()
        .sorted()
        .map(MessageMark::name)
        .collect(Collectors.joining(","));
  }

  private @Nullable String authentication(Incoming incoming) {
    Authentication authentication = incoming.assessment().authentication();
    return authentication == null ? null : json.writeValueAsString(authentication);
  }

  private @Nullable String appointment(Incoming incoming) {
    Appointment appointment = incoming.assessment().appointment();
    return appointment == null ? null : json.writeValueAsString(appointment);
  }

  private static @Nullable String ownText(Incoming incoming) {
    return incoming.text().equals(incoming.ownText()) ? null : incoming.ownText();
  }

  private static <C> @Nullable C[] in(
      List<IntakeStore.NewMessage> rows,
      Function<Incoming, @Nullable C> value,
      java.util.function.IntFunction<@Nullable C[]> array) {
    return IntakeStore.column(rows, row -> value.apply(row.incoming()), array);
  }
}
