package dev.shopbell.channels.email;

import dev.shopbell.conversations.AgentMailer;
import dev.shopbell.conversations.Channel;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.staff.Agents;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Fills the slot through which the inbox has agents told by mail. */
@Component
class AgentLetters implements AgentMailer {
  private final DeskLetters letters;
  private final Agents agents;
  private final Settings settings;
  private final Tasks tasks;
  private final Clock clock;

  AgentLetters(DeskLetters letters, Agents agents, Settings settings, Tasks tasks, Clock clock) {
    this.letters = letters;
    this.agents = agents;
    this.settings = settings;
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public void stage(long notificationId) {
    tasks.schedule(MailAgent.class, notificationId, clock.instant());
  }

  @Override
  public Trial test(long agentId) {
    DeskLetters.Letter letter =
        new DeskLetters.Letter(
            "Mail from your desk arrives",
            "You asked for this mail in your settings. Notifications come the same way.",
            "Your settings",
            settings.linkBase() + "/settings/notifications");
    return switch (letters.send(agentId, letter)) {
      case Channel.Delivery.Sent _ ->
          new Trial(true, "A mail is on its way to " + agents.get(agentId).email() + ".");
      case Channel.Delivery.Deferred deferred -> new Trial(false, deferred.detail());
      case Channel.Delivery.Failed failed -> new Trial(false, failed.detail());
      case Channel.Delivery.NotReady notReady -> new Trial(false, notReady.detail());
      case Channel.Delivery.Partly _ -> new Trial(false, "The mail server took it for nobody.");
    };
  }
}
