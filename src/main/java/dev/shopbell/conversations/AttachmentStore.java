package dev.shopbell.conversations;

import dev.shopbell.platform.files.FileUse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The files of messages, and uploads that no message has taken yet. */
@Component
class AttachmentStore implements FileUse {
  private static final int MOST_LISTED = 1_000;

  private final JdbcClient jdbc;

  AttachmentStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record AttachmentRow(
      long id,
      @Nullable Long messageId,
      @Nullable Long uploadedBy,
      String name,
      String contentType,
      long size,
      String file,
      @Nullable String contentId,
      boolean inline) {

    /** An upload is its uploader's alone until a message has taken it. */
    boolean isSeenBy(@Nullable Long agentId) {
      return messageId != null || uploadedBy == null || uploadedBy.equals(agentId);
    }
  }

  List<AttachmentRow> ofMessages(List<Long> messageIds) {
    return messageIds.isEmpty()
        ? List.of()
        : jdbc.sql("select * from attachment where message_id = any(:ids) order by id")
            .param("ids", messageIds.toArray(Long[]::new))
            .query(AttachmentStore::row)
            .list();
  }

  /** What stands below a message: not the pictures that its text shows. */
  private static final String LISTED =
      """
      select attachment.* from attachment join message on message.id = attachment.message_id
      where (not attachment.inline or message.html is null)
      """;

  List<AttachmentRow> listedOfMessage(long messageId) {
    return jdbc.sql(LISTED + "and message.id = ? order by attachment.id")
        .param(messageId)
        .query(AttachmentStore::row)
        .list();
  }

  /** The newest {@value #MOST_LISTED}. */
  List<AttachmentRow> listedOfConversation(long conversationId) {
    return jdbc.sql(LISTED + "and message.conversation_id = ? order by attachment.id desc limit ?")
        .param(conversationId)
        .param(MOST_LISTED)
        .query(AttachmentStore::row)
        .list();
  }

  Optional<AttachmentRow> find(long id) {
    return jdbc.sql("select * from attachment where id = ?")
        .param(id)
        .query(AttachmentStore::row)
        .optional();
  }

  long insert(long agentId, AttachmentFile file, Instant now) {
    return jdbc.sql(
            """
            insert into attachment (uploaded_by, name, content_type, size, file, inline, created_at)
            values (:agent, :name, :type, :size, :file, false, :now) returning id
            """)
        .param("agent", agentId)
        .param("name", file.name())
        .param("type", file.contentType())
        .param("size", file.size())
        .param("file", file.file())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /** The same for a message that is there. */
  void insertFor(long messageId, long agentId, AttachmentFile file, Instant now) {
    long id = insert(agentId, file, now);
    attach(messageId, agentId, List.of(id));
  }

  /** Gives uploads of the agent to a message; returns how many there were. */
  int attach(long messageId, long agentId, Collection<Long> uploads) {
    return jdbc.sql(
            """
            update attachment set message_id = :message
            where id = any(:ids) and uploaded_by = :agent and message_id is null
            """)
        .param("message", messageId)
        .param("ids", uploads.toArray(Long[]::new))
        .param("agent", agentId)
        .update();
  }

  /** Those of the ids that the agent may show in this conversation: uploads, or files of it. */
  Set<Long> usable(Collection<Long> ids, long agentId, long conversationId) {
    return new HashSet<>(
        jdbc.sql(
                """
                select attachment.id from attachment left join message on message.id = attachment.message_id
                where attachment.id = any(:ids) and (message.conversation_id = :conversation
                  or (attachment.message_id is null and attachment.uploaded_by = :agent))
                """)
            .param("ids", ids.toArray(Long[]::new))
            .param("conversation", conversationId)
            .param("agent", agentId)
            .query(Long.class)
            .list());
  }

  /** Gives a message the images that its HTML shows: uploads themselves, of other files a copy. */
  void show(long messageId, @Nullable Long agentId, Collection<Long> ids) {
    jdbc.sql(
            """
            update attachment set message_id = :message, inline = true, content_id = 'image-' || id || '@shopbell'
            where id = any(:ids) and message_id is null
            """)
        .param("message", messageId)
        .param("ids", ids.toArray(Long[]::new))
        .update();
    copy(messageId, agentId, ids, true);
  }

  /** Gives a message the same files as others have; what it has itself is left out. */
  void copy(long messageId, @Nullable Long agentId, Collection<Long> ids, boolean shown) {
    jdbc.sql(
            """
            insert into attachment (message_id, uploaded_by, name, content_type, size, file, inline, content_id, created_at)
            select :message, :agent::bigint, name, content_type, size, file, :shown,
              case when :shown then 'image-' || id || '@shopbell' end, now()
            from attachment where id = any(:ids) and message_id <> :message order by id
            """)
        .param("message", messageId)
        .param("agent", agentId, java.sql.Types.BIGINT)
        .param("ids", ids.toArray(Long[]::new))
        .param("shown", shown)
        .update();
  }

  /** Makes the files of a message uploads of whoever uploaded them again. */
  void detach(long messageId) {
    jdbc.sql(
            """
            update attachment set message_id = null, inline = false, content_id = null
            where message_id = ? and uploaded_by is not null
            """)
        .param(messageId)
        .update();
  }

  @Override
  public Set<String> named(Collection<String> files) {
    return new HashSet<>(
        jdbc.sql(
                """
                select file from attachment where file = any(:files)
                union select file from library_file where file = any(:files)
                """)
            .param("files", files.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  static AttachmentRow row(ResultSet row, int n) throws SQLException {
    return new AttachmentRow(
        row.getLong("id"),
        row.getObject("message_id", Long.class),
        row.getObject("uploaded_by", Long.class),
        row.getString("name"),
        row.getString("content_type"),
        row.getLong("size"),
        row.getString("file"),
        row.getString("content_id"),
        row.getBoolean("inline"));
  }
}
