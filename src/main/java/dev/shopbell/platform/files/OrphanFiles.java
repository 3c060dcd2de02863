package dev.shopbell.platform.files;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Once a day, removes files that no row names: their program died before it wrote the row, or the
 * rows went with a restored database. What was stored within a day is left alone. Where many files
 * are nobody's something else is wrong, such as two shops in one bucket: then none is removed, and
 * the page of the installation's state says so.
 */
@Component
class OrphanFiles {
  private static final Logger log = LoggerFactory.getLogger(OrphanFiles.class);
  private static final Duration UNSETTLED = Duration.ofDays(1);
  private static final int BATCH = 500;

  /** So many are believed to be orphans, however few there are besides. */
  private static final int FEW = 100;

  /** Beyond that, one in so many. */
  private static final int SHARE = 20;

  private final FileStore files;
  private final List<FileUse> rooms;
  private final Clock clock;
  private volatile @Nullable Count refused;

  OrphanFiles(FileStore files, List<FileUse> rooms, Clock clock) {
    this.files = files;
    this.rooms = rooms;
    this.clock = clock;
  }

  /**
   * @param orphans that no row names
   * @param files of all
   */
  record Count(int orphans, int files) {}

  /** Null where all orphans were removed. */
  @Nullable Count refused() {
    return refused;
  }

  @Scheduled(fixedDelay = 24 * 3_600_000, initialDelay = 3_600_000)
  void collectDaily() {
    try {
      collect();
    } catch (IOException e) {
      log.warn("Files that nobody needs could not be looked for: {}", e.toString());
    }
  }

  /** Looks through all of them, on every node; to remove one twice does no harm. */
  void collect() throws IOException {
    List<String> orphans = new ArrayList<>();
    List<String> batch = new ArrayList<>();
    int[] all = new int[1];
    files.each(file -> {
      all[0]++;
      batch.add(file.hash());
      if (batch.size() == BATCH) {
        orphans.addAll(unnamed(batch));
        batch.clear();
      }
    });
    orphans.addAll(unnamed(batch));
    if (orphans.size() > Math.max(FEW, all[0] / SHARE)) {
      refused = new Count(orphans.size(), all[0]);
      log.warn("{} of {} files are named by no row. None was removed.", orphans.size(), all[0]);
      return;
    }
    refused = null;
    remove(orphans);
  }

  private void remove(List<String> orphans) throws IOException {
    Instant settled = clock.instant().minus(UNSETTLED);
    int removed = 0;
    for (int i = 0; i < orphans.size(); i += BATCH) {
      // asked again: what nobody had named may be somebody's since
      for (String file : unnamed(orphans.subList(i, Math.min(orphans.size(), i + BATCH)))) {
        removed += files.delete(file, settled) ? 1 : 0;
      }
    }
    files.removeUnfinished(settled);
    if (removed > 0) {
      log.info("Removed {} files that no row names.", removed);
    }
  }

  private Set<String> unnamed(List<String> some) {
    Set<String> left = some.stream().collect(Collectors.toSet());
    if (!left.isEmpty()) {
      rooms.forEach(room -> left.removeAll(room.named(some)));
    }
    return left;
  }
}
