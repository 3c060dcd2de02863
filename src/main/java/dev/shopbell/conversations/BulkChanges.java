package dev.shopbell.conversations;

import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.Agents;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes many conversations at once, with a way back. */
@Service
class BulkChanges {
  static final int MOST = 50_000;
  static final int MOST_NAMED = 5_000;
  private static final Duration KEPT = Duration.ofDays(7);

  private final BulkChangeStore store;
  private final Agents agents;
  private final Tasks tasks;
  private final Clock clock;

  BulkChanges(BulkChangeStore store, Agents agents, Tasks tasks, Clock clock) {
    this.store = store;
    this.agents = agents;
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * Which conversations.
   *
   * @param ids null: all that the filter leaves
   * @param except of all those, these not
   */
  record Selection(
      ConversationFilter filter, @Nullable Collection<Long> ids, Collection<Long> except) {}

  @Transactional
  BulkChange begin(Caller caller, Selection selection, BulkAction action) {
    check(action);
    long id = store.insert(caller.agentId(), action, null, clock.instant());
    int taken =
        selection.ids() == null
            ? store.takeAll(id, selection.filter(), selection.except(), MOST)
            : store.take(id, selection.filter(), selection.ids());
    if (taken > MOST) {
      throw Problem.invalid(
          "view", "More than " + MOST + " conversations cannot be changed at once. Choose fewer.");
    }
    return begun(id, caller);
  }

  private void check(BulkAction action) {
    switch (action) {
      case BulkAction.SetStatus status -> {
        if (status.status() == Status.snoozed
            && status.snoozedUntil() != null
            && !status.snoozedUntil().isAfter(clock.instant())) {
          throw Problem.invalid("snoozedUntil", "Say an instant in the future, or none.");
        }
      }
      case BulkAction.Assign assign -> {
        if (assign.agentId() != null && !agents.get(assign.agentId()).active()) {
          throw Problem.invalid("agentId", "This agent is switched off.");
        }
      }
      case BulkAction.SetPriority _, BulkAction.MarkRead _ -> {
        // Any will do.
      }
      case BulkAction.ChangeTags tags -> {
        if (tags.add().isEmpty() && tags.remove().isEmpty()) {
          throw Problem.invalid("addTags", "Say which tags to add or to remove.");
        }
      }
    }
  }

  private BulkChange begun(long id, Caller caller) {
    store.begin(id);
    tasks.schedule(RunBulkChange.class, id, clock.instant());
    return get(id, caller);
  }

  /**
   * Changes back what has been changed and nobody has touched since; asked again, it is the same.
   */
  @Transactional
  BulkChange undo(Caller caller, long id) {
    get(id, caller);
    // Waits for the batch that is under way.
    BulkChangeStore.Job job = store.lock(id).orElseThrow();
    if (job.undoes() != null) {
      throw Problem.conflict("This is an undo itself. Do the change again instead.");
    }
    Long before = store.undoneBy(id).orElse(null);
    if (before != null) {
      return get(before, caller);
    }
    if (!job.over()) {
      store.stop(id, clock.instant());
    }
    long undo = store.insert(caller.agentId(), job.action(), id, clock.instant());
    store.takeChangedBy(undo, id);
    return begun(undo, caller);
  }

  /**
   * @throws Problem if there is none of that id, or it is somebody else's
   */
  BulkChange get(long id, Caller caller) {
    return store
        .find(id, caller.agentId())
        .orElseThrow(() ->
            Problem.notFound(
                "There is no change "
                    + id
                    + " of yours; they are kept for "
                    + KEPT.toDays()
                    + " days."));
  }

  static List<Long> ids(@Nullable List<Long> ids, String field) {
    if (ids == null) {
      return List.of();
    }
    if (ids.size() > MOST_NAMED) {
      throw Problem.invalid(
          field, "At most " + MOST_NAMED + " ids. For more, name a view or conditions.");
    }
    return ids;
  }

  @Scheduled(fixedDelay = 3_600_000, initialDelay = 600_000)
  @Transactional
  public void forget() {
    store.removeBefore(clock.instant().minus(KEPT));
  }
}
