package dev.shopbell.channels.email;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the header block of a mail says. */
record MailHead(
    Ids ids, People people, String subject, @Nullable Instant date, MailHeaders headers) {

  /** Message identifiers, all without angle brackets, in the order of the header. */
  record Ids(@Nullable String messageId, List<String> inReplyTo, List<String> references) {}

  /** Who wrote to whom. */
  record People(
      @Nullable MailAddress from,
      @Nullable MailAddress sender,
      List<MailAddress> replyTo,
      List<MailAddress> to,
      List<MailAddress> cc) {}
}
