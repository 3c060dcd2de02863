package dev.shopbell.conversations;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Puts together what a channel needs to deliver a message of ours. */
@Component
class OutgoingMessages {
  private static final int MOST_REFERENCES = 20;

  private final MessageStore messages;
  private final ThreadStore threads;
  private final AttachmentStore attachments;
  private final Channels channels;

  OutgoingMessages(
      MessageStore messages, ThreadStore threads, AttachmentStore attachments, Channels channels) {
    this.messages = messages;
    this.threads = threads;
    this.attachments = attachments;
    this.channels = channels;
  }

  Channel.Outgoing of(DeliveryStore.OwnMessage own) {
    Message message = messages.find(own.id()).orElseThrow();
    ThreadStore.Wire wire = threads.wire(own.id());
    List<AttachmentFile> files =
        attachments.ofMessages(List.of(own.id())).stream()
            .map(row ->
                new AttachmentFile(
                    row.name(),
                    row.contentType(),
                    row.size(),
                    row.file(),
                    row.contentId(),
                    row.inline()))
            .toList();
    return new Channel.Outgoing(
        own.id(),
        own.conversationId(),
        own.brandId(),
        wire.externalId(),
        wire.inReplyTo(),
        own.purpose() == Purpose.reply
            ? threads.references(own.conversationId(), own.id(), MOST_REFERENCES)
            : List.of(),
        message.from().address(),
        message.agent() == null ? null : message.agent().id(),
        recipients(message),
        message.subject(),
        message.text(),
        wire.html(),
        files,
        message.receivedAt(),
        new Channel.Handling(own.purpose(), own.redirects(), own.outcomes().settled()));
  }

  private static List<Recipient> recipients(Message message) {
    return Stream.of(of("to", message.to()), of("cc", message.cc()), of("bcc", message.bcc()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Recipient> of(String kind, List<Correspondent> people) {
    return people.stream().map(one -> new Recipient(kind, one.name(), one.address())).toList();
  }

  Channel.Delivery deliver(String channel, Channel.Outgoing message) {
    return channels.get(channel).deliver(message);
  }
}
