package dev.shopbell.channels.email;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A report of a mail system about a mail sent earlier (RFC 3464, RFC 8098, RFC 5965, or what is
 * close to them).
 *
 * @param originalMessageId Message-ID of the mail it is about, without angle brackets
 */
record MailReport(Kind kind, List<Recipient> recipients, @Nullable String originalMessageId) {

  enum Kind {
    DELIVERY,
    /** Read, deleted or otherwise handled by the recipient. */
    DISPOSITION,
    /** The recipient called the mail spam. */
    COMPLAINT
  }

  enum Action {
    FAILED,
    DELAYED,
    DELIVERED,
    RELAYED,
    EXPANDED,
    READ,
    DELETED,
    UNKNOWN
  }

  /**
   * What became of the mail for one recipient.
   *
   * @param address the final recipient; null where the report does not name it
   * @param status such as 5.1.1 (RFC 3463)
   * @param diagnostic the words of the refusing server
   */
  record Recipient(
      @Nullable String address,
      Action action,
      @Nullable String status,
      @Nullable String diagnostic) {

    private static final Map<String, Phrases> PHRASES = Phrases.read("mail-phrases.txt");
    private static final Phrases GONE = Objects.requireNonNull(PHRASES.get("gone"));
    private static final Phrases NOT_GONE = Objects.requireNonNull(PHRASES.get("not-gone"));
    private static final List<String> GONE_STATUS =
        List.of("5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4", "5.4.310");
    private static final List<String> VAGUE_STATUS =
        List.of("5.0.0", "5.1.5", "5.3.0", "5.4.0", "5.4.7", "5.5.0", "5.5.1", "5.5.2", "5.5.4");

    /** Whether trying the address again is pointless. */
    boolean isPermanent() {
      return action == Action.FAILED && (status == null || !status.startsWith("4"));
    }

    /**
     * Whether there is no such address (any more): not a full mailbox, a refused content or sender,
     * or a server that could not be reached. A code that says so is believed unless the words speak
     * of something else; without such a code the words must say it.
     */
    boolean isGone() {
      if (action != Action.FAILED || (status != null && status.startsWith("4"))) {
        return false;
      }
      String said = diagnostic == null ? "" : diagnostic;
      Words words = Words.of(said, 2_000);
      boolean gone = GONE.any(words);
      boolean other = NOT_GONE.any(words);
      // How Exchange Online says that there is no such mailbox.
      boolean noSuchEntry =
          said.toLowerCase(Locale.ROOT).contains("recipient address rejected: access denied");
      if (status != null && GONE_STATUS.contains(status)) {
        return gone || noSuchEntry || !other;
      }
      if (noSuchEntry) {
        return true;
      }
      return gone && !other && (status == null || VAGUE_STATUS.contains(status));
    }
  }

  boolean isBounce() {
    return kind == Kind.DELIVERY && has(Action.FAILED);
  }

  boolean has(Action action) {
    return recipients.stream().anyMatch(recipient -> recipient.action() == action);
  }
}
