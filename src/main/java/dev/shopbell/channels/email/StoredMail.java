package dev.shopbell.channels.email;

import dev.shopbell.conversations.Authentication;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mail as it arrived for one brand.
 *
 * @param envelopeFrom empty for the null sender
 * @param recipients as the envelope names them
 * @param peer the address that handed it over
 * @param raw the whole mail where it is small, else null
 * @param helo what the sending server called itself
 * @param authentication as it was judged when it arrived; null where it was not
 * @param file its name in the file store where it is large, else null
 * @param fetched null where it came by SMTP
 */
record StoredMail(
    long id,
    long brandId,
    Instant receivedAt,
    @Nullable String envelopeFrom,
    List<String> recipients,
    @Nullable String peer,
    long size,
    byte @Nullable [] raw,
    @Nullable String file,
    int attempts,
    @Nullable String helo,
    @Nullable Authentication authentication,
    @Nullable Fetched fetched) {

  /**
   * What is known of a mail that was read from an account elsewhere.
   *
   * @param imported whether it was there before the account was connected
   * @param answered whether the account says that it was answered
   */
  record Fetched(FolderRole folder, boolean imported, boolean answered) {}
}
