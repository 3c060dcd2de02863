package dev.shopbell.channels.email;

import dev.shopbell.platform.Settings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How mail comes and goes in this installation, for whoever sets it up. */
@Component
public class MailState {
  private final Settings settings;
  private final SmtpReceiver receiver;
  private final Mailboxes mailboxes;
  private final Relay relay;
  private final StoredMails mails;

  MailState(
      Settings settings,
      SmtpReceiver receiver,
      Mailboxes mailboxes,
      Relay relay,
      StoredMails mails) {
    this.settings = settings;
    this.receiver = receiver;
    this.mailboxes = mailboxes;
    this.relay = relay;
    this.mails = mails;
  }

  /**
   * @param relay without its password; null where none is set up
   * @param failed how many mails could not be taken in; their originals are kept
   * @param oldestWaiting since when the oldest stored mail waits to be read; null where none does
   */
  @Schema(name = "MailState")
  public record Now(
      String smtpHost,
      int smtpPort,
      boolean acceptsAnyAddress,
      @Nullable String relay,
      @Nullable Instant oldestWaiting,
      long failed) {}

  public Now now() {
    return new Now(
        settings.bind(),
        receiver.port(),
        mailboxes.takesAnyAddress(),
        relay.server().map(Relay.Server::shown).orElse(null),
        mails.waiting().oldest(),
        mails.failed());
  }
}
