package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Task;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Delivers one message of ours. All retries live here. The attempt is written down before it is
 * made: after a crash in between, the same message is sent again with the same id, which the other
 * side can tell.
 */
@Component
class DeliverMessage implements Task {
  private static final List<Duration> BACK_OFF =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4));

  /** With that back-off five days, as RFC 5321, section 4.5.4.1, advises. */
  private static final int GIVES_UP_AFTER = 36;

  private static final Duration LOOKS_FOR_SETUP = Duration.ofSeconds(30);

  private final MessageStore messages;
  private final AttachmentStore attachments;
  private final Channels channels;
  private final Facts facts;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final MeterRegistry meters;

  DeliverMessage(
      MessageStore messages,
      AttachmentStore attachments,
      Channels channels,
      Facts facts,
      TransactionTemplate transaction,
      Clock clock,
      MeterRegistry meters) {
    this.messages = messages;
    this.attachments = attachments;
    this.channels = channels;
    this.facts = facts;
    this.transaction = transaction;
    this.clock = clock;
    this.meters = meters;
  }

  /** Null in either: there is nothing to send, and {@code done} says why not. */
  private record Ready(
      MessageStore.@Nullable OwnMessage own,
      Channel.@Nullable Outgoing message,
      @Nullable Done done) {}

  @Override
  public Done run(long id) {
    Ready ready = transaction.execute(status -> prepare(id));
    MessageStore.OwnMessage own = ready == null ? null : ready.own();
    Channel.Outgoing message = ready == null ? null : ready.message();
    if (own == null || message == null) {
      return ready == null || ready.done() == null ? new Done.Finished() : ready.done();
    }
    Channel.Delivery delivery = channels.get(own.channel()).deliver(message);
    Done done = transaction.execute(status -> record(own, delivery));
    return done == null ? new Done.Finished() : done;
  }

  private Ready prepare(long id) {
    Optional<MessageStore.OwnMessage> found = messages.lockOwn(id);
    Instant now = clock.instant();
    if (found.isEmpty()
        || found.get().state() == DeliveryState.sent
        || found.get().state() == DeliveryState.failed
        || found.get().state() == DeliveryState.withheld) {
      return new Ready(null, null, new Done.Finished());
    }
    MessageStore.OwnMessage own = found.get();
    if (own.undoableUntil() != null && own.undoableUntil().isAfter(now)) {
      return new Ready(null, null, new Done.Again(own.undoableUntil()));
    }
    Message message = messages.find(id).orElseThrow();
    if (messages.isDemo(own.conversationId())) {
      messages.setDelivery(
          id, DeliveryState.withheld, "A demo customer: never mailed.", 0, null, now);
      facts.append(Actor.SYSTEM, new ReplyWithheld(own.brandId(), own.conversationId(), id));
      return new Ready(null, null, new Done.Finished());
    }
    messages.setDelivery(id, DeliveryState.sending, own.detail(), own.attempts() + 1, null, now);
    return new Ready(own, outgoing(own, message), null);
  }

  private Channel.Outgoing outgoing(MessageStore.OwnMessage own, Message message) {
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
        java.util.Objects.requireNonNull(messages.externalId(own.id())),
        messages.inReplyTo(own.id()),
        messages.externalIds(own.conversationId(), own.id(), 20),
        message.from().address(),
        message.agent() == null ? null : message.agent().id(),
        message.to().stream().map(to -> new Recipient("to", to.name(), to.address())).toList(),
        message.subject(),
        message.text(),
        message.html(),
        files,
        message.receivedAt());
  }

  private Done record(MessageStore.OwnMessage own, Channel.Delivery delivery) {
    Instant now = clock.instant();
    int attempts = own.attempts() + 1;
    meters
        .counter("shopbell.deliveries", "result", delivery.getClass().getSimpleName())
        .increment();
    return switch (delivery) {
      case Channel.Delivery.Sent(String detail) -> {
        messages.setDelivery(own.id(), DeliveryState.sent, detail, attempts, null, now);
        messages.refreshConversation(own.conversationId());
        yield finished(new ReplySent(own.brandId(), own.conversationId(), own.id()));
      }
      case Channel.Delivery.Failed(String detail) -> failed(own, detail, attempts, now);
      case Channel.Delivery.Deferred(String detail) -> {
        if (attempts >= GIVES_UP_AFTER) {
          yield failed(own, "Given up after five days. " + detail, attempts, now);
        }
        Instant next = now.plus(BACK_OFF.get(Math.min(attempts, BACK_OFF.size()) - 1));
        messages.setDelivery(own.id(), DeliveryState.deferred, detail, attempts, next, now);
        facts.append(
            Actor.SYSTEM, new ReplyDeferred(own.brandId(), own.conversationId(), own.id()));
        yield new Done.Again(next);
      }
      case Channel.Delivery.NotReady(String detail) -> {
        Instant next = now.plus(LOOKS_FOR_SETUP);
        messages.setDelivery(own.id(), DeliveryState.queued, detail, own.attempts(), null, now);
        if (!detail.equals(own.detail())) {
          facts.append(
              Actor.SYSTEM, new ReplyDeferred(own.brandId(), own.conversationId(), own.id()));
        }
        yield new Done.Again(next);
      }
    };
  }

  private Done failed(MessageStore.OwnMessage own, String detail, int attempts, Instant now) {
    messages.setDelivery(own.id(), DeliveryState.failed, detail, attempts, null, now);
    messages.refreshConversation(own.conversationId());
    return finished(new ReplyFailed(own.brandId(), own.conversationId(), own.id()));
  }

  private Done finished(Fact fact) {
    facts.append(Actor.SYSTEM, fact);
    return new Done.Finished();
  }
}
