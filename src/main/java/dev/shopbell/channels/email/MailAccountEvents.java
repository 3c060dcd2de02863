package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Sight;
import dev.shopbell.platform.webhooks.WebhookContent;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What webhooks are told of mailboxes: that mail does not come, and that it does again. */
@Component
class MailAccountEvents implements WebhookContent {
  private static final String MAILBOXES = "Mailboxes";

  @Override
  public List<Event> events() {
    return List.of(
        new Event(MailAccountRefused.class, MAILBOXES, "A mailbox does not let us in any more."),
        new Event(MailAccountMissed.class, MAILBOXES, "A mailbox does not answer any more."),
        new Event(MailAccountRecovered.class, MAILBOXES, "A mailbox is read again."));
  }

  @Override
  public Permission needs() {
    return Permission.MAIL_MANAGE;
  }

  @Override
  public Optional<Record> read(StoredFact fact, Sight sight) {
    return Optional.of(new Nothing());
  }
}
