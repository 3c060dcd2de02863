package dev.shopbell.channels.email;

import dev.shopbell.brands.Brands;
import dev.shopbell.conversations.Channel;
import dev.shopbell.platform.tasks.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Sends one mail to an agent, unless they are at the desk. Repeated after a crash it bears the same
 * Message-ID.
 */
@Component
class SendNotification implements Task {
  /** So long after their last touch somebody is taken to be there still. */
  private static final Duration PRESENT = Duration.ofMinutes(2);

  private static final int ATTEMPTS = 8;

  private final AgentNotifications notifications;
  private final NotificationComposer composer;
  private final EmailChannel channel;
  private final Mailboxes mailboxes;
  private final Brands brands;
  private final Clock clock;

  SendNotification(
      AgentNotifications notifications,
      NotificationComposer composer,
      EmailChannel channel,
      Mailboxes mailboxes,
      Brands brands,
      Clock clock) {
    this.notifications = notifications;
    this.composer = composer;
    this.channel = channel;
    this.mailboxes = mailboxes;
    this.brands = brands;
    this.clock = clock;
  }

  @Override
  public Done run(long id) {
    Optional<AgentNotifications.Notification> found = notifications.find(id);
    if (found.isEmpty()) {
      return new Done.Finished();
    }
    AgentNotifications.Notification notification = found.get();
    Optional<String> sender = mailboxes.sender(notification.brandId(), notification.ownAddress());
    Instant present = notification.presentAt();
    boolean sawIt = present != null && present.isAfter(notification.createdAt());
    if (!notification.wanted()
        || notification.answered()
        || sawIt
        || sender.isEmpty()
        || mailboxes.isOurs(notification.agentEmail())) {
      return new Done.Finished();
    }
    if (present != null && present.plus(PRESENT).isAfter(clock.instant())) {
      return new Done.Again(present.plus(PRESENT));
    }
    notifications.tried(id);
    Channel.Delivery delivery =
        channel.send(
            notification.brandId(),
            sender.get(),
            session ->
                composer.compose(
                    session, notification, brands.get(notification.brandId()), sender.get()));
    return switch (delivery) {
      case Channel.Delivery.Deferred deferred when notification.attempts() < ATTEMPTS ->
          new Done.Again(clock.instant().plus(Duration.ofMinutes(1L << notification.attempts())));
      case Channel.Delivery.Deferred deferred -> new Done.Finished();
      case Channel.Delivery.Sent sent -> new Done.Finished();
      case Channel.Delivery.Failed failed -> new Done.Finished();
      case Channel.Delivery.Partly partly -> new Done.Finished();
      case Channel.Delivery.NotReady notReady -> new Done.Finished();
    };
  }
}
