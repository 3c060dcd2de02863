package dev.shopbell.channels.email;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report of a mail system about a mail sent earlier (RFC 3464, RFC 8098, or what is close to
 * them).
 *
 * @param originalMessageId Message-ID of the mail it is about, without angle brackets
 */
record MailReport(Kind kind, List<Recipient> recipients, @Nullable String originalMessageId) {

  enum Kind {
    DELIVERY,
    /** Read, deleted or otherwise handled by the recipient. */
    DISPOSITION
  }

  enum Action {
    FAILED,
    DELAYED,
    DELIVERED,
    RELAYED,
    EXPANDED,
    UNKNOWN
  }

  /**
   * What became of the mail for one recipient.
   *
   * @param address the final recipient
   * @param status such as 5.1.1 (RFC 3463)
   * @param diagnostic the words of the refusing server
   */
  record Recipient(
      String address, Action action, @Nullable String status, @Nullable String diagnostic) {

    /** Whether trying the address again is pointless. */
    boolean isPermanent() {
      return action == Action.FAILED && (status == null || !status.startsWith("4"));
    }
  }

  boolean isBounce() {
    return kind == Kind.DELIVERY
        && recipients.stream().anyMatch(recipient -> recipient.action() == Action.FAILED);
  }
}
