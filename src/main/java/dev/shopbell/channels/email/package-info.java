/**
 * Mail. In: {@code SmtpReceiver} stores raw bytes and acknowledges them then; {@code MailIntake}
 * claims what is stored, reads it with {@code MailParser} and hands it to the inbox. Out: {@code
 * EmailChannel} sends through the relay, signed. Owns {@code mailbox}, {@code stored_mail}, {@code
 * split_case} and {@code dkim_key}. Mind that nothing a mail says is to be trusted: neither its
 * sender ({@code SenderCheck} finds out), nor its HTML, nor that it can be read at all.
 */
@NullMarked
@NamedInterface("email")
package dev.shopbell.channels.email;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
