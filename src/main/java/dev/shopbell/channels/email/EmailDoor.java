package dev.shopbell.channels.email;

import dev.shopbell.brands.Brands;
import dev.shopbell.conversations.ConversationDoor;
import dev.shopbell.platform.web.SightDoor;
import java.util.List;
import org.springframework.stereotype.Component;

/** Lets nobody near the mail set-up of a brand that they do not see. */
@Component
class EmailDoor implements SightDoor {
  private final Mailboxes mailboxes;
  private final MailAccounts accounts;
  private final MailDomains domains;
  private final SplitCases cases;
  private final Brands brands;
  private final ConversationDoor conversations;

  EmailDoor(
      Mailboxes mailboxes,
      MailAccounts accounts,
      MailDomains domains,
      SplitCases cases,
      Brands brands,
      ConversationDoor conversations) {
    this.mailboxes = mailboxes;
    this.accounts = accounts;
    this.domains = domains;
    this.cases = cases;
    this.brands = brands;
    this.conversations = conversations;
  }

  @Override
  public List<Guard> guards() {
    return List.of(
        Guard.ofNumber(
            "mailboxes",
            "mailbox",
            (sight, id) ->
                mailboxes.all().stream()
                    .anyMatch(mailbox -> mailbox.id() == id && sight.sees(mailbox.brandId()))),
        Guard.ofNumber(
            "mail-accounts",
            "mail account",
            (sight, id) ->
                accounts.find(id).filter(account -> sight.sees(account.brandId())).isPresent()),
        new Guard("mail-domains", "domain", domains::sees),
        Guard.ofNumber(
            "split-cases",
            "case",
            (sight, id) ->
                cases.conversationOf(id).filter(of -> conversations.sees(sight, of)).isPresent()),
        Guard.ofNumber(
            "signatures", "brand", (sight, id) -> sight.sees(id) && brands.find(id).isPresent()));
  }
}
