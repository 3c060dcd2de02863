package dev.shopbell.conversations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The files of messages, and uploads that no message has taken yet. */
@Component
class AttachmentStore {
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
      boolean inline) {}

  List<AttachmentRow> ofMessages(List<Long> messageIds) {
    return messageIds.isEmpty()
        ? List.of()
        : jdbc.sql("select * from attachment where message_id = any(:ids) order by id")
            .param("ids", messageIds.toArray(Long[]::new))
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

  /** Gives uploads of the agent to a message; returns how many there were. */
  int attach(long messageId, long agentId, List<Long> uploads) {
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

  void detach(long messageId) {
    jdbc.sql(
            "update attachment set message_id = null where message_id = ? and uploaded_by is not null")
        .param(messageId)
        .update();
  }

  private static AttachmentRow row(ResultSet row, int n) throws SQLException {
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
