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
  private final DeliveryStore deliveries;
  private final OutgoingMessages outgoing;
  private final Facts facts;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final MeterRegistry meters;

  DeliverMessage(
      MessageStore messages,
      DeliveryStore deliveries,
      OutgoingMessages outgoing,
      Facts facts,
      TransactionTemplate transaction,
      Clock clock,
      MeterRegistry meters) {
    this.messages = messages;
    this.deliveries = deliveries;
    this.outgoing = outgoing;
    this.facts = facts;
    this.transaction = transaction;
    this.clock = clock;
    this.meters = meters;
  }

  /** Null in either: there is nothing to send, and {@code done} says why not. */
  private record Ready(
      DeliveryStore.@Nullable OwnMessage own,
      Channel.@Nullable Outgoing message,
      @Nullable Done done) {}

  @Override
  public Done run(long id) {
    Ready ready = transaction.execute(status -> prepare(id));
    DeliveryStore.OwnMessage own = ready == null ? null : ready.own();
    Channel.Outgoing message = ready == null ? null : ready.message();
    if (own == null || message == null) {
      return ready == null || ready.done() == null ? new Done.Finished() : ready.done();
    }
    Channel.Delivery delivery = outgoing.deliver(own.channel(), message);
    Done done = transaction.execute(status -> record(own, delivery));
    return done == null ? new Done.Finished() : done;
  }

  private Ready prepare(long id) {
    deliveries.lockConversation(id);
    Optional<DeliveryStore.OwnMessage> found = deliveries.lock(id);
    Instant now = clock.instant();
    if (found.isEmpty()
        || found.get().state() == DeliveryState.sent
        || found.get().state() == DeliveryState.failed
        || found.get().state() == DeliveryState.withheld
        || found.get().waits()) {
      return new Ready(null, null, new Done.Finished());
    }
    DeliveryStore.OwnMessage own = found.get();
    if (own.undoableUntil() != null && own.undoableUntil().isAfter(now)) {
      return new Ready(null, null, new Done.Again(own.undoableUntil()));
    }
    if (messages.isDemo(own.conversationId())) {
      deliveries.set(id, DeliveryState.withheld, "A demo customer: never mailed.", 0, null, now);
      facts.append(Actor.SYSTEM, new ReplyWithheld(own.brandId(), own.conversationId(), id));
      return new Ready(null, null, new Done.Finished());
    }
    deliveries.set(id, DeliveryState.sending, own.detail(), own.attempts() + 1, null, now);
    return new Ready(own, outgoing.of(own), null);
  }

  private Done record(DeliveryStore.OwnMessage left, Channel.Delivery delivery) {
    Instant now = clock.instant();
    int attempts = left.attempts() + 1;
    deliveries.lockConversation(left.id());
    Optional<DeliveryStore.OwnMessage> found = deliveries.lock(left.id());
    // It may have been merged into another conversation while it left.
    DeliveryStore.OwnMessage own =
        left.in(found.map(DeliveryStore.OwnMessage::conversationId).orElse(left.conversationId()));
    boolean bouncedMeanwhile = found.filter(one -> one.state() == DeliveryState.failed).isPresent();
    if (bouncedMeanwhile && delivery instanceof Channel.Delivery.Sent) {
      return new Done.Finished();
    }
    meters
        .counter("shopbell.deliveries", "result", delivery.getClass().getSimpleName())
        .increment();
    return switch (delivery) {
      case Channel.Delivery.Sent(String detail) ->
          settled(own, own.outcomes(), detail, attempts, now);
      case Channel.Delivery.Failed(String detail) ->
          failed(own, told(detail, own.outcomes()), attempts, now);
      case Channel.Delivery.Deferred(String detail) ->
          deferred(own, detail, own.outcomes(), attempts, now);
      case Channel.Delivery.Partly(var more, var waiting) -> {
        Outcomes outcomes = own.outcomes().and(more);
        deliveries.setOutcomes(own.id(), outcomes);
        yield waiting == null
            ? settled(own, outcomes, "", attempts, now)
            : deferred(own, waiting, outcomes, attempts, now);
      }
      case Channel.Delivery.NotReady(String detail) -> {
        Instant next = now.plus(LOOKS_FOR_SETUP);
        deliveries.set(own.id(), DeliveryState.queued, detail, own.attempts(), null, now);
        if (!detail.equals(own.detail())) {
          facts.append(
              Actor.SYSTEM, new ReplyDeferred(own.brandId(), own.conversationId(), own.id()));
        }
        yield new Done.Again(next);
      }
    };
  }

  /** Nobody is left to be tried: it has failed if anybody was refused. */
  private Done settled(
      DeliveryStore.OwnMessage own, Outcomes outcomes, String detail, int attempts, Instant now) {
    if (outcomes.anyRefused()) {
      return failed(own, outcomes.words(), attempts, now);
    }
    String words = detail.isEmpty() ? outcomes.words() : detail;
    deliveries.set(own.id(), DeliveryState.sent, words, attempts, null, now);
    messages.refreshConversation(own.conversationId());
    return finished(new ReplySent(own.brandId(), own.conversationId(), own.id()));
  }

  private Done deferred(
      DeliveryStore.OwnMessage own, String detail, Outcomes outcomes, int attempts, Instant now) {
    if (attempts >= GIVES_UP_AFTER) {
      return failed(own, told("Given up after five days. " + detail, outcomes), attempts, now);
    }
    Instant next = now.plus(BACK_OFF.get(Math.min(attempts, BACK_OFF.size()) - 1));
    deliveries.set(own.id(), DeliveryState.deferred, told(detail, outcomes), attempts, next, now);
    facts.append(Actor.SYSTEM, new ReplyDeferred(own.brandId(), own.conversationId(), own.id()));
    return new Done.Again(next);
  }

  private static String told(String detail, Outcomes outcomes) {
    return (detail + " " + outcomes.words()).strip();
  }

  private Done failed(DeliveryStore.OwnMessage own, String detail, int attempts, Instant now) {
    deliveries.set(own.id(), DeliveryState.failed, detail, attempts, null, now);
    messages.refreshConversation(own.conversationId());
    return finished(new ReplyFailed(own.brandId(), own.conversationId(), own.id()));
  }

  private Done finished(Fact fact) {
    facts.append(Actor.SYSTEM, fact);
    return new Done.Finished();
  }
}
