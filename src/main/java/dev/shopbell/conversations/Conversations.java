package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The inbox: what comes in, what goes out, and every change in between. */
@Service
public class Conversations {
  private static final int LONGEST_SUBJECT = 500;
  private static final int MOST_TAGS = 50;
  private static final Duration LONGEST_UNDO = Duration.ofSeconds(60);
  private static final List<String> TAG_COLORS =
      List.of("#4f46e5", "#0e7490", "#15803d", "#a16207", "#b91c1c", "#a21caf", "#475569");

  private final ConversationStore store;
  private final MessageStore messages;
  private final Intake intake;
  private final Replies replies;
  private final Agents agents;
  private final Facts facts;
  private final Clock clock;

  Conversations(
      ConversationStore store,
      MessageStore messages,
      Intake intake,
      Replies replies,
      Agents agents,
      Facts facts,
      Clock clock) {
    this.store = store;
    this.messages = messages;
    this.intake = intake;
    this.replies = replies;
    this.agents = agents;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * An answer.
   *
   * @param channel the one of the newest message where it is null
   * @param attachments ids of uploads of the same agent
   * @param status what the conversation becomes; waiting where it is null
   * @param undo how long it can be taken back; at most a minute
   */
  public record Reply(
      @Nullable String text,
      @Nullable String html,
      @Nullable String channel,
      List<Long> attachments,
      @Nullable Status status,
      @Nullable Instant snoozedUntil,
      Duration undo) {
    public static Reply of(String text) {
      return of(text, List.of());
    }

    public static Reply of(String text, List<Long> attachments) {
      return new Reply(text, null, null, attachments, null, null, Duration.ZERO);
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
    ConversationStore.Current conversation = lock(conversationId);
    if (reply.undo().isNegative() || reply.undo().compareTo(LONGEST_UNDO) > 0) {
      throw Problem.invalid("undoSeconds", "An answer can be held back for 0 to 60 seconds.");
    }
    Agent agent = agents.get(agentId);
    Instant now = clock.instant();
    Replies.Body body = replies.body(reply.text(), reply.html(), !reply.attachments().isEmpty());
    String channel = reply.channel() == null ? replies.channelOf(conversationId) : reply.channel();
    long id =
        replies.queue(
            conversation,
            channel,
            body,
            reply.attachments(),
            agent.id(),
            agent.name(),
            now,
            reply.undo().isZero() ? null : now.plus(reply.undo()));
    messages.refreshConversation(conversationId);
    store.nobodyWaits(conversationId);
    Actor actor = Actor.agent(agentId);
    facts.append(
        actor,
        new ReplyQueued(
            conversation.brandId(), conversationId, conversation.customerId(), id, channel));
    if (conversation.assigneeId() == null) {
      assign(actor, conversation, agentId);
    }
    changeStatus(
        actor,
        conversation,
        reply.status() == null ? Status.waiting : reply.status(),
        reply.snoozedUntil());
    return id;
  }

  /** Begins a conversation with a customer, whose first message is ours. */
  @Transactional
  public long start(long agentId, long brandId, long customerId, String subject, Reply reply) {
    String cleaned = checkedSubject(subject);
    long id = store.insertStarted(brandId, customerId, cleaned, "email", clock.instant());
    facts.append(Actor.agent(agentId), new ConversationStarted(brandId, id, customerId));
    reply(agentId, id, reply);
    return id;
  }

  @Transactional
  public long note(
      long agentId,
      long conversationId,
      @Nullable String text,
      @Nullable String html,
      List<Long> attachments) {
    ConversationStore.Current conversation = lock(conversationId);
    Replies.Body body = replies.body(text, html, !attachments.isEmpty());
    long id =
        replies.note(
            conversation, body, attachments, agentId, agents.get(agentId).name(), clock.instant());
    messages.refreshConversation(conversationId);
    facts.append(Actor.agent(agentId), new NoteAdded(conversation.brandId(), conversationId, id));
    return id;
  }

  /** Leaves a note that no agent wrote. */
  @Transactional
  public long leaveNote(long conversationId, String text) {
    ConversationStore.Current conversation = lock(conversationId);
    long id =
        replies.note(
            conversation,
            replies.body(text, null, false),
            List.of(),
            null,
            "Shopbell",
            clock.instant());
    messages.refreshConversation(conversationId);
    facts.append(Actor.SYSTEM, new NoteAdded(conversation.brandId(), conversationId, id));
    return id;
  }

  /**
   * Keeps a file that is to go with an agent's message.
   *
   * @return the id by which a {@link Reply} of the same agent names it
   */
  @Transactional
  public long upload(long agentId, AttachmentFile file) {
    return replies.upload(agentId, file, clock.instant());
  }

  /** What a withdrawn answer said, to become the draft again. */
  public record Withdrawn(long conversationId, String text, @Nullable String html) {}

  /**
   * @throws Problem if the answer has left already
   */
  @Transactional
  public Withdrawn withdraw(long agentId, long messageId) {
    MessageStore.OwnMessage message = own(messageId);
    lock(message.conversationId());
    Replies.Body body = replies.withdraw(message, clock.instant());
    facts.append(
        Actor.agent(agentId),
        new ReplyWithdrawn(message.brandId(), message.conversationId(), messageId));
    return new Withdrawn(message.conversationId(), body.text(), body.html());
  }

  /** Tries a failed or deferred delivery again, now. */
  @Transactional
  public void resend(long agentId, long messageId) {
    MessageStore.OwnMessage message = own(messageId);
    if (message.state() != DeliveryState.failed && message.state() != DeliveryState.deferred) {
      throw Problem.conflict(
          "Only an answer that failed or waits for its next try can be sent again.");
    }
    replies.again(message, clock.instant());
    facts.append(
        Actor.agent(agentId),
        new ReplyDeferred(message.brandId(), message.conversationId(), messageId));
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

  @Transactional
  public void setStatus(Actor actor, long id, Status status, @Nullable Instant snoozedUntil) {
    changeStatus(actor, lock(id), status, snoozedUntil);
  }

  @Transactional
  public void setAssignee(Actor actor, long id, @Nullable Long agentId) {
    if (agentId != null && !agents.get(agentId).active()) {
      throw Problem.invalid("agentId", "This agent is switched off.");
    }
    assign(actor, lock(id), agentId);
  }

  @Transactional
  public void setPriority(Actor actor, long id, Priority priority) {
    ConversationStore.Current conversation = lock(id);
    if (conversation.priority() != priority) {
      store.setPriority(id, priority);
      facts.append(
          actor,
          new ConversationPriorityChanged(
              conversation.brandId(), id, conversation.priority(), priority));
    }
  }

  @Transactional
  public void setSubject(Actor actor, long id, String subject) {
    ConversationStore.Current conversation = lock(id);
    store.setSubject(id, checkedSubject(subject));
    facts.append(actor, new ConversationSubjectChanged(conversation.brandId(), id));
  }

  /** Sets the whole set of tags; names that are new become tags. */
  @Transactional
  public void setTags(Actor actor, long id, List<String> names) {
    if (names.size() > MOST_TAGS) {
      throw Problem.invalid("tags", "A conversation has at most " + MOST_TAGS + " tags.");
    }
    Set<Long> wanted = new LinkedHashSet<>();
    names.forEach(name -> wanted.add(tag(name, null).id()));
    ConversationStore.Current conversation = lock(id);
    List<Long> added = wanted.stream().filter(tag -> !conversation.tagIds().contains(tag)).toList();
    List<Long> removed =
        conversation.tagIds().stream().filter(tag -> !wanted.contains(tag)).toList();
    if (!added.isEmpty() || !removed.isEmpty()) {
      store.setTags(id, wanted);
      facts.append(actor, new ConversationTagged(conversation.brandId(), id, added, removed));
    }
  }

  /** The tag of that name, made if there is none. */
  @Transactional
  public Tag tag(String name, @Nullable String color) {
    String cleaned = name.strip();
    if (cleaned.isEmpty()
        || cleaned.length() > 60
        || cleaned.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid("tags", "A tag has 1 to 60 characters on one line.");
    }
    if (color != null && !color.matches("#[0-9a-fA-F]{6}")) {
      throw Problem.invalid("color", "A colour is written like #4f46e5.");
    }
    int picked = Math.floorMod(cleaned.toLowerCase(Locale.ROOT).hashCode(), TAG_COLORS.size());
    return store.makeTag(cleaned, color == null ? TAG_COLORS.get(picked) : color, clock.instant());
  }

  /** Snoozed conversations come back when their time has come. */
  @Scheduled(fixedDelay = 1_000)
  @Transactional
  public void wake() {
    for (long id : store.wakeable(clock.instant(), 100)) {
      changeStatus(Actor.SYSTEM, lock(id), Status.open, null);
    }
  }

  private void assign(Actor actor, ConversationStore.Current conversation, @Nullable Long agentId) {
    if (!Objects.equals(conversation.assigneeId(), agentId)) {
      store.setAssignee(conversation.id(), agentId);
      facts.append(
          actor,
          new ConversationAssigned(
              conversation.brandId(), conversation.id(), conversation.assigneeId(), agentId));
    }
  }

  private void changeStatus(
      Actor actor,
      ConversationStore.Current conversation,
      Status status,
      @Nullable Instant snoozedUntil) {
    Instant now = clock.instant();
    if (status == Status.snoozed && (snoozedUntil == null || !snoozedUntil.isAfter(now))) {
      throw Problem.invalid("snoozedUntil", "Say until when: an instant in the future.");
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

  private ConversationStore.Current lock(long id) {
    return store
        .lock(id)
        .orElseThrow(() -> Problem.notFound("There is no conversation " + id + "."));
  }

  private MessageStore.OwnMessage own(long messageId) {
    return messages
        .lockOwn(messageId)
        .orElseThrow(
            () -> Problem.notFound("There is no answer of ours with the id " + messageId + "."));
  }

  private static String checkedSubject(String subject) {
    String cleaned = subject.replaceAll("\\p{Cntrl}", " ").strip();
    if (cleaned.isEmpty() || cleaned.length() > LONGEST_SUBJECT) {
      throw Problem.invalid("subject", "A subject has 1 to " + LONGEST_SUBJECT + " characters.");
    }
    return cleaned;
  }
}
