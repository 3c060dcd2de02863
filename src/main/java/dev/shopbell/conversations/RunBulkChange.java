package dev.shopbell.conversations;

import dev.shopbell.conversations.BulkChangeStore.Before;
import dev.shopbell.conversations.BulkChangeStore.Outcome;
import dev.shopbell.conversations.BulkChangeStore.Result;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.tasks.Task;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does a change to many conversations, batch by batch. A batch, its facts and what became of each
 * are one transaction: after a crash it goes on where it was, and nothing is done twice.
 */
@Component
class RunBulkChange implements Task {
  private static final int BATCH = 50;

  private final BulkChangeStore store;
  private final ConversationStore conversations;
  private final Changes changes;
  private final Assignments assignments;
  private final Readings readings;
  private final TransactionTemplate transaction;
  private final Clock clock;

  RunBulkChange(
      BulkChangeStore store,
      ConversationStore conversations,
      Changes changes,
      Assignments assignments,
      Readings readings,
      TransactionTemplate transaction,
      Clock clock) {
    this.store = store;
    this.conversations = conversations;
    this.changes = changes;
    this.assignments = assignments;
    this.readings = readings;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public Done run(long id) {
    while (Boolean.TRUE.equals(transaction.execute(status -> batch(id)))) {
      if (Thread.currentThread().isInterrupted()) {
        return new Done.Again(clock.instant());
      }
    }
    return new Done.Finished();
  }

  /** Whether there may be more. */
  private boolean batch(long id) {
    BulkChangeStore.Job job = store.lock(id).orElse(null);
    if (job == null || job.over()) {
      return false;
    }
    List<BulkChangeStore.Item> items = store.pending(id, BATCH);
    if (items.isEmpty()) {
      store.finish(id, clock.instant());
      return false;
    }
    List<Result> results = new ArrayList<>();
    for (BulkChangeStore.Item item : items) {
      results.add(one(job, item));
    }
    store.record(id, results);
    if (items.size() < BATCH) {
      store.finish(id, clock.instant());
    }
    return items.size() == BATCH;
  }

  private Result one(BulkChangeStore.Job job, BulkChangeStore.Item item) {
    long id = item.conversationId();
    ConversationStore.Current current = conversations.lock(id).orElse(null);
    if (current == null) {
      return refused(id, "There is no such conversation.");
    }
    if (conversations.current(id) != id) {
      return refused(id, "It has been merged into another since.");
    }
    try {
      Actor actor = Actor.agent(job.agentId());
      return job.undoes() == null
          ? change(actor, current, job.action())
          : undo(actor, current, job.action(), Objects.requireNonNull(item.before()));
    } catch (Problem problem) {
      return refused(id, Objects.requireNonNullElse(problem.getMessage(), "It was refused."));
    }
  }

  private static Result refused(long id, String reason) {
    return new Result(id, Outcome.refused, reason, null);
  }

  private static Result result(
      ConversationStore.Current was, boolean changed, List<Long> added, List<Long> removed) {
    return new Result(
        was.id(),
        changed ? Outcome.changed : Outcome.unchanged,
        null,
        changed
            ? new Before(
                was.status(),
                was.snoozedUntil(),
                was.waitingSince(),
                was.assigneeId(),
                was.priority(),
                added,
                removed)
            : null);
  }

  private Result change(Actor actor, ConversationStore.Current was, BulkAction action) {
    return switch (action) {
      case BulkAction.SetStatus(var status, var until) -> {
        changes.setStatus(actor, was, status, until);
        boolean same =
            was.status() == status
                && (status != Status.snoozed || Objects.equals(was.snoozedUntil(), until));
        yield result(was, !same, List.of(), List.of());
      }
      case BulkAction.Assign(var agent) -> {
        assignments.give(actor, was, agent);
        yield result(was, !Objects.equals(was.assigneeId(), agent), List.of(), List.of());
      }
      case BulkAction.SetPriority(var priority) -> {
        changes.setPriority(actor, was, priority);
        yield result(was, was.priority() != priority, List.of(), List.of());
      }
      case BulkAction.ChangeTags(var add, var remove) -> {
        List<Long> added =
            changes.currentTags(add).stream().filter(tag -> !was.tagIds().contains(tag)).toList();
        List<Long> removed =
            changes.currentTags(remove).stream().filter(was.tagIds()::contains).toList();
        changes.setTags(actor, was, tags(was, added, removed));
        yield result(was, !added.isEmpty() || !removed.isEmpty(), added, removed);
      }
      case BulkAction.MarkRead _ ->
          result(was, readings.sawAll(agentOf(actor), was), List.of(), List.of());
    };
  }

  private static long agentOf(Actor actor) {
    return Objects.requireNonNull(actor.id());
  }

  private static Set<Long> tags(
      ConversationStore.Current was, List<Long> added, List<Long> removed) {
    Set<Long> tags = new LinkedHashSet<>(was.tagIds());
    removed.forEach(tags::remove);
    tags.addAll(added);
    return tags;
  }

  private Result undo(
      Actor actor, ConversationStore.Current now, BulkAction action, Before before) {
    return switch (action) {
      case BulkAction.SetStatus(var status, var until) -> {
        if (now.status() != status
            || (status == Status.snoozed && !Objects.equals(now.snoozedUntil(), until))) {
          yield changedSince(now, now.status() == before.status());
        }
        changes.restoreStatus(actor, now, before);
        yield result(now, true, List.of(), List.of());
      }
      case BulkAction.Assign(var agent) -> {
        if (!Objects.equals(now.assigneeId(), agent)) {
          yield changedSince(now, Objects.equals(now.assigneeId(), before.assigneeId()));
        }
        changes.assign(actor, now, before.assigneeId());
        yield result(now, true, List.of(), List.of());
      }
      case BulkAction.SetPriority(var priority) -> {
        if (now.priority() != priority) {
          yield changedSince(now, now.priority() == before.priority());
        }
        changes.setPriority(actor, now, before.priority());
        yield result(now, true, List.of(), List.of());
      }
      case BulkAction.ChangeTags tags -> {
        List<Long> back =
            changes.currentTags(before.removedTags()).stream()
                .filter(tag -> !now.tagIds().contains(tag))
                .toList();
        List<Long> off =
            changes.currentTags(before.addedTags()).stream()
                .filter(now.tagIds()::contains)
                .toList();
        changes.setTags(actor, now, tags(now, back, off));
        yield result(now, !back.isEmpty() || !off.isEmpty(), back, off);
      }
      case BulkAction.MarkRead _ -> {
        readings.unsee(agentOf(actor), conversations.find(now.id(), agentOf(actor)).orElseThrow());
        yield result(now, true, List.of(), List.of());
      }
    };
  }

  private static Result changedSince(ConversationStore.Current now, boolean already) {
    return already
        ? new Result(now.id(), Outcome.unchanged, null, null)
        : refused(now.id(), "Somebody has changed it since.");
  }
}
