package dev.shopbell.conversations;

import dev.shopbell.brands.Brands;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.Agent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows to somebody else what was written here. Runs in the facade's transaction. */
@Component
class Forwards {
  private static final int MOST_MESSAGES = 100;

  private final MessageStore messages;
  private final AttachmentStore attachments;
  private final ReplyRecipients recipients;
  private final OwnWords words;
  private final Brands brands;
  private final Replies replies;

  Forwards(
      MessageStore messages,
      AttachmentStore attachments,
      ReplyRecipients recipients,
      OwnWords words,
      Brands brands,
      Replies replies) {
    this.messages = messages;
    this.attachments = attachments;
    this.recipients = recipients;
    this.words = words;
    this.brands = brands;
    this.replies = replies;
  }

  /**
   * @param messages which; everything but notes where it is null
   * @param attachments uploads of the agent that go along
   * @param carried which files of those messages go along; all where it is null
   * @param originals whether the messages also go along as they came
   * @param undo how long it can be taken back
   */
  record Forward(
      @Nullable List<Long> messages,
      Addressing addressing,
      @Nullable String text,
      @Nullable String html,
      List<Long> attachments,
      @Nullable List<Long> carried,
      boolean originals,
      Duration undo) {}

  long queue(ConversationStore.Current conversation, Forward forward, Agent agent, Instant now) {
    List<Message> chosen = chosen(conversation.id(), forward.messages());
    ReplyRecipients.Resolved to = recipients.named(conversation, forward.addressing());
    Replies.Body note =
        words.body(forward.text(), forward.html(), true, agent.id(), conversation.id());
    ZoneId zone = ZoneId.of(brands.get(conversation.brandId()).timeZone());
    Replies.Body body = ForwardedText.of(note, chosen, zone);
    Set<Long> carried = carried(chosen, body, forward.carried());
    String subject = forward.addressing().subject();
    long id =
        insert(
            conversation,
            to,
            subject == null || subject.isBlank()
                ? "Fwd: " + Replies.bare(chosen.getLast().subject())
                : Addressing.subject(subject),
            body,
            agent,
            now,
            MessageStore.Leaving.now(
                Purpose.forward, forward.undo().isZero() ? null : now.plus(forward.undo()), null));
    words.attach(id, agent.id(), body, forward.attachments());
    words.carry(id, agent.id(), carried);
    if (forward.originals()) {
      chosen.stream()
          .filter(Message::hasOriginal)
          .flatMap(message -> to.channel().original(message.id()).stream())
          .forEach(file -> attachments.insertFor(id, agent.id(), file, now));
    }
    replies.deliver(id, now.plus(forward.undo()));
    return id;
  }

  /** Passes a mail on as it came. */
  long redirect(
      ConversationStore.Current conversation,
      Message original,
      Addressing addressing,
      Agent agent,
      Duration undo,
      Instant now) {
    if (original.direction() != Direction.inbound || !original.hasOriginal()) {
      throw Problem.conflict("Only a mail that came from outside can be redirected.");
    }
    ReplyRecipients.Resolved to = recipients.named(conversation, addressing);
    Instant undoableUntil = undo.isZero() ? null : now.plus(undo);
    long id =
        insert(
            conversation,
            to,
            original.subject(),
            new Replies.Body("", null, null, Set.of()),
            agent,
            now,
            new MessageStore.Leaving(
                Purpose.redirect,
                original.id(),
                DeliveryState.queued,
                undoableUntil,
                null,
                null,
                null));
    replies.deliver(id, now.plus(undo));
    return id;
  }

  private long insert(
      ConversationStore.Current conversation,
      ReplyRecipients.Resolved to,
      String subject,
      Replies.Body body,
      Agent agent,
      Instant now,
      MessageStore.Leaving leaving) {
    return messages.insert(
        new MessageStore.NewOwn(
            conversation.id(),
            conversation.brandId(),
            Direction.outbound,
            to.channel().channelName(),
            agent.id(),
            agent.name(),
            to.sender(),
            to.recipients(),
            subject,
            body,
            to.channel().newExternalId(to.sender()),
            null,
            now,
            leaving));
  }

  private List<Message> chosen(long conversationId, @Nullable List<Long> ids) {
    List<Message> chosen =
        ids == null
            ? messages.exchanged(conversationId, MOST_MESSAGES + 1)
            : messages.find(conversationId, ids);
    if (chosen.isEmpty() || (ids != null && chosen.size() != new HashSet<>(ids).size())) {
      throw Problem.invalid(
          "messages", "Name messages of this conversation; notes stay with colleagues.");
    }
    if (chosen.size() > MOST_MESSAGES) {
      throw Problem.invalid(
          "messages", "At most " + MOST_MESSAGES + " messages can be forwarded at once.");
    }
    return chosen;
  }

  private static Set<Long> carried(
      List<Message> chosen, Replies.Body body, @Nullable List<Long> wanted) {
    List<Long> there =
        chosen.stream()
            .flatMap(message -> message.attachments().stream())
            .map(Message.Attachment::id)
            .filter(id -> !body.images().contains(id))
            .toList();
    if (wanted == null) {
      return Set.copyOf(there);
    }
    List<Long> files =
        Stream.concat(there.stream(), body.images().stream()).filter(wanted::contains).toList();
    if (files.size() != new HashSet<>(wanted).size()) {
      throw Problem.invalid("carried", "One of the files is not of these messages.");
    }
    Set<Long> carried = new HashSet<>(wanted);
    carried.removeAll(body.images());
    return carried;
  }
}
