package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The inbox: what comes in, what goes out, and every change in between. */
@Service
public class Conversations {
  private final ConversationStore store;
  private final MessageStore messages;
  private final Intake intake;
  private final Outbox outbox;
  private final Changes changes;
  private final Assignments assignments;
  private final Facts facts;

  Conversations(
      ConversationStore store,
      MessageStore messages,
      Intake intake,
      Outbox outbox,
      Changes changes,
      Assignments assignments,
      Facts facts) {
    this.store = store;
    this.messages = messages;
    this.intake = intake;
    this.outbox = outbox;
    this.changes = changes;
    this.assignments = assignments;
    this.facts = facts;
  }

  /**
   * An answer.
   *
   * @param channel the one of the newest message where it is null
   * @param attachments ids of uploads of the same agent
   * @param status what the conversation becomes; waiting where it is null
   * @param undo how long it can be taken back; at most a minute
   * @param sendAt when it leaves, at most a year ahead; now where it is null. Held back if somebody
   *     writes before then
   * @param seen the newest message that whoever answers has seen; the answer is refused where a
   *     customer or another agent has written since. Not asked where it is null
   */
  public record Reply(
      @Nullable String text,
      @Nullable String html,
      @Nullable String channel,
      List<Long> attachments,
      @Nullable Status status,
      @Nullable Instant snoozedUntil,
      Duration undo,
      Addressing addressing,
      @Nullable Instant sendAt,
      @Nullable Long seen) {
    public static Reply of(String text) {
      return of(text, List.of());
    }

    public static Reply of(String text, List<Long> attachments) {
      return new Reply(
          text, null, null, attachments, null, null, Duration.ZERO, Addressing.USUAL, null, null);
    }
  }

  /**
   * Takes messages from a channel, in the order given; each becomes part of exactly one
   * conversation.
   */
  @Transactional
  public List<Received> receive(List<Incoming> batch) {
    return intake.receive(batch);
  }

  /** A message by its channel's id. */
  public record MessageKey(long brandId, String externalId) {}

  /**
   * The texts of the newest messages in the conversations of these messages, the newest first.
   * Unknown ones are missing.
   */
  public Map<MessageKey, List<String>> textsAround(Collection<MessageKey> keys) {
    return messages.textsAround(keys);
  }

  /**
   * Answers the customer.
   *
   * @return the id of the message, which is delivered from now on
   * @throws Problem if there is nothing to send or nowhere to send it
   */
  @Transactional
  public long reply(long agentId, long conversationId, Reply reply) {
    return outbox.reply(agentId, conversationId, reply);
  }

  /** The conversation of that id, or the one that it has been merged into. */
  public long current(long id) {
    return store.current(id);
  }

  /** Begins a conversation with a customer, whose first message is ours. */
  @Transactional
  public long start(long agentId, long brandId, long customerId, String subject, Reply reply) {
    return outbox.start(agentId, brandId, customerId, subject, reply);
  }

  @Transactional
  public long note(
      long agentId,
      long conversationId,
      @Nullable String text,
      @Nullable String html,
      List<Long> attachments) {
    return outbox.note(agentId, conversationId, text, html, attachments);
  }

  /** Leaves a note that no agent wrote. */
  @Transactional
  public long leaveNote(long conversationId, String text) {
    return outbox.leaveNote(conversationId, text);
  }

  /**
   * Keeps a file that is to go with an agent's message.
   *
   * @return the id by which a {@link Reply} of the same agent names it
   */
  @Transactional
  public long upload(long agentId, AttachmentFile file) {
    return outbox.upload(agentId, file);
  }

  /**
   * Says which part of a message is its sender's own, where that was found wrongly.
   *
   * @param ownText empty where all of it is
   * @throws Problem if there is no such message, or it is not from a customer
   */
  @Transactional
  public void correctOwnText(long agentId, long messageId, String ownText) {
    MessageStore.Place place =
        messages
            .setOwnText(messageId, ownText.isBlank() ? null : ownText)
            .orElseThrow(() -> Problem.notFound("No customer sent a message " + messageId + "."));
    facts.append(
        Actor.agent(agentId),
        new OwnTextCorrected(place.brandId(), place.conversationId(), messageId));
  }

  /**
   * @param snoozedUntil until then, or until the customer writes, whatever comes first; null: until
   *     they write
   */
  @Transactional
  public void setStatus(Actor actor, long id, Status status, @Nullable Instant snoozedUntil) {
    changes.setStatus(actor, changes.lock(id), status, snoozedUntil);
  }

  /**
   * Gives a conversation to an agent, a team, both or nobody. Where an agent of its team takes it
   * and no team is named, it stays that team's.
   *
   * @throws Problem if the agent has no access, does not see the brand or is not in the team
   */
  @Transactional
  public void setAssignee(Actor actor, long id, @Nullable Long agentId, @Nullable Long teamId) {
    assignments.set(actor, changes.lock(id), agentId, teamId);
  }

  @Transactional
  public void setPriority(Actor actor, long id, Priority priority) {
    changes.setPriority(actor, changes.lock(id), priority);
  }

  @Transactional
  public void setSubject(Actor actor, long id, String subject) {
    ConversationStore.Current conversation = changes.lock(id);
    store.setSubject(id, Addressing.subject(subject));
    facts.append(actor, new ConversationSubjectChanged(conversation.brandId(), id));
  }

  /** Snoozed conversations come back when their time has come. */
  @Scheduled(fixedDelay = 1_000)
  @Transactional
  public void wake() {
    for (long id : store.wakeable(changes.now(), 100)) {
      changes.setStatus(Actor.SYSTEM, changes.lock(id), Status.open, null);
    }
  }
}
