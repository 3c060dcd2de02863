package dev.shopbell.conversations;

import dev.shopbell.platform.tasks.Task;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Has the conversations of a tag that was merged follow it, batch by batch. */
@Component
class CarryTag implements Task {
  private static final int FIRST = 1_000;
  private static final int BATCH = 500;
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final TagStore store;
  private final TransactionTemplate transaction;
  private final Clock clock;

  CarryTag(TagStore store, TransactionTemplate transaction, Clock clock) {
    this.store = store;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** So many follow at once, in the transaction of the merge: mostly that is all. */
  void first(long id, long into) {
    store.carry(id, into, FIRST);
  }

  @Override
  public Done run(long id) {
    Long into = store.find(id).map(TagStore.Stored::mergedInto).orElse(null);
    if (into == null) {
      return new Done.Finished();
    }
    Integer carried;
    do {
      carried = transaction.execute(status -> store.carry(id, into, BATCH));
    } while (carried != null && carried > 0 && !Thread.currentThread().isInterrupted());
    return store.isBorne(id) ? new Done.Again(clock.instant().plus(BUSY)) : new Done.Finished();
  }
}
