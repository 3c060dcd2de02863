package dev.shopbell.conversations;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides how the kept conversation stands after a merge, and after that is undone. */
final class Merging {
  /** Whoever is further in front decides: an open matter is not hidden in a resolved one. */
  private static final List<Status> AWAKE =
      List.of(Status.open, Status.waiting, Status.snoozed, Status.resolved, Status.spam);

  private Merging() {}

  static MoveState.Standing merged(MoveState.Standing kept, MoveState.Standing other) {
    boolean takesOther = AWAKE.indexOf(other.status()) < AWAKE.indexOf(kept.status());
    MoveState.Standing leading = takesOther ? other : kept;
    Set<Long> tags = new LinkedHashSet<>(kept.tagIds());
    tags.addAll(other.tagIds());
    return new MoveState.Standing(
        leading.status(),
        leading.snoozedUntil(),
        leading.resolvedAt(),
        leading.status() == Status.resolved
            ? null
            : earlier(kept.waitingSince(), other.waitingSince()),
        kept.priority().compareTo(other.priority()) >= 0 ? kept.priority() : other.priority(),
        kept.assigneeId() == null ? other.assigneeId() : kept.assigneeId(),
        List.copyOf(tags),
        leading.spamReason());
  }

  /** What the merge changed is as before; what was changed since stays so. */
  static MoveState.Standing undone(
      MoveState.Standing before, MoveState.Standing after, MoveState.Standing now) {
    boolean standsAsMerged =
        now.status() == after.status() && Objects.equals(now.snoozedUntil(), after.snoozedUntil());
    MoveState.Standing status = standsAsMerged ? before : now;
    Set<Long> tags = new LinkedHashSet<>(now.tagIds());
    after.tagIds().stream().filter(tag -> !before.tagIds().contains(tag)).forEach(tags::remove);
    return new MoveState.Standing(
        status.status(),
        status.snoozedUntil(),
        status.resolvedAt(),
        Objects.equals(now.waitingSince(), after.waitingSince())
            ? before.waitingSince()
            : now.waitingSince(),
        now.priority() == after.priority() ? before.priority() : now.priority(),
        Objects.equals(now.assigneeId(), after.assigneeId())
            ? before.assigneeId()
            : now.assigneeId(),
        List.copyOf(tags),
        status.spamReason());
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }
}
