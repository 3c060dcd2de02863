package dev.shopbell.channels.email;

import dev.shopbell.conversations.Channel;
import dev.shopbell.platform.tasks.Task;
import dev.shopbell.staff.ForgottenPasswords;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Sends an agent a link for a new password. It is made here, so that it lies nowhere but in the
 * mail; each try makes another, as long as whoever asked still waits.
 */
@Component
class MailPasswordLink implements Task {
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final ForgottenPasswords forgotten;
  private final DeskLetters letters;
  private final Clock clock;

  MailPasswordLink(ForgottenPasswords forgotten, DeskLetters letters, Clock clock) {
    this.forgotten = forgotten;
    this.letters = letters;
    this.clock = clock;
  }

  @Override
  public Done run(long agentId) {
    Optional<String> link = forgotten.link(agentId);
    return link.isPresent()
            && letters.send(agentId, letter(link.get())) instanceof Channel.Delivery.Deferred
        ? new Done.Again(clock.instant().plus(AGAIN))
        : new Done.Finished();
  }

  private static DeskLetters.Letter letter(String link) {
    return new DeskLetters.Letter(
        "A new password for your desk",
        """
        You, or somebody who knows your address, asked for a new password. Choose it within an hour; the link works once.

        If it was not you, do nothing: your password stays as it is.\
        """,
        "Choose a new password",
        link);
  }
}
