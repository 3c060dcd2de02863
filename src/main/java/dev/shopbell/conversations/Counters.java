package dev.shopbell.conversations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * How many conversations each view holds. Agents who ask at the same moment share one answer:
 * whoever comes while it is being read waits for the next reading, so that nobody gets one older
 * than their question.
 */
@Component
class Counters {
  private static final long MOST = 9_999;

  private final ConversationStore store;
  private final ReentrantLock reading = new ReentrantLock();
  private Reading last;

  Counters(ConversationStore store) {
    this.store = store;
    this.last = new Reading(System.nanoTime(), List.of());
  }

  /** Each at most {@value #MOST}. */
  @Schema(name = "ConversationCounters")
  record Values(long mine, long unassigned, long open, long waiting, long snoozed, long spam) {}

  private record Reading(long startedAt, List<ConversationStore.Count> counts) {}

  Values of(long agentId) {
    long asked = System.nanoTime();
    reading.lock();
    List<ConversationStore.Count> counts;
    try {
      if (last.startedAt() - asked < 0) {
        long started = System.nanoTime();
        last = new Reading(started, store.counts());
      }
      counts = last.counts();
    } finally {
      reading.unlock();
    }
    long mine = 0;
    long unassigned = 0;
    long[] byStatus = new long[Status.values().length];
    for (ConversationStore.Count count : counts) {
      byStatus[count.status().ordinal()] += count.count();
      if (count.status() == Status.open && count.assigneeId() == null) {
        unassigned += count.count();
      } else if (count.status() == Status.open
          && Long.valueOf(agentId).equals(count.assigneeId())) {
        mine += count.count();
      }
    }
    return new Values(
        capped(mine),
        capped(unassigned),
        capped(byStatus[Status.open.ordinal()]),
        capped(byStatus[Status.waiting.ordinal()]),
        capped(byStatus[Status.snoozed.ordinal()]),
        capped(byStatus[Status.spam.ordinal()]));
  }

  private static long capped(long count) {
    return Math.min(count, MOST);
  }
}
