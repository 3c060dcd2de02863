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
 * Sends one mail to an agent: that they are to be told by mail has been decided. Repeated after a
 * crash it bears the same Message-ID.
 */
@Component
class MailAgent implements Task {
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);

  /** Later it would be no news. */
  private static final Duration GIVES_UP = Duration.ofHours(4);

  private final AgentNotifications notifications;
  private final NotificationComposer composer;
  private final EmailChannel channel;
  private final Mailboxes mailboxes;
  private final Brands brands;
  private final Clock clock;

  MailAgent(
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
    if (found.isEmpty() || !found.get().wanted()) {
      return new Done.Finished();
    }
    AgentNotifications.Notification notification = found.get();
    Optional<String> sender = mailboxes.sender(notification.brandId(), notification.ownAddress());
    if (sender.isEmpty() || mailboxes.isOurs(notification.agentEmail())) {
      return new Done.Finished();
    }
    Channel.Delivery delivery =
        channel.send(
            notification.brandId(),
            sender.get(),
            session ->
                composer.compose(
                    session, notification, brands.get(notification.brandId()), sender.get()));
    return delivery instanceof Channel.Delivery.Deferred
        ? later(notification.toldAt())
        : new Done.Finished();
  }

  private Done later(Instant toldAt) {
    Instant now = clock.instant();
    Duration waited = Duration.between(toldAt, now);
    if (waited.compareTo(GIVES_UP) > 0) {
      return new Done.Finished();
    }
    return new Done.Again(now.plus(waited.compareTo(FIRST_WAIT) > 0 ? waited : FIRST_WAIT));
  }
}
