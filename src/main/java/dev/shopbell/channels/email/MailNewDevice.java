package dev.shopbell.channels.email;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.tasks.Task;
import dev.shopbell.staff.KnownDevices;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Tells an agent that they signed in by a browser that was not known before. */
@Component
class MailNewDevice implements Task {
  private final KnownDevices devices;
  private final DeskLetters letters;
  private final Settings settings;

  MailNewDevice(KnownDevices devices, DeskLetters letters, Settings settings) {
    this.devices = devices;
    this.letters = letters;
    this.settings = settings;
  }

  @Override
  public Done run(long deviceId) {
    return devices
        .find(deviceId)
        .map(device -> letters.tell(device.agentId(), device.at(), letter(device)))
        .orElseGet(Done.Finished::new);
  }

  private DeskLetters.Letter letter(KnownDevices.Seen device) {
    return new DeskLetters.Letter(
        "A new sign-in to your desk",
        """
        Somebody signed in as you on %s, from where you have not been before:
        %s on %s, in the network %s.

        If it was you, all is well. If it was not, end that session and change your password at once.\
        """
            .formatted(
                DeskLetters.time(device.at()),
                Objects.requireNonNullElse(device.browser(), "a browser we do not know"),
                Objects.requireNonNullElse(device.system(), "a system we do not know"),
                Objects.requireNonNullElse(device.network(), "that we do not know")),
        "Where you are signed in",
        settings.linkBase() + "/settings/security");
  }
}
