package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.AgentMailer;
import dev.shopbell.platform.tasks.Task;
import dev.shopbell.platform.tasks.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides for one notification where it is told besides the desk's list, and that once: not at all
 * to who has seen it or is at the desk; else by push where the agent has a device for it; else by
 * mail, once it has waited as long as the agent says. What waits in the same conversation is told
 * with it.
 */
@Component
class TellAgent implements Task {
  /** So long after their last touch somebody is taken to be there still. */
  private static final Duration PRESENT = Duration.ofMinutes(2);

  private final Telling telling;
  private final NotificationSettingsStore settings;
  private final AgentMailer mailer;
  private final Tasks tasks;
  private final TransactionTemplate transaction;
  private final Clock clock;

  TellAgent(
      Telling telling,
      NotificationSettingsStore settings,
      AgentMailer mailer,
      Tasks tasks,
      TransactionTemplate transaction,
      Clock clock) {
    this.telling = telling;
    this.settings = settings;
    this.mailer = mailer;
    this.tasks = tasks;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public Done run(long id) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> telling.lock(id).map(this::tell).orElseGet(Done.Finished::new)));
  }

  private Done tell(Telling.Waiting waiting) {
    Instant now = clock.instant();
    Instant quiet = settings.of(waiting.agentId()).quietUntil(now);
    Instant here = waiting.desk() ? waiting.activeAt() : null;
    if (here != null && here.isAfter(waiting.createdAt())) {
      telling.told(waiting.id(), List.of(waiting.id()), Telling.Told.desk, now);
      return new Done.Finished();
    }
    if (here != null && here.plus(PRESENT).isAfter(now)) {
      return new Done.Again(here.plus(PRESENT));
    }
    if (quiet != null) {
      return new Done.Again(quiet);
    }
    if (waiting.push() && push(waiting, now)) {
      return new Done.Finished();
    }
    return waiting.mail() ? mail(waiting, now) : new Done.Finished();
  }

  private boolean push(Telling.Waiting waiting, Instant now) {
    List<Long> staged = telling.stagePush(waiting, now);
    if (staged.isEmpty()) {
      return false;
    }
    staged.forEach(message -> tasks.schedule(PushToDevice.class, message, now));
    telling.told(waiting.id(), telling.together(waiting, true), Telling.Told.push, now);
    return true;
  }

  private Done mail(Telling.Waiting waiting, Instant now) {
    @Nullable Instant due =
        waiting
            .createdAt()
            .plus(Duration.ofMinutes(settings.of(waiting.agentId()).mailAfterMinutes()));
    if (due.isAfter(now)) {
      return new Done.Again(due);
    }
    if (!waiting.answered() && !waiting.mailedBefore()) {
      telling.told(waiting.id(), telling.together(waiting, false), Telling.Told.mail, now);
      mailer.stage(waiting.id());
    }
    return new Done.Finished();
  }
}
