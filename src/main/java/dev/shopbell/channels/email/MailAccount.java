package dev.shopbell.channels.email;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account behind a mailbox's address. It holds no secrets.
 *
 * @param smtp where answers from this address leave; null where the relay takes them
 * @param clientId of the OAuth client; null where a password is used
 * @param folders that are followed besides INBOX
 * @param junk whether what the server took for spam is taken in as spam
 * @param importDays mail of so many days before {@code connectedAt} is imported; 0 imports none,
 *     {@link #ALL_DAYS} all
 * @param words what is wrong, for people; null while nothing is
 * @param imported how many of {@code importTotal} earlier mails are here
 * @param leftOnServer mails that were too large or that the server could not give; they stay there
 * @param lastSeenAt when the server last answered us
 * @param lastMailAt when it last had a new mail for us
 */
record MailAccount(
    long id,
    long brandId,
    long mailboxId,
    String address,
    MailServer imap,
    @Nullable MailServer smtp,
    String userName,
    Auth auth,
    @Nullable String clientId,
    List<String> folders,
    boolean junk,
    int importDays,
    State state,
    @Nullable String words,
    int importTotal,
    int imported,
    int leftOnServer,
    Instant connectedAt,
    Instant lastSeenAt,
    @Nullable Instant lastMailAt,
    @JsonIgnore int revision) {

  /** How we prove who we are. */
  enum Auth {
    password,
    google,
    microsoft
  }

  enum State {
    /** Not yet reached, or not now. */
    connecting,
    /** Read, while earlier mail is still being fetched. */
    importing,
    live,
    /** The server does not let us in: somebody has to do something. */
    refused,
    /** Not reached for {@link #SILENT_AFTER}. */
    silent,
    paused
  }

  /** A hundred years. */
  static final int ALL_DAYS = 36_500;

  static final Duration SILENT_AFTER = Duration.ofMinutes(10);

  /** From when on mail is imported. */
  Instant importSince() {
    return connectedAt.minus(Duration.ofDays(importDays));
  }
}
