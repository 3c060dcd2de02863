package dev.shopbell.channels.email;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.tasks.Task;
import dev.shopbell.staff.RefusedSignIns;
import org.springframework.stereotype.Component;

/** Tells an agent that somebody tried to sign in as them, again and again. */
@Component
class MailRefusedSignIns implements Task {
  private final RefusedSignIns refused;
  private final DeskLetters letters;
  private final Settings settings;

  MailRefusedSignIns(RefusedSignIns refused, DeskLetters letters, Settings settings) {
    this.refused = refused;
    this.letters = letters;
    this.settings = settings;
  }

  @Override
  public Done run(long agentId) {
    return refused
        .of(agentId)
        .map(count -> letters.tell(agentId, count.since(), letter(count)))
        .orElseGet(Done.Finished::new);
  }

  private DeskLetters.Letter letter(RefusedSignIns.Count count) {
    String knew =
        count.secondSteps() == 0
            ? "The password was wrong each time."
            : "The password was right, and the code of the second step wrong, "
                + times(count.secondSteps())
                + ": if that was not you, somebody knows your password.";
    return new DeskLetters.Letter(
        "Somebody tried to sign in as you",
        """
        Since %s, signing in with your address was refused %s. %s Whoever goes on guessing is held back.

        If it was you, all is well. If it was not, and you use this password elsewhere too, choose another.\
        """
            .formatted(DeskLetters.time(count.since()), times(count.times()), knew),
        "Choose a new password",
        settings.linkBase() + "/forgotten-password");
  }

  private static String times(int times) {
    return times == 1 ? "once" : times + " times";
  }
}
