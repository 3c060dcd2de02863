package dev.shopbell.conversations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Drafts by their place: one agent, one conversation (or none yet), one kind. */
@Component
class DraftStore {
  private static final TypeReference<List<Draft.Superseded>> SUPERSEDED = new TypeReference<>() {};
  private static final String DRAFT =
      """
      select draft.*, (
        select json_agg(json_build_object('id', attachment.id, 'name', attachment.name,
            'contentType', attachment.content_type, 'size', attachment.size)
          order by array_position(draft.attachment_ids, attachment.id))
        from attachment where attachment.id = any(draft.attachment_ids)
          and attachment.message_id is null and attachment.uploaded_by = draft.agent_id) as files
      from draft
      """;
  private static final TypeReference<List<Draft.File>> FILES = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  DraftStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * @param conversationId null for a conversation that is still to begin
   */
  record Place(long agentId, @Nullable Long conversationId, DraftKind kind) {}

  /** What a device sends to be kept. */
  record Content(
      String html,
      @Nullable String subject,
      Draft.@Nullable People people,
      List<Long> attachments,
      @Nullable Long forwarded,
      @Nullable Long brandId) {
    static Content of(String html) {
      return new Content(html, null, null, List.of(), null, null);
    }

    static Content of(Draft draft) {
      return new Content(
          draft.html(),
          draft.subject(),
          draft.people(),
          draft.attachments().stream().map(Draft.File::id).toList(),
          draft.forwarded(),
          draft.brandId());
    }

    Content withHtml(String other) {
      return new Content(other, subject, people, attachments, forwarded, brandId);
    }

    /** With more words and files below its own. */
    Content with(String moreHtml, List<Long> moreAttachments) {
      List<Long> files =
          Stream.concat(attachments.stream(), moreAttachments.stream()).distinct().toList();
      return new Content(html + moreHtml, subject, people, files, forwarded, brandId);
    }

    boolean isEmpty() {
      return isBlank(html) && attachments.isEmpty() && people == null && subject == null;
    }

    static boolean isBlank(String html) {
      return html.replaceAll("<(?!img\\b)[^>]*>|&nbsp;|\\s", "").isEmpty();
    }
  }

  /**
   * @param device null where an older version, or nobody's device, wrote it
   */
  record Kept(Draft draft, @Nullable String device) {}

  Optional<Draft> find(Place place) {
    return jdbc.sql(DRAFT + here(place))
        .params(parameters(place))
        .query((row, n) -> draft(row))
        .optional();
  }

  List<Draft> ofConversation(long conversationId, long agentId) {
    return jdbc.sql(DRAFT + "where conversation_id = ? and agent_id = ? order by kind")
        .param(conversationId)
        .param(agentId)
        .query((row, n) -> draft(row))
        .list();
  }

  List<Place> places(long conversationId) {
    return jdbc.sql(
            "select agent_id, kind from draft where conversation_id = ? order by agent_id, kind")
        .param(conversationId)
        .query((row, n) ->
            new Place(row.getLong(1), conversationId, DraftKind.valueOf(row.getString(2))))
        .list();
  }

  /** Locked until the transaction ends. */
  Optional<Kept> lock(Place place) {
    return jdbc.sql(DRAFT + here(place) + " for update of draft")
        .params(parameters(place))
        .query((row, n) -> new Kept(draft(row), row.getString("device")))
        .optional();
  }

  /** Writes a first draft; false where there is one already. */
  boolean insert(Place place, Content content, @Nullable String device, Instant now) {
    return jdbc.sql(
                """
                insert into draft (agent_id, conversation_id, kind, html, subject, people, attachment_ids, forwarded,
                  brand_id, device, updated_at)
                values (:agent, :conversation::bigint, :kind, :html, :subject, :people::jsonb, :files,
                  (select id from message where id = :forwarded::bigint and conversation_id = :conversation::bigint),
                  :brand::bigint, :device, :now)
                on conflict (agent_id, conversation_id, kind) do nothing
                """)
            .params(parameters(place))
            .params(parameters(content))
            .param("device", device)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  void replace(
      Place place,
      Content content,
      @Nullable String device,
      List<Draft.Superseded> superseded,
      Instant now) {
    jdbc.sql(
            """
            update draft set html = :html, subject = :subject, people = :people::jsonb, attachment_ids = :files,
              forwarded = (select id from message
                where id = :forwarded::bigint and conversation_id = :conversation::bigint),
              brand_id = :brand::bigint, device = :device, superseded = :superseded::jsonb, updated_at = :now
            """
                + here(place))
        .params(parameters(place))
        .params(parameters(content))
        .param("device", device)
        .param("superseded", json.writeValueAsString(superseded))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void setSuperseded(Place place, List<Draft.Superseded> superseded) {
    jdbc.sql("update draft set superseded = :superseded::jsonb " + here(place))
        .params(parameters(place))
        .param("superseded", json.writeValueAsString(superseded))
        .update();
  }

  void delete(Place place) {
    jdbc.sql("delete from draft " + here(place)).params(parameters(place)).update();
  }

  private static String here(Place place) {
    return "where draft.agent_id = :agent and draft.kind = :kind and "
        + (place.conversationId() == null
            ? "draft.conversation_id is null"
            : "draft.conversation_id = :conversation");
  }

  private static java.util.Map<String, @Nullable Object> parameters(Place place) {
    java.util.Map<String, @Nullable Object> parameters = new java.util.HashMap<>();
    parameters.put("agent", place.agentId());
    parameters.put("kind", place.kind().name());
    parameters.put("conversation", place.conversationId());
    return parameters;
  }

  private java.util.Map<String, @Nullable Object> parameters(Content content) {
    java.util.Map<String, @Nullable Object> parameters = new java.util.HashMap<>();
    parameters.put("html", content.html());
    parameters.put("subject", content.subject());
    parameters.put(
        "people", content.people() == null ? null : json.writeValueAsString(content.people()));
    parameters.put("files", content.attachments().toArray(Long[]::new));
    parameters.put("forwarded", content.forwarded());
    parameters.put("brand", content.brandId());
    return parameters;
  }

  private Draft draft(ResultSet row) throws SQLException {
    String people = row.getString("people");
    String files = row.getString("files");
    return new Draft(
        DraftKind.valueOf(row.getString("kind")),
        row.getObject("conversation_id", Long.class),
        row.getObject("brand_id", Long.class),
        row.getString("subject"),
        people == null ? null : json.readValue(people, Draft.People.class),
        row.getString("html"),
        files == null ? List.of() : json.readValue(files, FILES),
        row.getObject("forwarded", Long.class),
        row.getTimestamp("updated_at").toInstant(),
        json.readValue(row.getString("superseded"), SUPERSEDED));
  }
}
