package dev.shopbell.conversations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done to each of many conversations. */
sealed interface BulkAction {
  record SetStatus(Status status, @Nullable Instant snoozedUntil) implements BulkAction {}

  /** Null: to nobody. */
  record Assign(@Nullable Long agentId) implements BulkAction {}

  record SetPriority(Priority priority) implements BulkAction {}

  /** By their ids. */
  record ChangeTags(List<Long> add, List<Long> remove) implements BulkAction {}

  /** Whoever asks has seen it. */
  record MarkRead() implements BulkAction {}

  /** As it is kept: the one of them that is not null. */
  record Kept(
      @Nullable SetStatus status,
      @Nullable Assign assign,
      @Nullable SetPriority priority,
      @Nullable ChangeTags tags,
      @Nullable MarkRead read) {
    static Kept of(BulkAction action) {
      return switch (action) {
        case SetStatus status -> new Kept(status, null, null, null, null);
        case Assign assign -> new Kept(null, assign, null, null, null);
        case SetPriority priority -> new Kept(null, null, priority, null, null);
        case ChangeTags tags -> new Kept(null, null, null, tags, null);
        case MarkRead read -> new Kept(null, null, null, null, read);
      };
    }

    BulkAction action() {
      if (status != null) {
        return status;
      }
      if (assign != null) {
        return assign;
      }
      if (priority != null) {
        return priority;
      }
      return tags != null ? tags : new MarkRead();
    }
  }
}
