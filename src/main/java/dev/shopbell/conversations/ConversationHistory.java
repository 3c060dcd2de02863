package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.Agents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writes down what happened before or elsewhere, at the time it happened. Nothing is delivered. */
@Service
public class ConversationHistory {
  private final ConversationStore store;
  private final MessageStore messages;
  private final Replies replies;
  private final Tags tags;
  private final Agents agents;
  private final ReadingStore readings;
  private final Facts facts;

  ConversationHistory(
      ConversationStore store,
      MessageStore messages,
      Replies replies,
      Tags tags,
      Agents agents,
      ReadingStore readings,
      Facts facts) {
    this.store = store;
    this.messages = messages;
    this.replies = replies;
    this.tags = tags;
    this.agents = agents;
    this.readings = readings;
    this.facts = facts;
  }

  /**
   * A message of ours.
   *
   * @param direction outbound or note
   */
  public record Past(long agentId, Direction direction, String text, Instant writtenAt) {}

  /** Makes a tag, unless there is one of that name. */
  @Transactional
  public void tag(String name, String color, String description) {
    tags.create(Actor.SYSTEM, new Tags.Content(name, color, description, null));
  }

  /** Whose conversation it is. */
  public long customerOf(long conversationId) {
    return store.lock(conversationId).orElseThrow().customerId();
  }

  /** How a conversation stood. */
  public record Standing(
      @Nullable Long assigneeId,
      @Nullable Long teamId,
      Priority priority,
      List<String> tags,
      Status status,
      @Nullable Instant snoozedUntil) {}

  @Transactional
  public void add(long conversationId, Past past) {
    ConversationStore.Current conversation = lock(conversationId);
    long id = replies.past(conversation, past, agents.get(past.agentId()).name());
    messages.refreshConversation(conversationId);
    Fact fact;
    if (past.direction() == Direction.note) {
      fact = new NoteAdded(conversation.brandId(), conversationId, id);
    } else {
      store.nobodyWaits(conversationId);
      fact =
          new ReplyQueued(
              conversation.brandId(), conversationId, conversation.customerId(), id, "email");
    }
    facts.appendBy(List.of(new Facts.By(Actor.agent(past.agentId()), fact, past.writtenAt())));
  }

  /** Sets the conversation as it stood then. */
  @Transactional
  public void set(long conversationId, Standing standing, Instant at) {
    ConversationStore.Current before = lock(conversationId);
    List<Fact> happened = new ArrayList<>();
    if (!Objects.equals(before.assigneeId(), standing.assigneeId())) {
      store.setAssignee(conversationId, standing.assigneeId());
      happened.add(
          new ConversationAssigned(
              before.brandId(), conversationId, before.assigneeId(), standing.assigneeId()));
    }
    if (!Objects.equals(before.teamId(), standing.teamId())) {
      store.setTeam(conversationId, standing.teamId());
      happened.add(
          new ConversationTeamAssigned(
              before.brandId(), conversationId, before.teamId(), standing.teamId()));
    }
    if (before.priority() != standing.priority()) {
      store.setPriority(conversationId, standing.priority());
      happened.add(
          new ConversationPriorityChanged(
              before.brandId(), conversationId, before.priority(), standing.priority()));
    }
    List<Long> tagIds =
        standing.tags().stream().map(name -> tags.named(Actor.SYSTEM, name, null).id()).toList();
    if (!tagIds.isEmpty()) {
      store.setTags(conversationId, tagIds);
      happened.add(new ConversationTagged(before.brandId(), conversationId, tagIds, List.of()));
    }
    if (before.status() != standing.status()) {
      store.setStatus(conversationId, standing.status(), standing.snoozedUntil(), at);
      happened.add(
          new ConversationStatusChanged(
              before.brandId(), conversationId, before.status(), standing.status()));
    }
    facts.appendBy(happened.stream().map(fact -> new Facts.By(Actor.SYSTEM, fact, at)).toList());
  }

  /** The agent has seen everything in it. */
  @Transactional
  public void read(long conversationId, long agentId, Instant at) {
    messages
        .newest(conversationId)
        .ifPresent(message -> readings.saw(conversationId, agentId, message, at));
  }

  /**
   * Removes the conversations of the demo shop, with all their messages. What demo agents did in
   * real conversations stays, under the name it was done with.
   *
   * @return demo customers who have a real conversation, and so are no demo customers any more
   */
  @Transactional
  public List<Long> removeDemo() {
    store.removeDemo();
    return store.realCustomersMarkedDemo();
  }

  private ConversationStore.Current lock(long id) {
    return store
        .lock(id)
        .orElseThrow(() -> Problem.notFound("There is no conversation " + id + "."));
  }
}
