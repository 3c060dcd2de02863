package dev.shopbell.conversations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the conversations of a move stood.
 *
 * @param from the one that was merged, or that messages were taken from
 * @param to the one that was kept, before; null in a split
 * @param after the one that was kept, afterwards; null in a split
 * @param drafts what each agent had begun to write in the kept one, before and after; only where
 *     that differs
 */
record MoveState(
    Standing from, @Nullable Standing to, @Nullable Standing after, List<DraftChange> drafts) {

  record Standing(
      Status status,
      @Nullable Instant snoozedUntil,
      @Nullable Instant resolvedAt,
      @Nullable Instant waitingSince,
      Priority priority,
      @Nullable Long assigneeId,
      List<Long> tagIds,
      @Nullable String spamReason) {

    /** The same, waiting since then. */
    Standing waiting(@Nullable Instant since) {
      return new Standing(
          status, snoozedUntil, resolvedAt, since, priority, assigneeId, tagIds, spamReason);
    }

    Standing opened() {
      return new Standing(
          Status.open, null, null, waitingSince, priority, assigneeId, tagIds, spamReason);
    }
  }

  record DraftChange(long agentId, DraftKind kind, @Nullable String before, String after) {}
}
