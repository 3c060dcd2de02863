package dev.shopbell.conversations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cache of pictures, and who is just filling it. */
@Component
class RemoteImageStore {
  private final JdbcClient jdbc;

  RemoteImageStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What a fetch came to: a picture, or words on why there is none. */
  sealed interface Fetched {
    record Picture(String contentType, byte[] content) implements Fetched {}

    record Nothing(String words) implements Fetched {}
  }

  /** The HTML of a message, as it was stored. */
  Optional<String> html(long messageId) {
    return jdbc.sql("select html from message where id = ? and html is not null")
        .param(messageId)
        .query(String.class)
        .optional();
  }

  /** What is there by now; a failure only for a while, then it may be tried again. */
  Optional<Fetched> find(String key, Instant failedAfter) {
    return jdbc.sql(
            """
            select content_type, content, failure from remote_image
            where key = :key and (content is not null or (failure is not null and fetched_at > :failed))
            """)
        .param("key", key)
        .param("failed", failedAfter.atOffset(ZoneOffset.UTC))
        .query(RemoteImageStore::row)
        .optional();
  }

  private static Fetched row(ResultSet row, int n) throws SQLException {
    String failure = row.getString("failure");
    return failure == null
        ? new Fetched.Picture(row.getString("content_type"), row.getBytes("content"))
        : new Fetched.Nothing(failure);
  }

  /** Whether the picture is the caller's to fetch: of all nodes and requests, one at a time. */
  boolean claim(String key, Instant now, Duration time, Instant failedAfter) {
    return jdbc.sql(
                """
                insert into remote_image (key, claimed_until) values (:key, :until)
                on conflict (key) do update set claimed_until = excluded.claimed_until
                where remote_image.claimed_until < :now and remote_image.content is null
                  and (remote_image.failure is null or remote_image.fetched_at <= :failed)
                """)
            .param("key", key)
            .param("until", now.plus(time).atOffset(ZoneOffset.UTC))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("failed", failedAfter.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  void keep(String key, Fetched fetched, Instant now) {
    String failure = fetched instanceof Fetched.Nothing nothing ? nothing.words() : null;
    byte @Nullable [] content =
        fetched instanceof Fetched.Picture picture ? picture.content() : null;
    jdbc.sql(
            """
            update remote_image set fetched_at = :now, claimed_until = :now, failure = :failure,
              content_type = :type, content = :content, size = :size
            where key = :key
            """)
        .param("key", key)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("failure", failure)
        .param("type", fetched instanceof Fetched.Picture picture ? picture.contentType() : null)
        .param("content", content, java.sql.Types.BINARY)
        .param("size", content == null ? 0 : content.length)
        .update();
  }

  /** Forgets what is older, and the oldest of what is more. */
  void forget(Instant before, long mostBytes) {
    jdbc.sql("delete from remote_image where coalesce(fetched_at, claimed_until) < ?")
        .param(before.atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql(
            """
            delete from remote_image where key in (
              select key from (
                select key, sum(size) over (order by fetched_at desc, key) as with_newer
                from remote_image where fetched_at is not null) as one
              where with_newer > ?)
            """)
        .param(mostBytes)
        .update();
  }
}
