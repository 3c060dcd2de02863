package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Task;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everything of ours: answers now or later, notes, forwards, redirects, and taking them back. */
@Service
class Outbox {
  private static final Duration LONGEST_UNDO = Duration.ofSeconds(60);
  private static final Duration FURTHEST = Duration.ofDays(366);

  private final Replies replies;
  private final Forwards forwards;
  private final DeliveryStore deliveries;
  private final MessageStore messages;
  private final Changes changes;
  private final Agents agents;
  private final Facts facts;

  Outbox(
      Replies replies,
      Forwards forwards,
      DeliveryStore deliveries,
      MessageStore messages,
      Changes changes,
      Agents agents,
      Facts facts) {
    this.replies = replies;
    this.forwards = forwards;
    this.deliveries = deliveries;
    this.messages = messages;
    this.changes = changes;
    this.agents = agents;
    this.facts = facts;
  }

  @Transactional
  public long reply(long agentId, long conversationId, Conversations.Reply reply) {
    ConversationStore.Current conversation = changes.lock(conversationId);
    checkUndo(reply.undo());
    Instant now = changes.now();
    if (reply.sendAt() != null) {
      checkTime(reply.sendAt(), reply.status(), now);
    }
    Agent agent = agents.get(agentId);
    String channel = reply.channel() == null ? replies.channelOf(conversationId) : reply.channel();
    long id = replies.queue(conversation, channel, reply, agent, now);
    messages.refreshConversation(conversationId);
    Actor actor = Actor.agent(agentId);
    facts.append(actor, written(conversation, id, channel, reply.sendAt() != null));
    if (conversation.assigneeId() == null) {
      changes.assign(actor, conversation, agentId);
    }
    if (reply.sendAt() == null) {
      changes.answered(conversationId);
      changes.setStatus(
          actor,
          conversation,
          reply.status() == null ? Status.waiting : reply.status(),
          reply.snoozedUntil());
    }
    return id;
  }

  private static Fact written(
      ConversationStore.Current conversation, long id, String channel, boolean later) {
    long brand = conversation.brandId();
    long customer = conversation.customerId();
    return later
        ? new ReplyScheduled(brand, conversation.id(), customer, id, channel)
        : new ReplyQueued(brand, conversation.id(), customer, id, channel);
  }

  private static void checkUndo(Duration undo) {
    if (undo.isNegative() || undo.compareTo(LONGEST_UNDO) > 0) {
      throw Problem.invalid("undoSeconds", "An answer can be held back for 0 to 60 seconds.");
    }
  }

  private static void checkTime(Instant sendAt, @Nullable Status status, Instant now) {
    if (!sendAt.isAfter(now) || sendAt.isAfter(now.plus(FURTHEST))) {
      throw Problem.invalid("sendAt", "Say when: an instant in the future, at most a year ahead.");
    }
    if (status == Status.snoozed) {
      throw Problem.invalid("status", "An answer that leaves later cannot snooze now.");
    }
  }

  /** Begins a conversation with a customer, whose first message is ours. */
  @Transactional
  public long start(
      long agentId, long brandId, long customerId, String subject, Conversations.Reply reply) {
    long id = changes.start(Actor.agent(agentId), brandId, customerId, Addressing.subject(subject));
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
    ConversationStore.Current conversation = changes.lock(conversationId);
    long id =
        replies.note(conversation, text, html, attachments, agents.get(agentId), changes.now());
    messages.refreshConversation(conversationId);
    facts.append(Actor.agent(agentId), new NoteAdded(conversation.brandId(), conversationId, id));
    return id;
  }

  @Transactional
  public long leaveNote(long conversationId, String text) {
    ConversationStore.Current conversation = changes.lock(conversationId);
    long id = replies.remark(conversation, text, changes.now());
    messages.refreshConversation(conversationId);
    facts.append(Actor.SYSTEM, new NoteAdded(conversation.brandId(), conversationId, id));
    return id;
  }

  @Transactional
  public long upload(long agentId, AttachmentFile file) {
    return replies.upload(agentId, file, changes.now());
  }

  @Transactional
  public long forward(long agentId, long conversationId, Forwards.Forward forward) {
    ConversationStore.Current conversation = changes.lock(conversationId);
    checkUndo(forward.undo());
    long id = forwards.queue(conversation, forward, agents.get(agentId), changes.now());
    messages.refreshConversation(conversationId);
    facts.append(
        Actor.agent(agentId), new MessageForwarded(conversation.brandId(), conversationId, id));
    return id;
  }

  @Transactional
  public long redirect(long agentId, long messageId, Addressing addressing, Duration undo) {
    Message original =
        messages
            .find(messageId)
            .orElseThrow(() -> Problem.notFound("There is no message " + messageId + "."));
    ConversationStore.Current conversation = changes.lock(original.conversationId());
    checkUndo(undo);
    long id =
        forwards.redirect(
            conversation, original, addressing, agents.get(agentId), undo, changes.now());
    messages.refreshConversation(conversation.id());
    facts.append(
        Actor.agent(agentId), new MessageRedirected(conversation.brandId(), conversation.id(), id));
    return id;
  }

  /**
   * Takes back what has not left: within its time for undo, or while it is scheduled or held.
   *
   * @return what it was; its files are uploads of their own again
   * @throws Problem if it has left already
   */
  @Transactional
  public Message withdraw(long agentId, long messageId) {
    Actor actor = Actor.agent(agentId);
    Owned owned = lock(messageId);
    Message shown = messages.find(messageId).orElseThrow();
    Optional<Replies.Before> before = replies.withdraw(owned.message(), changes.now());
    facts.append(
        actor,
        new ReplyWithdrawn(owned.conversation().brandId(), owned.conversation().id(), messageId));
    before.ifPresent(was -> changes.restore(actor, owned.conversation(), was));
    messages.refreshConversation(owned.conversation().id());
    return shown;
  }

  /** Has a scheduled or held answer leave at another time. */
  @Transactional
  public void reschedule(long agentId, long messageId, Instant sendAt) {
    Owned owned = lock(messageId);
    DeliveryStore.OwnMessage message = owned.message();
    if (!message.waits()) {
      throw Problem.conflict("This answer is not scheduled: it has left, or is about to.");
    }
    checkTime(sendAt, null, changes.now());
    deliveries.reschedule(messageId, sendAt, changes.now());
    replies.leaveAt(messageId, sendAt);
    ConversationStore.Current conversation = owned.conversation();
    facts.append(Actor.agent(agentId), written(conversation, messageId, message.channel(), true));
  }

  /** Lets a scheduled or held answer leave now. */
  @Transactional
  public void sendNow(long agentId, long messageId) {
    Owned owned = lock(messageId);
    if (!owned.message().waits()) {
      throw Problem.conflict("This answer is not scheduled: it has left, or is about to.");
    }
    depart(Actor.agent(agentId), owned);
  }

  /** The time of a scheduled answer has come. */
  @Transactional
  public Task.Done leave(long messageId) {
    if (messages.conversationOf(messageId).isEmpty()) {
      return new Task.Done.Finished();
    }
    Owned owned = lock(messageId);
    DeliveryStore.OwnMessage message = owned.message();
    if (message.state() != DeliveryState.scheduled || message.scheduledFor() == null) {
      return new Task.Done.Finished();
    }
    if (message.scheduledFor().isAfter(changes.now())) {
      return new Task.Done.Again(message.scheduledFor());
    }
    depart(message.agentId() == null ? Actor.SYSTEM : Actor.agent(message.agentId()), owned);
    return new Task.Done.Finished();
  }

  private void depart(Actor actor, Owned owned) {
    ConversationStore.Current conversation = owned.conversation();
    DeliveryStore.OwnMessage message = owned.message();
    Instant now = changes.now();
    deliveries.depart(message.id(), now);
    replies.deliver(message.id(), now);
    messages.refreshConversation(conversation.id());
    changes.answered(conversation.id());
    facts.append(actor, written(conversation, message.id(), message.channel(), false));
    boolean settled =
        conversation.status() == Status.resolved || conversation.status() == Status.spam;
    if (message.thenStatus() != null && !settled) {
      changes.setStatus(actor, conversation, message.thenStatus(), null);
    }
  }

  /** Tries a failed or deferred delivery again, now; who has it already does not get it again. */
  @Transactional
  public void resend(long agentId, long messageId) {
    Owned owned = lock(messageId);
    DeliveryStore.OwnMessage message = owned.message();
    if (message.state() != DeliveryState.failed && message.state() != DeliveryState.deferred) {
      throw Problem.conflict(
          "Only an answer that failed or waits for its next try can be sent again.");
    }
    deliveries.set(messageId, DeliveryState.queued, null, 0, null, changes.now());
    deliveries.setOutcomes(messageId, message.outcomes().accepted());
    messages.refreshConversation(message.conversationId());
    replies.deliver(messageId, changes.now());
    facts.append(
        Actor.agent(agentId),
        new ReplyDeferred(message.brandId(), message.conversationId(), messageId));
  }

  private record Owned(ConversationStore.Current conversation, DeliveryStore.OwnMessage message) {}

  /** The conversation first, as everybody does who changes both. */
  private Owned lock(long messageId) {
    long conversationId = messages.conversationOf(messageId).orElseThrow(() -> unknown(messageId));
    ConversationStore.Current conversation = changes.lock(conversationId);
    return new Owned(
        conversation, deliveries.lock(messageId).orElseThrow(() -> unknown(messageId)));
  }

  private static Problem unknown(long messageId) {
    return Problem.notFound("There is no answer of ours with the id " + messageId + ".");
  }
}
