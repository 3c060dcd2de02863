/**
 * Mail. In: {@code SmtpReceiver} stores raw bytes and acknowledges them then; {@code MailIntake}
 * claims what is stored, reads it with {@code MailParser} and hands it to the inbox. Out: {@code
 * EmailChannel} sends through the relay, signed, with the {@code Signatures} of brand and agent
 * below. To agents: {@code StageNotifications} follows the facts, {@code SendNotification} tells an
 * agent, and {@code AgentMail} takes the answer. Owns {@code mailbox}, {@code stored_mail}, {@code
 * dkim_key}, {@code split_case}, {@code brand_signature}, {@code agent_signature}, {@code
 * agent_notification} and {@code agent_answer}. Mind that nothing a mail says is to be trusted:
 * neither its sender ({@code SenderCheck} finds out), nor its HTML, nor that it can be read at all.
 */
@NullMarked
@NamedInterface("email")
package dev.shopbell.channels.email;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
