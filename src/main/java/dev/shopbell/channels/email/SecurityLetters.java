package dev.shopbell.channels.email;

import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.staff.SecurityMailer;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Fills the slot through which agents are written to about how they sign in. */
@Component
class SecurityLetters implements SecurityMailer {
  private final Tasks tasks;
  private final Clock clock;

  SecurityLetters(Tasks tasks, Clock clock) {
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public void passwordLink(long agentId) {
    tasks.scheduleUnlessRunning(MailPasswordLink.class, agentId, clock.instant());
  }

  @Override
  public void passwordChanged(long agentId) {
    tasks.scheduleUnlessRunning(MailPasswordChanged.class, agentId, clock.instant());
  }

  @Override
  public void newDevice(long deviceId) {
    tasks.schedule(MailNewDevice.class, deviceId, clock.instant());
  }

  @Override
  public void refused(long agentId, Instant at) {
    tasks.scheduleUnlessRunning(MailRefusedSignIns.class, agentId, at);
  }
}
