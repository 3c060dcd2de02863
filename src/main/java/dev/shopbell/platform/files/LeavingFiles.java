package dev.shopbell.platform.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files whose rows went. The same bytes may belong to others, so each is removed only when no room
 * names it, and when nobody has stored it again of late.
 */
@Component
public class LeavingFiles {
  /** So long it may take from storing a file to the row that names it. */
  private static final Duration UNSETTLED = Duration.ofMinutes(5);

  private static final int BATCH = 50;

  /** Of the advisory lock: one node at a time, which writes nothing before the files are gone. */
  private static final int LOCK = 0x46494c45;

  private final JdbcClient jdbc;
  private final FileStore files;
  private final List<FileUse> rooms;
  private final TransactionTemplate transaction;
  private final Clock clock;

  LeavingFiles(
      JdbcClient jdbc,
      FileStore files,
      List<FileUse> rooms,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.files = files;
    this.rooms = rooms;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * In the transaction that removes rows that named them.
   *
   * @param hashes of files that others may still need
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(Collection<String> hashes) {
    jdbc.sql(
            """
            insert into leaving_file (file, due_at) select distinct file, :now::timestamptz
            from unnest(:files::text[]) as one (file) order by file on conflict do nothing
            """)
        .param("files", hashes.toArray(String[]::new))
        .param("now", clock.instant().toString())
        .update();
  }

  @Scheduled(fixedDelay = 5_000)
  void remove() {
    while (Boolean.TRUE.equals(transaction.execute(status -> removeSome()))) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /** Whether there may be more. */
  private boolean removeSome() {
    List<String> due =
        jdbc.sql(
                """
                select file from leaving_file where due_at <= :now and pg_try_advisory_xact_lock(:lock)
                order by due_at limit :limit
                """)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("lock", LOCK)
            .param("limit", BATCH)
            .query(String.class)
            .list();
    if (due.isEmpty()) {
      return false;
    }
    Set<String> named = new HashSet<>();
    rooms.forEach(room -> named.addAll(room.named(due)));
    Instant settled = clock.instant().minus(UNSETTLED);
    List<String> done = new ArrayList<>();
    for (String file : due) {
      if (named.contains(file) || isGone(file, settled)) {
        done.add(file);
      }
    }
    jdbc.sql("delete from leaving_file where file = any(?)")
        .param(done.toArray(String[]::new))
        .update();
    jdbc.sql("update leaving_file set due_at = :later where file = any(:files)")
        .param("later", clock.instant().plus(UNSETTLED).atOffset(ZoneOffset.UTC))
        .param("files", due.toArray(String[]::new))
        .update();
    return due.size() == BATCH;
  }

  private boolean isGone(String file, Instant settled) {
    try {
      return files.delete(file, settled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
