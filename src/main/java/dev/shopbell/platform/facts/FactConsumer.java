package dev.shopbell.platform.facts;

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

  void read(List<StoredFact> batch);
}
