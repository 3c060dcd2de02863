/**
 * Mail. In: {@code SmtpReceiver} stores raw bytes and acknowledges them then; {@code ImapReader},
 * one for each {@code MailAccount} on one node, stores what {@code ImapSync} fetches together with
 * how far it has read ({@code ImapFolders}); {@code MailIntake} claims what is stored, reads it
 * with {@code MailParser} and hands it to the inbox. Out: {@code EmailChannel} sends through the
 * account of the sender or the relay ({@code OutgoingServers}), signed. Owns {@code mailbox},
 * {@code mail_account}, {@code imap_folder}, {@code imap_import}, {@code stored_mail} and {@code
 * dkim_key}. Mind that nothing a mail says is to be trusted: neither its sender ({@code
 * SenderCheck} finds out), nor its HTML, nor that it can be read at all.
 */
@NullMarked
@NamedInterface("email")
package dev.shopbell.channels.email;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
