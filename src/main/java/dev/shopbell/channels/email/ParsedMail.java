package dev.shopbell.channels.email;

import dev.shopbell.conversations.Appointment;
import dev.shopbell.conversations.MessageMark;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mail as far as it could be read.
 *
 * @param appointment the appointment it is about; null when it is about none
 * @param contentHash sha-256 in lower-case hex over sender, subject, date and body. The same mail
 *     has the same hash over whatever route and with whatever line ends it came
 * @param problem in plain words what could not be read; null when all could
 */
record ParsedMail(
    MailHead head,
    MailBody body,
    MailSignals signals,
    Set<MessageMark> marks,
    @Nullable Appointment appointment,
    String contentHash,
    @Nullable String problem) {

  @Nullable String messageId() {
    return head.ids().messageId();
  }

  List<String> inReplyTo() {
    return head.ids().inReplyTo();
  }

  List<String> references() {
    return head.ids().references();
  }

  @Nullable MailAddress from() {
    return head.people().from();
  }

  String subject() {
    return head.subject();
  }

  @Nullable Instant date() {
    return head.date();
  }

  MailHeaders headers() {
    return head.headers();
  }

  String text() {
    return body.text();
  }

  @Nullable String html() {
    return body.html();
  }

  List<MailAttachment> attachments() {
    return body.attachments();
  }
}
