package dev.shopbell.conversations;

import dev.shopbell.brands.Brands;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Files that the agents of a brand attach again and again. */
@Service
class LibraryFiles {
  private static final int MOST = 500;

  private final JdbcClient jdbc;
  private final AttachmentStore attachments;
  private final Brands brands;
  private final Clock clock;

  LibraryFiles(JdbcClient jdbc, AttachmentStore attachments, Brands brands, Clock clock) {
    this.jdbc = jdbc;
    this.attachments = attachments;
    this.brands = brands;
    this.clock = clock;
  }

  /**
   * @param size in bytes
   * @param addedBy the agent's name; null once they are gone
   */
  record LibraryFile(
      long id,
      long brandId,
      String name,
      String contentType,
      long size,
      @Nullable String addedBy,
      Instant createdAt) {}

  List<LibraryFile> of(@Nullable Long brandId) {
    return jdbc.sql(
            """
            select library_file.id, brand_id, library_file.name, content_type, size, agent.name as added_by,
              library_file.created_at
            from library_file left join agent on agent.id = library_file.created_by
            where :brand::bigint is null or brand_id = :brand
            order by lower(library_file.name), library_file.id limit :most
            """)
        .param("brand", brandId, java.sql.Types.BIGINT)
        .param("most", MOST)
        .query((row, n) ->
            new LibraryFile(
                row.getLong("id"),
                row.getLong("brand_id"),
                row.getString("name"),
                row.getString("content_type"),
                row.getLong("size"),
                row.getString("added_by"),
                row.getTimestamp("created_at").toInstant()))
        .list();
  }

  /** Takes a file that was uploaded, or came with a message, into the library. */
  @Transactional
  LibraryFile add(long agentId, long brandId, AttachmentStore.AttachmentRow file) {
    brands.get(brandId);
    if (of(brandId).size() >= MOST) {
      throw Problem.conflict("A library holds at most " + MOST + " files.");
    }
    long id =
        jdbc.sql(
                """
                insert into library_file (brand_id, name, content_type, size, file, created_by, created_at)
                values (:brand, :name, :type, :size, :file, :agent, :now) returning id
                """)
            .param("brand", brandId)
            .param("name", file.name())
            .param("type", file.contentType())
            .param("size", file.size())
            .param("file", file.file())
            .param("agent", agentId)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    return of(brandId).stream().filter(one -> one.id() == id).findFirst().orElseThrow();
  }

  /** Makes an upload of the agent of it, to go with a message. */
  @Transactional
  AttachmentStore.AttachmentRow take(long agentId, long id) {
    AttachmentFile file =
        jdbc.sql("select name, content_type, size, file from library_file where id = ?")
            .param(id)
            .query((row, n) ->
                new AttachmentFile(
                    row.getString("name"),
                    row.getString("content_type"),
                    row.getLong("size"),
                    row.getString("file"),
                    null,
                    false))
            .optional()
            .orElseThrow(() -> unknown(id));
    long upload = attachments.insert(agentId, file, clock.instant());
    return attachments.find(upload).orElseThrow();
  }

  @Transactional
  void remove(long id) {
    if (jdbc.sql("delete from library_file where id = ?").param(id).update() == 0) {
      throw unknown(id);
    }
  }

  private static Problem unknown(long id) {
    return Problem.notFound("There is no file " + id + " in the library.");
  }
}
