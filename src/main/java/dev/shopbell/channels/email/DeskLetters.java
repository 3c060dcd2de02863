package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.conversations.Channel;
import dev.shopbell.platform.tasks.Task;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Mail from the desk itself to an agent: from the first brand that they see and that has an address
 * to send from.
 */
@Component
class DeskLetters {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);

  /** Later it would be no news. */
  private static final Duration GIVES_UP = Duration.ofHours(4);

  private final NotificationComposer composer;
  private final EmailChannel channel;
  private final Mailboxes mailboxes;
  private final Brands brands;
  private final Agents agents;
  private final Clock clock;

  DeskLetters(
      NotificationComposer composer,
      EmailChannel channel,
      Mailboxes mailboxes,
      Brands brands,
      Agents agents,
      Clock clock) {
    this.composer = composer;
    this.channel = channel;
    this.mailboxes = mailboxes;
    this.brands = brands;
    this.agents = agents;
    this.clock = clock;
  }

  /**
   * @param words plain, in paragraphs
   * @param link where its one link leads
   */
  record Letter(String subject, String words, String linkWords, String link) {}

  /** A moment in the words of a letter: where its reader is, is not known. */
  static String time(Instant at) {
    return TIME.format(at);
  }

  /** What became of it. */
  Channel.Delivery send(long agentId, Letter letter) {
    Agent agent = agents.get(agentId);
    if (agent.demo()) {
      return new Channel.Delivery.NotReady("You belong to the demo shop: nobody there is mailed.");
    }
    if (mailboxes.isOurs(agent.email())) {
      return new Channel.Delivery.NotReady(
          "Your address is one of the shop's own mailboxes: mail to you would come back.");
    }
    List<Long> seen = agent.sees().brands();
    for (Brand brand : brands.all()) {
      Optional<String> sender = mailboxes.sender(brand.id(), null);
      if (sender.isPresent() && (seen == null || seen.contains(brand.id()))) {
        return channel.send(
            brand.id(),
            sender.get(),
            session -> composer.letter(session, agent, brand, sender.get(), letter));
      }
    }
    return new Channel.Delivery.NotReady(
        "No address to send from is set up yet (Settings, Mailboxes).");
  }

  /**
   * Tells an agent of something, again later where the mail server asks for that.
   *
   * @param about when it happened
   */
  Task.Done tell(long agentId, Instant about, Letter letter) {
    if (!(send(agentId, letter) instanceof Channel.Delivery.Deferred)) {
      return new Task.Done.Finished();
    }
    Instant now = clock.instant();
    Duration waited = Duration.between(about, now);
    return waited.compareTo(GIVES_UP) > 0
        ? new Task.Done.Finished()
        : new Task.Done.Again(now.plus(waited.compareTo(FIRST_WAIT) > 0 ? waited : FIRST_WAIT));
  }
}
