package dev.shopbell.platform.facts;

import java.time.Duration;
import java.util.List;

/**
 * A slot: whoever reacts to facts. Each reads the whole log in order from its own cursor, on one
 * node at a time. {@link #read} runs in the transaction that moves the cursor, so what it writes
 * happens exactly once; it must not call out to other systems but stage a task for that. A batch
 * that fails is read again one by one; a fact that keeps failing is parked.
 */
public interface FactConsumer {
  /** Names the cursor: must never change once released. */
  default String consumerName() {
    return getClass().getSimpleName();
  }

  /**
   * How long it waits for more after a batch that was not full. A turn costs the same for one fact
   * as for many, so what nobody waits for may take longer.
   */
  default Duration gathering() {
    return Duration.ofMillis(10);
  }

  void read(List<StoredFact> batch);
}
