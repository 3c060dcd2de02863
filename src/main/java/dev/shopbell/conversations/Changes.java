package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes of a conversation that has been locked, each with its fact. */
@Component
class Changes {
  private static final int MOST_TAGS = 50;

  private final ConversationStore store;
  private final MessageStore messages;
  private final BulkChangeStore bulk;
  private final TagStore tags;
  private final Facts facts;
  private final Clock clock;

  Changes(
      ConversationStore store,
      MessageStore messages,
      BulkChangeStore bulk,
      TagStore tags,
      Facts facts,
      Clock clock) {
    this.store = store;
    this.messages = messages;
    this.bulk = bulk;
    this.tags = tags;
    this.facts = facts;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  ConversationStore.Current lock(long id) {
    return store
        .lock(id)
        .orElseThrow(() -> Problem.notFound("There is no conversation " + id + "."));
  }

  long start(Actor actor, long brandId, long customerId, String subject) {
    long id = store.insertStarted(brandId, customerId, subject, "email", clock.instant());
    facts.append(actor, new ConversationStarted(brandId, id, customerId));
    return id;
  }

  /** The customer no longer waits for us. */
  void answered(long id) {
    store.nobodyWaits(id);
  }

  void assign(Actor actor, ConversationStore.Current conversation, @Nullable Long agentId) {
    if (!Objects.equals(conversation.assigneeId(), agentId)) {
      store.setAssignee(conversation.id(), agentId);
      facts.append(
          actor,
          new ConversationAssigned(
              conversation.brandId(), conversation.id(), conversation.assigneeId(), agentId));
    }
  }

  void assignTeam(Actor actor, ConversationStore.Current conversation, @Nullable Long teamId) {
    if (!Objects.equals(conversation.teamId(), teamId)) {
      store.setTeam(conversation.id(), teamId);
      facts.append(
          actor,
          new ConversationTeamAssigned(
              conversation.brandId(), conversation.id(), conversation.teamId(), teamId));
    }
  }

  void setStatus(
      Actor actor,
      ConversationStore.Current conversation,
      Status status,
      @Nullable Instant snoozedUntil) {
    Instant now = clock.instant();
    if (status == Status.snoozed && snoozedUntil != null && !snoozedUntil.isAfter(now)) {
      throw Problem.invalid("snoozedUntil", "Say an instant in the future, or none.");
    }
    if (conversation.status() != status
        || (status == Status.snoozed
            && !Objects.equals(conversation.snoozedUntil(), snoozedUntil))) {
      store.setStatus(conversation.id(), status, snoozedUntil, now);
      facts.append(
          actor,
          new ConversationStatusChanged(
              conversation.brandId(), conversation.id(), conversation.status(), status));
    }
  }

  void setPriority(Actor actor, ConversationStore.Current conversation, Priority priority) {
    if (conversation.priority() != priority) {
      store.setPriority(conversation.id(), priority);
      facts.append(
          actor,
          new ConversationPriorityChanged(
              conversation.brandId(), conversation.id(), conversation.priority(), priority));
    }
  }

  /** What stands for these tags now. */
  Set<Long> currentTags(Collection<Long> ids) {
    return tags.current(ids);
  }

  /** Sets the whole set of tags: what stands for them where some have been merged. */
  void setTags(Actor actor, ConversationStore.Current conversation, Set<Long> asked) {
    Set<Long> wanted = tags.current(asked);
    if (wanted.size() > MOST_TAGS) {
      throw Problem.invalid("tags", "A conversation has at most " + MOST_TAGS + " tags.");
    }
    List<Long> had = conversation.tagIds();
    List<Long> added = wanted.stream().filter(tag -> !had.contains(tag)).toList();
    List<Long> removed = had.stream().filter(tag -> !wanted.contains(tag)).toList();
    if (!added.isEmpty() || !removed.isEmpty()) {
      store.setTags(conversation.id(), wanted);
      facts.append(
          actor, new ConversationTagged(conversation.brandId(), conversation.id(), added, removed));
    }
  }

  /** Puts a status back as it was before many were changed. */
  void restoreStatus(
      Actor actor, ConversationStore.Current conversation, BulkChangeStore.Before before) {
    bulk.restoreStatus(conversation.id(), before, clock.instant());
    facts.append(
        actor,
        new ConversationStatusChanged(
            conversation.brandId(), conversation.id(), conversation.status(), before.status()));
  }

  /** Sets a conversation back to how it was before a reply that is taken back. */
  void restore(Actor actor, ConversationStore.Current conversation, Replies.Before before) {
    messages.restore(conversation.id(), before);
    if (!Objects.equals(conversation.assigneeId(), before.assigneeId())) {
      facts.append(
          actor,
          new ConversationAssigned(
              conversation.brandId(),
              conversation.id(),
              conversation.assigneeId(),
              before.assigneeId()));
    }
    if (conversation.status() != before.status()) {
      facts.append(
          actor,
          new ConversationStatusChanged(
              conversation.brandId(), conversation.id(), conversation.status(), before.status()));
    }
  }
}
