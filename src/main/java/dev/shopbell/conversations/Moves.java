package dev.shopbell.conversations;

import dev.shopbell.customers.Customers;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Moved;
import dev.shopbell.platform.web.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes several conversations one, and one two; both can be undone.
 *
 * <p>A conversation that is merged gives away its messages and nothing else: it stays as a pointer,
 * by which its number, its links and mail to its address lead to the one that stands for it. What
 * is undone is undone in the reverse order: the last first.
 */
@Service
class Moves {
  private static final int MOST = 20;

  private final MoveStore store;
  private final ConversationStore conversations;
  private final MessageStore messages;
  private final AgentsPart agents;
  private final Customers customers;
  private final Changes changes;
  private final Facts facts;

  Moves(
      MoveStore store,
      ConversationStore conversations,
      MessageStore messages,
      AgentsPart agents,
      Customers customers,
      Changes changes,
      Facts facts) {
    this.store = store;
    this.conversations = conversations;
    this.messages = messages;
    this.agents = agents;
    this.customers = customers;
    this.changes = changes;
    this.facts = facts;
  }

  /**
   * Merges conversations into one.
   *
   * @param otherCustomers whether those of other customers may be among them; they become
   *     participants, each answered by themselves
   * @return the moves, to be undone from the last to the first
   * @throws Problem if they are not of one brand, or one has been merged already
   */
  @Transactional
  public List<Long> merge(long agentId, long keptId, List<Long> others, boolean otherCustomers) {
    Set<Long> merged = new LinkedHashSet<>(others);
    if (merged.isEmpty() || merged.size() > MOST || merged.contains(keptId)) {
      throw Problem.invalid(
          "conversationIds", "Name 1 to " + MOST + " other conversations to be merged into this.");
    }
    Set<Long> all = new HashSet<>(merged);
    all.add(keptId);
    Map<Long, MoveStore.Locked> locked = store.lock(all);
    MoveStore.Locked kept = standing(locked, keptId);
    List<MoveStore.Locked> checked = new ArrayList<>();
    for (long id : merged) {
      MoveStore.Locked other = locked.get(id);
      if (other != null && other.mergedInto() != null) {
        throw Problem.conflict(
            "#" + id + " has been merged into #" + other.mergedInto() + " already.");
      }
      checked.add(mergeable(kept, standing(locked, id), otherCustomers));
    }
    List<Long> moves = new ArrayList<>();
    // As exact as the database keeps it: what is undone is found by it.
    Instant at = changes.now().truncatedTo(ChronoUnit.MICROS);
    MoveState.Standing now = kept.standing();
    for (MoveStore.Locked other : checked) {
      MoveState.Standing after = Merging.merged(now, other.standing());
      MoveState state =
          new MoveState(other.standing(), now, after, agents.joinDrafts(other.id(), keptId));
      long move =
          store.insert(
              kept.brandId(), MoveStore.Kind.merge, other.id(), keptId, agentId, state, at);
      store.remember(move, other.id(), keptId);
      agents.carryReadings(other.id(), keptId);
      agents.carryFollowers(other.id(), keptId, at);
      store.move(move, store.messages(other.id()), other.id(), keptId, false);
      store.point(move, other.id(), keptId);
      store.set(keptId, after);
      facts.append(
          Actor.agent(agentId), new ConversationsMerged(kept.brandId(), keptId, other.id(), move));
      moves.add(move);
      now = after;
    }
    messages.refreshConversation(keptId);
    return moves;
  }

  private static MoveStore.Locked mergeable(
      MoveStore.Locked kept, MoveStore.Locked other, boolean otherCustomers) {
    if (kept.brandId() != other.brandId()) {
      throw Problem.conflict("Conversations of different brands cannot be merged.");
    }
    if (kept.demo() != other.demo()) {
      throw Problem.conflict("A conversation of the demo shop cannot be merged with a real one.");
    }
    if (kept.customerId() != other.customerId() && !otherCustomers) {
      throw Problem.conflict(
          "#"
              + other.id()
              + " is another customer's. Merge the customers if they are the same person, or say that"
              + " other customers may take part.");
    }
    return other;
  }

  /**
   * Takes messages out into a conversation of their own, whose customer is the author of the first
   * of them that came from outside.
   *
   * @param subject the first message's where it is null
   */
  @Transactional
  public Split split(
      long agentId, long fromId, Collection<Long> messageIds, @Nullable String subject) {
    MoveStore.Locked from = standing(store.lock(List.of(fromId)), fromId);
    Set<Long> ids = Set.copyOf(messageIds);
    List<MoveStore.Chosen> all = store.all(fromId);
    List<MoveStore.Chosen> chosen = all.stream().filter(one -> ids.contains(one.id())).toList();
    if (chosen.isEmpty() || chosen.size() != ids.size()) {
      throw Problem.invalid("messageIds", "Name messages of this conversation.");
    }
    List<MoveStore.Chosen> exchanged = chosen.stream().filter(Moves::exchanged).toList();
    if (exchanged.isEmpty()) {
      throw Problem.invalid("messageIds", "Notes alone cannot become a conversation.");
    }
    if (all.stream().filter(Moves::exchanged).count() == exchanged.size()) {
      throw Problem.invalid("messageIds", "One message has to stay in this conversation.");
    }
    Instant now = changes.now();
    MoveStore.Chosen first = exchanged.getFirst();
    long customer = customerOf(from, exchanged, now);
    String title = subject == null || subject.isBlank() ? first.subject() : subject;
    long newId =
        conversations.insertStarted(
            from.brandId(), customer, Addressing.subject(title), first.channel(), now);
    MoveState state = new MoveState(from.standing(), null, null, List.of());
    long move =
        store.insert(
            from.brandId(), MoveStore.Kind.split, fromId, newId, agentId, state, changes.now());
    store.move(move, ids, fromId, newId, false);
    agents.beginReadings(fromId, newId);
    store.moveAwaited(ids, fromId, newId);
    MoveState.Standing taken = from.standing();
    if (exchanged.getLast().direction() == Direction.inbound && taken.status() != Status.spam) {
      taken = taken.opened();
    }
    refresh(newId, taken);
    refresh(fromId, from.standing());
    conversations.link(newId, fromId, "split");
    Actor actor = Actor.agent(agentId);
    facts.append(
        actor,
        new ConversationSplit(from.brandId(), fromId, newId, move),
        new ConversationStarted(from.brandId(), newId, customer));
    return new Split(move, newId);
  }

  /**
   * @param conversationId the new one
   */
  record Split(long move, long conversationId) {}

  private static boolean exchanged(MoveStore.Chosen message) {
    return message.direction() != Direction.note && !message.waits();
  }

  private long customerOf(MoveStore.Locked from, List<MoveStore.Chosen> exchanged, Instant now) {
    for (MoveStore.Chosen one : exchanged) {
      if (one.direction() == Direction.inbound && one.fromAddress() != null) {
        Customers.Key key = Customers.Key.email(from.brandId(), one.fromAddress());
        Customers.Sighting sighting =
            new Customers.Sighting(key, one.fromName(), null, from.demo(), now);
        return Objects.requireNonNull(customers.findOrCreate(List.of(sighting)).get(key));
      }
    }
    return from.customerId();
  }

  /**
   * Undoes a move: everything is where it was. What came since goes with what it answers.
   *
   * @param conversationId one of the two
   * @throws Problem if there is none, it is undone already, or a later one has to be undone first
   */
  @Transactional
  public void undo(long agentId, long conversationId, long moveId) {
    MoveStore.Move move = find(conversationId, moveId);
    Map<Long, MoveStore.Locked> locked = store.lock(List.of(move.fromId(), move.toId()));
    MoveStore.Locked from = Objects.requireNonNull(locked.get(move.fromId()));
    MoveStore.Locked to = Objects.requireNonNull(locked.get(move.toId()));
    // Only now is it certain: somebody else may have undone it while we waited for the lock.
    if (store.undoable(List.of(moveId)).isEmpty()) {
      throw Problem.conflict("That has been undone already.");
    }
    if (to.mergedInto() != null) {
      throw Problem.conflict(
          "#" + to.id() + " has been merged into #" + to.mergedInto() + " since: undo that first.");
    }
    Fact fact =
        switch (move.kind()) {
          case merge -> unmerge(move, from, to);
          case split -> unsplit(move, from, to);
        };
    store.undone(moveId, changes.now());
    facts.append(Actor.agent(agentId), fact);
  }

  /** Both conversations of a move of this one. */
  List<Long> ends(long conversationId, long moveId) {
    MoveStore.Move move = find(conversationId, moveId);
    return List.of(move.fromId(), move.toId());
  }

  private MoveStore.Move find(long conversationId, long moveId) {
    return store
        .find(moveId)
        .filter(one -> one.fromId() == conversationId || one.toId() == conversationId)
        .orElseThrow(
            () -> Problem.notFound("Conversation " + conversationId + " has no such move."));
  }

  private Fact unmerge(MoveStore.Move move, MoveStore.Locked merged, MoveStore.Locked kept) {
    List<Long> returning = store.returning(move);
    Set<Long> remembered = Set.copyOf(store.remembered(move.id()));
    List<Long> staying = new ArrayList<>(store.messages(kept.id()));
    staying.removeAll(new HashSet<>(returning));
    if (staying.isEmpty()) {
      throw Problem.conflict(
          "Nothing would be left in #" + kept.id() + ": undo first what was split off from it.");
    }
    if (returning.isEmpty()) {
      throw Problem.conflict(
          "Nothing that came from #"
              + merged.id()
              + " is in #"
              + kept.id()
              + " any more: undo first what took it away.");
    }
    agents.carryReadings(kept.id(), merged.id());
    store.move(move.id(), returning, kept.id(), merged.id(), true);
    store.unpoint(move.id(), merged.id(), kept.id());
    agents.partFollowers(kept.id(), move.movedAt());
    agents.partDrafts(kept.id(), move.state().drafts());
    MoveState.Standing before = Objects.requireNonNull(move.state().to());
    MoveState.Standing after = Objects.requireNonNull(move.state().after());
    settle(merged.id(), move.state().from(), since(returning, remembered));
    settle(kept.id(), Merging.undone(before, after, kept.standing()), since(staying, remembered));
    return new ConversationMergeUndone(kept.brandId(), kept.id(), merged.id(), move.id());
  }

  private Fact unsplit(MoveStore.Move move, MoveStore.Locked source, MoveStore.Locked split) {
    if (source.mergedInto() != null) {
      throw Problem.conflict(
          "#"
              + source.id()
              + " has been merged into #"
              + source.mergedInto()
              + " since: undo that first.");
    }
    if (store.hasMerges(split.id())) {
      throw Problem.conflict("Undo first what was merged into #" + split.id() + ".");
    }
    List<Long> returning = store.messages(split.id());
    List<Long> since = since(returning, Set.copyOf(store.remembered(move.id())));
    agents.carryReadings(split.id(), source.id());
    store.move(move.id(), returning, split.id(), source.id(), true);
    agents.joinDrafts(split.id(), source.id());
    store.point(move.id(), split.id(), source.id());
    conversations.unlink(split.id(), source.id(), "split");
    MoveState.Standing standing = source.standing();
    boolean waited = move.state().from().waitingSince() != null;
    refresh(
        source.id(),
        store.anyFromPerson(since)
            ? standing.opened()
            : waited ? standing.waiting(move.state().from().waitingSince()) : standing);
    return new ConversationSplitUndone(source.brandId(), source.id(), split.id(), move.id());
  }

  private static List<Long> since(List<Long> ids, Set<Long> remembered) {
    return ids.stream().filter(id -> !remembered.contains(id)).toList();
  }

  /** As it stood, but for what has come since. */
  private void settle(long id, MoveState.Standing standing, List<Long> since) {
    if (since.isEmpty()) {
      store.set(id, standing);
      messages.refreshConversation(id);
    } else {
      boolean written = store.anyFromPerson(since) && standing.status() != Status.spam;
      MoveState.Standing stands = written ? standing.opened() : standing;
      refresh(id, stands.waiting(store.waitingSince(id)));
    }
  }

  /** Whoever waited may now wait elsewhere. */
  private void refresh(long id, MoveState.Standing standing) {
    boolean waits =
        standing.status() != Status.resolved
            && (standing.waitingSince() != null || standing.status() == Status.open);
    store.set(id, standing.waiting(waits ? store.waitingSince(id) : null));
    messages.refreshConversation(id);
  }

  /** Says that two conversations belong together; what was said of them before is forgotten. */
  @Transactional
  public void link(long agentId, long id, long otherId, ConversationDetail.Relation relation) {
    String kept =
        switch (relation) {
          case same -> "same";
          case continues -> "continues";
          case continuedBy, claims, claimedBy, splitFrom, splitInto ->
              throw Problem.invalid("relation", "Say same or continues.");
        };
    Map<Long, MoveStore.Locked> locked = pair(id, otherId);
    conversations.unlink(id, otherId, null);
    conversations.link(id, otherId, kept);
    long brand = standing(locked, id).brandId();
    facts.append(
        Actor.agent(agentId),
        new ConversationLinked(brand, id, otherId),
        new ConversationLinked(brand, otherId, id));
  }

  @Transactional
  public void unlink(long agentId, long id, long otherId) {
    long brand = standing(pair(id, otherId), id).brandId();
    if (conversations.unlink(id, otherId, null)) {
      facts.append(
          Actor.agent(agentId),
          new ConversationUnlinked(brand, id, otherId),
          new ConversationUnlinked(brand, otherId, id));
    }
  }

  private Map<Long, MoveStore.Locked> pair(long id, long otherId) {
    Map<Long, MoveStore.Locked> locked = store.lock(List.of(id, otherId));
    MoveStore.Locked one = standing(locked, id);
    MoveStore.Locked other = locked.get(otherId);
    if (other == null) {
      throw Problem.notFound("There is no conversation " + otherId + ".");
    }
    if (id == otherId || one.brandId() != other.brandId()) {
      throw Problem.invalid("otherId", "Name another conversation of the same brand.");
    }
    return locked;
  }

  /** One that stands for itself. */
  private MoveStore.Locked standing(Map<Long, MoveStore.Locked> locked, long id) {
    MoveStore.Locked one = locked.get(id);
    if (one == null) {
      throw Problem.notFound("There is no conversation " + id + ".");
    }
    if (one.mergedInto() != null) {
      throw new Moved(
          "conversations", id, store.current(List.of(id)).getOrDefault(id, one.mergedInto()));
    }
    return one;
  }
}
