package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.conversations.AgentMailer;
import dev.shopbell.conversations.Channel;
import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Fills the slot through which the inbox has agents told by mail. */
@Component
class AgentLetters implements AgentMailer {
  private final NotificationComposer composer;
  private final EmailChannel channel;
  private final Mailboxes mailboxes;
  private final Brands brands;
  private final Agents agents;
  private final Tasks tasks;
  private final Clock clock;

  AgentLetters(
      NotificationComposer composer,
      EmailChannel channel,
      Mailboxes mailboxes,
      Brands brands,
      Agents agents,
      Tasks tasks,
      Clock clock) {
    this.composer = composer;
    this.channel = channel;
    this.mailboxes = mailboxes;
    this.brands = brands;
    this.agents = agents;
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public void stage(long notificationId) {
    tasks.schedule(MailAgent.class, notificationId, clock.instant());
  }

  @Override
  public Trial test(long agentId) {
    Agent agent = agents.get(agentId);
    if (mailboxes.isOurs(agent.email())) {
      return new Trial(
          false, "Your address is one of the shop's own mailboxes: mail to you would come back.");
    }
    for (Brand brand : brands.all()) {
      Optional<String> sender = mailboxes.sender(brand.id(), null);
      if (sender.isPresent()) {
        return trial(
            agent,
            channel.send(
                brand.id(),
                sender.get(),
                session -> composer.trial(session, agent, brand, sender.get())));
      }
    }
    return new Trial(false, "No address to send from is set up yet (Settings, Mailboxes).");
  }

  private static Trial trial(Agent agent, Channel.Delivery delivery) {
    return switch (delivery) {
      case Channel.Delivery.Sent _ ->
          new Trial(true, "A mail is on its way to " + agent.email() + ".");
      case Channel.Delivery.Deferred deferred -> new Trial(false, deferred.detail());
      case Channel.Delivery.Failed failed -> new Trial(false, failed.detail());
      case Channel.Delivery.NotReady notReady -> new Trial(false, notReady.detail());
      case Channel.Delivery.Partly _ -> new Trial(false, "The mail server took it for nobody.");
    };
  }
}
