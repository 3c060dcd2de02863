package dev.shopbell.channels.email;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether mail that was taken becomes conversations. */
@Component
class MailInCheck implements Check {
  private static final Duration LATE = Duration.ofMinutes(1);
  private static final Duration FAR_TOO_LATE = Duration.ofMinutes(10);
  private static final String SAYS =
      "{waiting} mails wait to be read, the oldest for {seconds} seconds.";
  private static final String ADVICE =
      "After an import or a rush they are read one by one. If the number does not fall, the log of the program says why. None of them is lost.";

  private final StoredMails mails;
  private final Clock clock;

  MailInCheck(StoredMails mails, Clock clock) {
    this.mails = mails;
    this.clock = clock;
  }

  @Override
  public String checkName() {
    return "mail-in";
  }

  @Override
  public Finding look() {
    StoredMails.Waiting waiting = mails.waiting();
    Instant now = clock.instant();
    Instant oldest = waiting.oldest() == null ? now : waiting.oldest();
    Duration age = Duration.between(oldest, now);
    Map<String, Object> values =
        Map.of("waiting", waiting.count(), "seconds", Math.max(0, age.toSeconds()));
    if (age.compareTo(FAR_TOO_LATE) > 0) {
      return Finding.broken(SAYS, ADVICE, values);
    }
    if (age.compareTo(LATE) > 0) {
      return Finding.soon(SAYS, ADVICE, values);
    }
    long failed = mails.failed();
    return failed > 0
        ? Finding.soon(
            "{failed} mails could not be made conversations of.",
            "Their originals are kept, and the log of the program says why. Please report it.",
            Map.of("failed", failed))
        : Finding.well("Mail that comes in is read at once.", Map.of());
  }
}
