package dev.shopbell.conversations.notifications;

import dev.shopbell.platform.tasks.Task;
import dev.shopbell.platform.tasks.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings one push to one device. What has been seen meanwhile is not sent; where no device takes
 * it, it is decided anew how the agent is told.
 */
@Component
class PushToDevice implements Task {
  /** With the doubled waits about an hour. */
  private static final int ATTEMPTS = 7;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

  /** A push that reaches the browser later than that is old news. */
  private static final Duration KEPT = Duration.ofHours(4);

  private final PushMessages messages;
  private final PushDevices devices;
  private final WebPush push;
  private final Telling telling;
  private final Tasks tasks;
  private final TransactionTemplate transaction;
  private final Clock clock;

  PushToDevice(
      PushMessages messages,
      PushDevices devices,
      WebPush push,
      Telling telling,
      Tasks tasks,
      TransactionTemplate transaction,
      Clock clock) {
    this.messages = messages;
    this.devices = devices;
    this.push = push;
    this.telling = telling;
    this.tasks = tasks;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public Done run(long id) {
    Optional<PushMessages.Pending> found = messages.find(id);
    Optional<PushDevices.Address> device =
        found.flatMap(message -> devices.address(message.deviceId()));
    if (found.isEmpty() || device.isEmpty()) {
      return new Done.Finished();
    }
    PushMessages.Pending message = found.get();
    if (!message.wanted()) {
      transaction.executeWithoutResult(status -> messages.remove(message));
      return new Done.Finished();
    }
    messages.tried(id);
    WebPush.Outcome outcome =
        push.send(device.get(), message.shown(), KEPT, "c" + message.conversationId());
    return Objects.requireNonNull(transaction.execute(status -> record(message, outcome)));
  }

  private Done record(PushMessages.Pending message, WebPush.Outcome outcome) {
    return switch (outcome) {
      case WebPush.Outcome.Taken _ -> {
        messages.taken(message);
        devices.pushed(message.deviceId());
        yield messages.remove(message) ? new Done.Finished() : new Done.Again(clock.instant());
      }
      case WebPush.Outcome.Gone _ -> {
        devices.gone(message.deviceId());
        yield givenUp(message);
      }
      case WebPush.Outcome.Never _ -> givenUp(message);
      case WebPush.Outcome.Later later when message.attempts() + 1 < ATTEMPTS -> {
        Duration wait = FIRST_WAIT.multipliedBy(1L << message.attempts());
        Duration asked = later.after() == null ? wait : later.after();
        Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
        yield new Done.Again(
            clock.instant().plus(longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer));
      }
      case WebPush.Outcome.Later _ -> givenUp(message);
    };
  }

  private Done givenUp(PushMessages.Pending message) {
    messages.remove(message);
    Instant now = clock.instant();
    telling
        .reopen(message.notificationId())
        .forEach(id -> tasks.schedule(TellAgent.class, id, now));
    return new Done.Finished();
  }
}
