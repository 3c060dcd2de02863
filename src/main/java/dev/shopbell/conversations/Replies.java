package dev.shopbell.conversations;

import dev.shopbell.customers.Customer;
import dev.shopbell.customers.Customers;
import dev.shopbell.platform.html.HtmlSanitizer;
import dev.shopbell.platform.html.HtmlText;
import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.platform.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes our side: answers, notes, and taking an answer back. Runs in the facade's transaction. */
@Component
class Replies {
  static final int LONGEST = 500_000;
  private static final int MOST_ATTACHMENTS = 50;
  private static final Pattern RE =
      Pattern.compile(
          "^(?:(?:re|aw|sv|antw|odp|vs|ynt|res|rif)\\s*:\\s*)+", Pattern.CASE_INSENSITIVE);

  private final MessageStore messages;
  private final AttachmentStore attachmentStore;
  private final Customers customers;
  private final Channels channels;
  private final HtmlSanitizer sanitizer;
  private final Tasks tasks;
  private final JsonMapper json;

  Replies(
      MessageStore messages,
      AttachmentStore attachmentStore,
      Customers customers,
      Channels channels,
      HtmlSanitizer sanitizer,
      Tasks tasks,
      JsonMapper json) {
    this.messages = messages;
    this.attachmentStore = attachmentStore;
    this.customers = customers;
    this.channels = channels;
    this.sanitizer = sanitizer;
    this.tasks = tasks;
    this.json = json;
  }

  /** How a conversation was before a reply. */
  record Before(
      Status status,
      @Nullable Long assigneeId,
      @Nullable Instant waitingSince,
      @Nullable Instant snoozedUntil) {}

  /** Text that is fit to be sent: never empty, its HTML limited to what the editor makes. */
  record Body(String text, @Nullable String html) {}

  Body body(@Nullable String text, @Nullable String html, boolean hasAttachments) {
    int length = (text == null ? 0 : text.length()) + (html == null ? 0 : html.length());
    if (length > LONGEST) {
      throw Problem.invalid("text", "A message has at most " + LONGEST + " characters.");
    }
    if (html != null && !html.isBlank()) {
      String clean = sanitizer.forOutgoing(html, url -> false);
      String plain = HtmlText.of(clean).strip();
      if (!plain.isEmpty() || hasAttachments) {
        return new Body(plain, clean);
      }
    }
    String plain = text == null ? "" : text.replace("\r\n", "\n").replace("\u0000", "").strip();
    if (plain.isEmpty() && !hasAttachments) {
      throw Problem.invalid("text", "There is nothing to send: write something, or attach a file.");
    }
    return new Body(plain, null);
  }

  /** Writes the answer and stages its delivery. */
  long queue(
      ConversationStore.Current conversation,
      String channelName,
      Body body,
      List<Long> attachments,
      @Nullable Long agentId,
      @Nullable String agentName,
      Instant now,
      @Nullable Instant undoableUntil) {
    Channel channel = channels.get(channelName);
    Customer customer = customers.get(conversation.customerId());
    Optional<MessageStore.Answered> answered = messages.answered(conversation.id());
    String address =
        answered
            .map(MessageStore.Answered::address)
            .or(() -> channel.reaches(customer.id()))
            .orElseThrow(() ->
                Problem.conflict(
                    "This customer has no address on the channel “" + channelName + "”."));
    String sender =
        channel
            .sender(conversation.brandId(), messages.newestOwnAddress(conversation.id()))
            .orElse(null);
    long id =
        messages.insert(
            new MessageStore.NewOwn(
                conversation.id(),
                conversation.brandId(),
                Direction.outbound,
                channelName,
                agentId,
                agentName,
                sender,
                List.of(
                    new Recipient(
                        "to",
                        answered.map(MessageStore.Answered::name).orElse(customer.name()),
                        address)),
                answered.isEmpty() ? conversation.subject() : "Re: " + bare(conversation.subject()),
                body.text(),
                body.html(),
                channel.newExternalId(sender),
                answered.map(MessageStore.Answered::externalId).orElse(null),
                now,
                DeliveryState.queued,
                undoableUntil,
                json.writeValueAsString(
                    new Before(
                        conversation.status(),
                        conversation.assigneeId(),
                        conversation.waitingSince(),
                        conversation.snoozedUntil()))));
    attach(id, agentId, attachments);
    tasks.schedule(DeliverMessage.class, id, undoableUntil == null ? now : undoableUntil);
    return id;
  }

  long note(
      ConversationStore.Current conversation,
      Body body,
      List<Long> attachments,
      @Nullable Long agentId,
      String agentName,
      Instant now) {
    long id =
        messages.insert(
            new MessageStore.NewOwn(
                conversation.id(),
                conversation.brandId(),
                Direction.note,
                "note",
                agentId,
                agentName,
                null,
                List.of(),
                conversation.subject(),
                body.text(),
                body.html(),
                null,
                null,
                now,
                null,
                null,
                null));
    attach(id, agentId, attachments);
    return id;
  }

  long upload(long agentId, AttachmentFile file, Instant now) {
    return attachmentStore.insert(agentId, file, now);
  }

  /** Takes a queued answer back, as if it had not been written; what it said is returned. */
  Body withdraw(MessageStore.OwnMessage message, Instant now) {
    if (message.state() != DeliveryState.queued
        || message.undoableUntil() == null
        || !message.undoableUntil().isAfter(now)
        || message.undo() == null) {
      throw Problem.conflict("This answer is on its way already and cannot be taken back.");
    }
    boolean untouched = messages.isNewest(message.id(), message.conversationId());
    attachmentStore.detach(message.id());
    messages.delete(message.id());
    if (untouched) {
      messages.restore(message.conversationId(), json.readValue(message.undo(), Before.class));
    }
    messages.refreshConversation(message.conversationId());
    return new Body(message.text(), message.html());
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
            past.text(),
            null,
            null,
            null,
            past.writtenAt(),
            answer ? (conversation.demo() ? DeliveryState.withheld : DeliveryState.sent) : null,
            null,
            null));
  }

  /** The channel on which the customer last wrote. */
  String channelOf(long conversationId) {
    return messages.answered(conversationId).map(MessageStore.Answered::channel).orElse("email");
  }

  /** Stages another delivery now. */
  void again(MessageStore.OwnMessage message, Instant now) {
    messages.setDelivery(message.id(), DeliveryState.queued, null, 0, null, now);
    messages.refreshConversation(message.conversationId());
    tasks.schedule(DeliverMessage.class, message.id(), now);
  }

  private void attach(long messageId, @Nullable Long agentId, List<Long> uploads) {
    if (uploads.size() > MOST_ATTACHMENTS) {
      throw Problem.invalid(
          "attachments", "A message has at most " + MOST_ATTACHMENTS + " attachments.");
    }
    if (!uploads.isEmpty()
        && (agentId == null
            || attachmentStore.attach(messageId, agentId, uploads) != uploads.size())) {
      throw Problem.invalid(
          "attachments", "One of the attachments is not an upload of yours, or is in use.");
    }
  }

  static String bare(String subject) {
    return RE.matcher(subject.strip()).replaceFirst("");
  }
}
