package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.Settings;
import dev.shopbell.staff.Agent;
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

  private static final String UNREAD = "Nobody reads answers to this mail.";

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
    return notification.answerable()
        ? answerable(session, notification, brand, from)
        : inTheDesk(session, notification, brand, from);
  }

  private MimeMessage answerable(
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
    return finished(mail, text(notification), html(notification));
  }

  /** An answer to it would be none to the customer: it goes to the colleague, if anywhere. */
  private MimeMessage inTheDesk(
      Session session, AgentNotifications.Notification notification, Brand brand, String from)
      throws MessagingException {
    MailComposer.Identified mail =
        new MailComposer.Identified(
            session,
            "n"
                + notification.id()
                + "."
                + notification.createdAt().toEpochMilli()
                + from.substring(from.lastIndexOf('@')));
    String actor = notification.actorName();
    String actorEmail = notification.actorEmail();
    mail.setFrom(
        MailComposer.address((actor == null ? "" : actor + " via ") + brand.sender(), from));
    if (actorEmail != null) {
      mail.setReplyTo(new InternetAddress[] {MailComposer.address(actor, actorEmail)});
    }
    mail.setRecipient(
        Message.RecipientType.TO,
        MailComposer.address(notification.agentName(), notification.agentEmail()));
    String told = told(notification);
    mail.setSubject(
        MailComposer.oneLine(told + ": " + notification.subject()), StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(notification.createdAt()));
    String words =
        told
            + ".\n\n"
            + (notification.trouble() == null ? "" : notification.trouble() + "\n\n")
            + notification.text()
            + attached(notification);
    String below =
        "<div style=\"margin:24px 0 0;font-size:14px;line-height:1.45\"><a href=\"%s\">Open it in the desk</a></div>"
            .formatted(MailHtml.escaped(link(notification)));
    return finished(
        mail,
        crlf(words + "\n\n-- \nIn the desk: " + link(notification) + "\n"),
        MailHtml.page(MailHtml.paragraphs(words), below));
  }

  private static String told(AgentNotifications.Notification notification) {
    String actor = notification.actorName() == null ? "Somebody" : notification.actorName();
    return switch (notification.kind()) {
      case mentioned -> actor + " mentioned you in a note";
      case noted, followed -> actor + " wrote a note";
      case failed -> "An answer could not be delivered";
      case held -> "A scheduled answer is held back, since somebody wrote";
      case woken -> "A conversation that was put off is due";
      case assigned -> actor + " gave you a conversation";
      case answered, unassigned -> "A customer wrote";
    };
  }

  /**
   * A mail of the desk itself. What answers it, or comes back of it, goes nowhere: it may hold a
   * link that is meant for the agent alone.
   */
  MimeMessage letter(
      Session session, Agent agent, Brand brand, String from, DeskLetters.Letter letter)
      throws MessagingException {
    SignedAddress.Answering nowhere = SignedAddress.Answering.nowhere(agent.id());
    String domain = from.substring(from.lastIndexOf('@'));
    String answering = signedAddress.of(nowhere, from);
    MailComposer.Identified mail =
        new MailComposer.Identified(
            session, "t" + SecretKey.randomToken(80) + "." + signedAddress.token(nowhere) + domain);
    mail.setEnvelopeFrom(answering);
    mail.setFrom(MailComposer.address(brand.sender(), from));
    mail.setReplyTo(new InternetAddress[] {MailComposer.address(brand.sender(), answering)});
    mail.setRecipient(Message.RecipientType.TO, MailComposer.address(agent.name(), agent.email()));
    mail.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
    mail.setSentDate(new Date());
    String below =
        "<div style=\"margin:24px 0 0;font-size:14px;line-height:1.45\"><a href=\"%s\">%s</a><br>%s</div>"
            .formatted(
                MailHtml.escaped(letter.link()), MailHtml.escaped(letter.linkWords()), UNREAD);
    return finished(
        mail,
        crlf(
            letter.words()
                + "\n\n"
                + letter.linkWords()
                + ":\n"
                + letter.link()
                + "\n\n-- \n"
                + UNREAD
                + "\n"),
        MailHtml.page(MailHtml.paragraphs(letter.words()), below));
  }

  private static MimeMessage finished(MimeMessage mail, String text, String html)
      throws MessagingException {
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("X-Auto-Response-Suppress", "All");
    mail.setContent(MailComposer.alternative(text, html));
    mail.saveChanges();
    return mail;
  }

  private static String crlf(String text) {
    return text.replace("\r\n", "\n").replace("\n", "\r\n");
  }

  private String text(AgentNotifications.Notification notification) {
    return crlf(
        notification.text()
            + attached(notification)
            + "\n\n-- \n"
            + from(notification)
            + "\n"
            + HINT
            + "\n"
            + "In the desk: "
            + link(notification)
            + "\n");
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
