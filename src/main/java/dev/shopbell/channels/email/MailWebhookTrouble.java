package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.conversations.Channel;
import dev.shopbell.platform.tasks.Task;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.webhooks.Webhook;
import dev.shopbell.platform.webhooks.WebhookAlarm;
import dev.shopbell.platform.webhooks.Webhooks;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes one mail to all who look after webhooks when one was given up. */
@Component
class MailWebhookTrouble implements Task, WebhookAlarm {
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final Duration GIVES_UP = Duration.ofDays(1);

  private final Webhooks webhooks;
  private final Agents agents;
  private final Brands brands;
  private final Mailboxes mailboxes;
  private final EmailChannel channel;
  private final WebhookLetter letter;
  private final Clock clock;

  MailWebhookTrouble(
      Webhooks webhooks,
      Agents agents,
      Brands brands,
      Mailboxes mailboxes,
      EmailChannel channel,
      WebhookLetter letter,
      Clock clock) {
    this.webhooks = webhooks;
    this.agents = agents;
    this.brands = brands;
    this.mailboxes = mailboxes;
    this.channel = channel;
    this.letter = letter;
    this.clock = clock;
  }

  @Override
  public void disabled(long webhookId) {
    letter.stage(webhookId, clock.instant());
  }

  @Override
  public Done run(long id) {
    Optional<Webhook> found = webhooks.find(id);
    Instant since = found.map(Webhook::disabledAt).orElse(null);
    List<Agent> told = told();
    if (found.isEmpty() || since == null || told.isEmpty()) {
      return new Done.Finished();
    }
    Webhook webhook = found.get();
    for (Brand brand : brands.all()) {
      Optional<String> sender = mailboxes.sender(brand.id(), null);
      if (sender.isPresent()) {
        Channel.Delivery delivery =
            channel.send(
                brand.id(),
                sender.get(),
                session -> letter.compose(session, webhook, told, brand, sender.get()));
        Instant now = clock.instant();
        return delivery instanceof Channel.Delivery.Deferred && since.plus(GIVES_UP).isAfter(now)
            ? new Done.Again(now.plus(PAUSE))
            : new Done.Finished();
      }
    }
    return new Done.Finished();
  }

  private List<Agent> told() {
    List<Agent> joined =
        agents.all().stream()
            .filter(agent -> agent.active() && agent.joined() && !agent.demo())
            .filter(agent -> !mailboxes.isOurs(agent.email()))
            .toList();
    var access = agents.access(joined.stream().map(Agent::id).toList());
    return joined.stream()
        .filter(agent -> {
          var held = access.get(agent.id());
          return held != null && held.permissions().contains(Permission.WEBHOOKS_MANAGE);
        })
        .toList();
  }
}
