package dev.shopbell.conversations;

import dev.shopbell.platform.tasks.Task;
import org.springframework.stereotype.Component;

/** Lets a scheduled answer leave when its time has come, unless it is held. */
@Component
class SendScheduled implements Task {
  private final Outbox outbox;

  SendScheduled(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Done run(long id) {
    return outbox.leave(id);
  }
}
