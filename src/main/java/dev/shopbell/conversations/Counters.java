package dev.shopbell.conversations;

import dev.shopbell.platform.web.Sight;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many conversations each view holds. Agents who ask at the same moment share one answer:
 * whoever comes while it is being read waits for the next reading, so that nobody gets one older
 * than their question.
 */
@Component
class Counters {
  private static final long MOST = 9_999;

  private final JdbcClient jdbc;
  private final ReentrantLock reading = new ReentrantLock();
  private Reading last;

  Counters(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.last = new Reading(System.nanoTime(), List.of());
  }

  /** Each at most {@value #MOST}. */
  @Schema(name = "ConversationCounters")
  record Values(
      long mine, long unassigned, long teams, long open, long waiting, long snoozed, long spam) {}

  /** How many there are by status, assignee and team; what is resolved is not counted. */
  private record Count(
      Status status, @Nullable Long assigneeId, @Nullable Long teamId, long count) {}

  private record Reading(long startedAt, List<Count> counts) {}

  Values of(Sight sight) {
    return values(sight, sight.everything() ? shared() : read(Seen.by(sight)));
  }

  private List<Count> shared() {
    long asked = System.nanoTime();
    reading.lock();
    try {
      if (last.startedAt() - asked < 0) {
        long started = System.nanoTime();
        last = new Reading(started, read(new Seen("", Map.of())));
      }
      return last.counts();
    } finally {
      reading.unlock();
    }
  }

  private List<Count> read(Seen seen) {
    return jdbc.sql(
            """
            select status, assignee_id, team_id, count(*) from conversation where status <> 'resolved' %s
            group by status, assignee_id, team_id
            """
                .formatted(seen.and()))
        .params(seen.parameters())
        .query((row, n) ->
            new Count(
                Status.valueOf(row.getString(1)),
                row.getObject(2, Long.class),
                row.getObject(3, Long.class),
                row.getLong(4)))
        .list();
  }

  private static Values values(Sight sight, List<Count> counts) {
    long teams = 0;
    long mine = 0;
    long unassigned = 0;
    long[] byStatus = new long[Status.values().length];
    for (Count count : counts) {
      byStatus[count.status().ordinal()] += count.count();
      if (count.status() == Status.open
          && count.teamId() != null
          && sight.teams().contains(count.teamId())) {
        teams += count.count();
      }
      if (count.status() == Status.open && count.assigneeId() == null) {
        unassigned += count.count();
      } else if (count.status() == Status.open
          && Long.valueOf(sight.agentId()).equals(count.assigneeId())) {
        mine += count.count();
      }
    }
    return new Values(
        capped(mine),
        capped(unassigned),
        capped(teams),
        capped(byStatus[Status.open.ordinal()]),
        capped(byStatus[Status.waiting.ordinal()]),
        capped(byStatus[Status.snoozed.ordinal()]),
        capped(byStatus[Status.spam.ordinal()]));
  }

  private static long capped(long count) {
    return Math.min(count, MOST);
  }
}
