package dev.shopbell.channels.email;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.tasks.Task;
import dev.shopbell.staff.Agents;
import org.springframework.stereotype.Component;

/** Tells an agent that their password was changed, in case it was not them. */
@Component
class MailPasswordChanged implements Task {
  private final Agents agents;
  private final DeskLetters letters;
  private final Settings settings;

  MailPasswordChanged(Agents agents, DeskLetters letters, Settings settings) {
    this.agents = agents;
    this.letters = letters;
    this.settings = settings;
  }

  @Override
  public Done run(long agentId) {
    return agents
        .passwordChangedAt(agentId)
        .map(at ->
            letters.tell(
                agentId,
                at,
                new DeskLetters.Letter(
                    "Your password was changed",
                    """
                    The password with which you sign in to your desk was changed on %s. Wherever else you were signed in, you are not any more.

                    If it was not you, choose another at once, and tell whoever manages people at your desk.\
                    """
                        .formatted(DeskLetters.time(at)),
                    "If it was not you, choose a new password",
                    settings.linkBase() + "/forgotten-password")))
        .orElseGet(Done.Finished::new);
  }
}
