/**
 * Mail. In: {@code SmtpReceiver} stores raw bytes and acknowledges them then; {@code ImapReader},
 * one for each {@code MailAccount} on one node, stores what {@code ImapSync} fetches together with
 * how far it has read ({@code ImapFolders}); {@code MailIntake} claims what is stored, reads it
 * with {@code MailParser} and hands it to the inbox. Out: {@code EmailChannel} sends through the
 * account of the sender or the relay ({@code OutgoingServers}), signed, with the {@code Signatures}
 * of brand and agent below. To agents: {@code StageNotifications} follows the facts, {@code
 * SendNotification} tells an agent, and {@code AgentMail} takes the answer. Owns {@code mailbox},
 * {@code mail_account}, {@code imap_folder}, {@code imap_import}, {@code stored_mail}, {@code
 * dkim_key}, {@code split_case}, {@code brand_signature}, {@code agent_signature}, {@code
 * agent_notification} and {@code agent_answer}. Mind that nothing a mail says is to be trusted:
 * neither its sender ({@code SenderCheck} finds out), nor its HTML, nor that it can be read at all.
 */
@NullMarked
@NamedInterface("email")
package dev.shopbell.channels.email;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
