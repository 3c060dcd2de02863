package dev.shopbell.platform.tasks;

import java.time.Instant;

/**
 * A slot: something that has to happen at a time, for one row. Staged with {@link Tasks#schedule}
 * in the transaction of the change, run once by one node. A run that throws, or whose node dies, is
 * run again: so it must be safe to repeat.
 */
public interface Task {
  /** Names the task in the database: must never change once released. */
  default String taskName() {
    return getClass().getSimpleName();
  }

  Done run(long id);

  sealed interface Done {
    /** Nothing more to do for this row. */
    record Finished() implements Done {}

    /** Run again then. */
    record Again(Instant at) implements Done {}
  }
}
