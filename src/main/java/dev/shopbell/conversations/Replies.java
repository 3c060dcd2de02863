package dev.shopbell.conversations;

import dev.shopbell.customers.Customer;
import dev.shopbell.customers.Customers;
import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.Agent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes our side: answers, notes, and taking an answer back. Runs in the facade's transaction. */
@Component
class Replies {
  private static final Pattern RE =
      Pattern.compile(
          "^(?:(?:re|aw|sv|antw|odp|vs|ynt|res|rif)\\s*:\\s*)+", Pattern.CASE_INSENSITIVE);

  private final MessageStore messages;
  private final ThreadStore threads;
  private final ReplyRecipients recipients;
  private final OwnWords words;
  private final Customers customers;
  private final Tasks tasks;
  private final JsonMapper json;

  Replies(
      MessageStore messages,
      ThreadStore threads,
      ReplyRecipients recipients,
      OwnWords words,
      Customers customers,
      Tasks tasks,
      JsonMapper json) {
    this.messages = messages;
    this.threads = threads;
    this.recipients = recipients;
    this.words = words;
    this.customers = customers;
    this.tasks = tasks;
    this.json = json;
  }

  /** How a conversation was before a reply. */
  record Before(
      Status status,
      @Nullable Long assigneeId,
      @Nullable Instant waitingSince,
      @Nullable Instant snoozedUntil) {}

  /**
   * What a message of ours says.
   *
   * @param own what of the text is new; null where all is
   * @param html whose images are content ids
   * @param images the attachments that it shows
   */
  record Body(String text, @Nullable String own, @Nullable String html, Set<Long> images) {}

  /** Writes the answer and stages its delivery. */
  long queue(
      ConversationStore.Current conversation,
      String channelName,
      Conversations.Reply reply,
      Agent agent,
      Instant now) {
    if (reply.seen() != null) {
      checkSeen(conversation.id(), agent.id(), reply.seen());
    }
    Body body =
        words.body(
            reply.text(),
            reply.html(),
            !reply.attachments().isEmpty(),
            agent.id(),
            conversation.id());
    ReplyRecipients.Resolved to = recipients.resolve(conversation, channelName, reply.addressing());
    Instant undoableUntil = reply.undo().isZero() ? null : now.plus(reply.undo());
    MessageStore.Leaving leaving =
        reply.sendAt() == null
            ? MessageStore.Leaving.now(
                Purpose.reply, undoableUntil, json.writeValueAsString(before(conversation)))
            : new MessageStore.Leaving(
                Purpose.reply,
                null,
                DeliveryState.scheduled,
                null,
                null,
                reply.sendAt(),
                reply.status() == null ? Status.waiting : reply.status());
    long id =
        messages.insert(
            new MessageStore.NewOwn(
                conversation.id(),
                conversation.brandId(),
                Direction.outbound,
                channelName,
                agent.id(),
                agent.name(),
                to.sender(),
                to.recipients(),
                subject(conversation, reply.addressing().subject(), to.answered() != null),
                body,
                to.channel().newExternalId(to.sender()),
                to.answered() == null ? null : to.answered().externalId(),
                now,
                leaving));
    words.attach(id, agent.id(), body, reply.attachments());
    if (reply.sendAt() == null) {
      tasks.schedule(DeliverMessage.class, id, undoableUntil == null ? now : undoableUntil);
    } else {
      tasks.schedule(SendScheduled.class, id, reply.sendAt());
    }
    return id;
  }

  /** Two answers that cross, or one that misses the point, cost more than looking again. */
  private void checkSeen(long conversationId, long agentId, long seen) {
    threads
        .newestUnseen(conversationId, agentId, seen)
        .ifPresent(newer -> {
          throw Problem.conflict(
              "seen",
              newer.direction() == Direction.outbound
                  ? newer.name() + " has answered this customer since you last looked."
                  : newer.name() + " has written again since you last looked.");
        });
  }

  private static Before before(ConversationStore.Current conversation) {
    return new Before(
        conversation.status(),
        conversation.assigneeId(),
        conversation.waitingSince(),
        conversation.snoozedUntil());
  }

  private static String subject(
      ConversationStore.Current conversation, @Nullable String asked, boolean answers) {
    if (asked != null && !asked.isBlank()) {
      return Addressing.subject(asked);
    }
    return answers ? "Re: " + bare(conversation.subject()) : conversation.subject();
  }

  long note(
      ConversationStore.Current conversation,
      @Nullable String text,
      @Nullable String html,
      List<Long> attachments,
      Agent agent,
      Instant now) {
    Body body = words.note(text, html, !attachments.isEmpty(), agent.id(), conversation.id());
    long id = note(conversation, body, agent.id(), agent.name(), now);
    words.attach(id, agent.id(), body, attachments);
    return id;
  }

  /** A note of the program's own. */
  long remark(ConversationStore.Current conversation, String text, Instant now) {
    return note(conversation, new Body(text, null, null, Set.of()), null, "Shopbell", now);
  }

  private long note(
      ConversationStore.Current conversation,
      Body body,
      @Nullable Long agentId,
      String name,
      Instant now) {
    return messages.insert(
        new MessageStore.NewOwn(
            conversation.id(),
            conversation.brandId(),
            Direction.note,
            "note",
            agentId,
            name,
            null,
            List.of(),
            conversation.subject(),
            body,
            null,
            null,
            now,
            null));
  }

  long upload(long agentId, AttachmentFile file, Instant now) {
    return words.upload(agentId, file, now);
  }

  /**
   * Takes a message back that has not left, as if it had not been written.
   *
   * @return how the conversation was before, where it has not gone on since
   */
  Optional<Before> withdraw(DeliveryStore.OwnMessage message, Instant now) {
    boolean undoable =
        message.state() == DeliveryState.queued
            && message.undoableUntil() != null
            && message.undoableUntil().isAfter(now);
    if (!undoable && !message.waits()) {
      throw Problem.conflict("This answer is on its way already and cannot be taken back.");
    }
    boolean untouched = threads.isNewest(message.id(), message.conversationId());
    words.takeBack(message.id());
    messages.delete(message.id());
    return message.undo() == null || !untouched
        ? Optional.empty()
        : Optional.of(json.readValue(message.undo(), Before.class));
  }

  /** Keeps a message of ours as it was written; nothing is delivered. */
  long past(
      ConversationStore.Current conversation, ConversationHistory.Past past, String agentName) {
    boolean answer = past.direction() == Direction.outbound;
    Customer customer = customers.get(conversation.customerId());
    return messages.insert(
        new MessageStore.NewOwn(
            conversation.id(),
            conversation.brandId(),
            past.direction(),
            answer ? "email" : "note",
            past.agentId(),
            agentName,
            null,
            answer ? List.of(new Recipient("to", customer.name(), customer.address())) : List.of(),
            conversation.subject(),
            new Body(past.text(), null, null, Set.of()),
            null,
            null,
            past.writtenAt(),
            answer
                ? new MessageStore.Leaving(
                    Purpose.reply,
                    null,
                    conversation.demo() ? DeliveryState.withheld : DeliveryState.sent,
                    null,
                    null,
                    null,
                    null)
                : null));
  }

  String channelOf(long conversationId) {
    return recipients.channelOf(conversationId);
  }

  /** Stages the delivery of what is queued. */
  void deliver(long messageId, Instant at) {
    tasks.schedule(DeliverMessage.class, messageId, at);
  }

  /** Has a scheduled message leave then. */
  void leaveAt(long messageId, Instant at) {
    tasks.schedule(SendScheduled.class, messageId, at);
  }

  static String bare(String subject) {
    return RE.matcher(subject.strip()).replaceFirst("");
  }
}
