package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.platform.Settings;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.springframework.stereotype.Component;

/**
 * Writes the mail that tells an agent what a customer wrote. Answered, it comes back to an address
 * that names conversation and agent; so do bounces of it.
 */
@Component
class NotificationComposer {
  /** Where it turns up in an answer, more than the answer is taken for the agent's words. */
  static final String HINT = "Answer this mail, and they get your answer as yours.";

  private final SignedAddress signedAddress;
  private final Settings settings;

  NotificationComposer(SignedAddress signedAddress, Settings settings) {
    this.signedAddress = signedAddress;
    this.settings = settings;
  }

  /**
   * @param from the address of ours that it is sent from
   */
  MimeMessage compose(
      Session session, AgentNotifications.Notification notification, Brand brand, String from)
      throws MessagingException {
    String token = signedAddress.token(notification.answering());
    String domain = from.substring(from.lastIndexOf('@'));
    String answering = signedAddress.of(notification.answering(), from);
    String sender = notification.who() + " (via " + brand.sender() + ")";
    MailComposer.Identified mail =
        new MailComposer.Identified(session, "n" + notification.id() + "." + token + domain);
    mail.setEnvelopeFrom(answering);
    mail.setFrom(MailComposer.address(sender, from));
    mail.setReplyTo(new InternetAddress[] {MailComposer.address(sender, answering)});
    mail.setRecipient(
        Message.RecipientType.TO,
        MailComposer.address(notification.agentName(), notification.agentEmail()));
    mail.setSubject(MailComposer.oneLine(notification.subject()), StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(notification.createdAt()));
    // All of one conversation answer the same id, which no mail bears: that makes them one thread.
    String root = "<" + token + domain + ">";
    mail.setHeader("In-Reply-To", root);
    String customers = notification.externalId();
    mail.setHeader(
        "References",
        customers != null && MailComposer.isHeaderSafe(customers)
            ? root + "\r\n <" + customers + ">"
            : root);
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("X-Auto-Response-Suppress", "All");
    mail.setContent(MailComposer.alternative(text(notification), html(notification)));
    mail.saveChanges();
    return mail;
  }

  private String text(AgentNotifications.Notification notification) {
    return (notification.text()
            + attached(notification)
            + "\n\n-- \n"
            + from(notification)
            + "\n"
            + HINT
            + "\n"
            + "In the desk: "
            + link(notification)
            + "\n")
        .replace("\r\n", "\n")
        .replace("\n", "\r\n");
  }

  private String html(AgentNotifications.Notification notification) {
    String below =
        """
        <div style="margin:24px 0 0;font-size:14px;line-height:1.45">%s<br>
        %s<br>
        <a href="%s">Open it in the desk</a></div>
        """
            .formatted(
                MailHtml.escaped(from(notification)), HINT, MailHtml.escaped(link(notification)));
    return MailHtml.page(MailHtml.paragraphs(notification.text() + attached(notification)), below);
  }

  private static String from(AgentNotifications.Notification notification) {
    String address = notification.fromAddress();
    return address == null || address.equals(notification.who())
        ? "From " + notification.who()
        : "From " + notification.who() + " <" + address + ">";
  }

  private static String attached(AgentNotifications.Notification notification) {
    return notification.attachments().isEmpty()
        ? ""
        : "\n\nAttached, in the desk: " + String.join(", ", notification.attachments());
  }

  private String link(AgentNotifications.Notification notification) {
    return settings.linkBase() + "/inbox/all/" + notification.answering().conversationId();
  }
}
