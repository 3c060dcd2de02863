package dev.shopbell.channels.email;

import org.springframework.stereotype.Component;

/**
 * Where answers to our mail are to go: to the sender's address with a signed tag, where such an
 * address is sure to reach the mailbox. Many providers know no plus-tags and would refuse the
 * customer; there the address stays plain, and an answer finds its conversation by its headers.
 */
@Component
class ReplyAddress {
  private final SignedAddress signed;
  private final MailAccountStore accounts;

  ReplyAddress(SignedAddress signed, MailAccountStore accounts) {
    this.signed = signed;
    this.accounts = accounts;
  }

  /** Whether it is such an address. */
  boolean isOurs(String address) {
    return signed.conversation(address).isPresent();
  }

  String of(long conversationId, long brandId, String sender) {
    boolean takesTags =
        accounts
            .ofAddress(brandId, sender)
            .map(account -> {
              MailProvider provider = MailProvider.ofServer(account.imap());
              return provider != null && provider.takesTags();
            })
            .orElse(true);
    return takesTags ? signed.of(conversationId, sender) : sender;
  }
}
