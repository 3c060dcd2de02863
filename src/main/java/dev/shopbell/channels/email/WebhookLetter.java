package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.platform.webhooks.Webhook;
import dev.shopbell.staff.Agent;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The mail that says that a webhook was given up, why, and what to do. */
@Component
class WebhookLetter {
  private final Tasks tasks;
  private final Settings settings;

  WebhookLetter(Tasks tasks, Settings settings) {
    this.tasks = tasks;
    this.settings = settings;
  }

  void stage(long webhookId, Instant at) {
    tasks.schedule(MailWebhookTrouble.class, webhookId, at);
  }

  /** Repeated after a crash it bears the same Message-ID. */
  MimeMessage compose(Session session, Webhook webhook, List<Agent> to, Brand brand, String from)
      throws MessagingException {
    Instant at = Objects.requireNonNull(webhook.disabledAt());
    MailComposer.Identified mail =
        new MailComposer.Identified(
            session,
            "w" + webhook.id() + "." + at.toEpochMilli() + from.substring(from.lastIndexOf('@')));
    mail.setFrom(MailComposer.address(brand.sender(), from));
    for (Agent agent : to) {
      mail.addRecipient(
          Message.RecipientType.TO, MailComposer.address(agent.name(), agent.email()));
    }
    String host = webhook.url().replaceFirst("(?i)^https?://([^/?#]*).*$", "$1");
    mail.setSubject(
        MailComposer.oneLine("The webhook to " + host + " was disabled"),
        StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(at));
    String words =
        "Shopbell tells "
            + webhook.url()
            + (webhook.description().isEmpty() ? "" : " (" + webhook.description() + ")")
            + " nothing any more.\n\n"
            + why(webhook)
            + "\n\nNothing is lost: once you resume it, it is told everything from where it"
            + " stopped.";
    String link = settings.linkBase() + "/settings/webhooks";
    String below =
        "<div style=\"margin:24px 0 0;font-size:14px;line-height:1.45\"><a href=\"%s\">Your webhooks</a></div>"
            .formatted(MailHtml.escaped(link));
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("X-Auto-Response-Suppress", "All");
    mail.setContent(
        MailComposer.alternative(
            (words + "\n\n-- \nYour webhooks: " + link + "\n").replace("\n", "\r\n"),
            MailHtml.page(MailHtml.paragraphs(words), below)));
    mail.saveChanges();
    return mail;
  }

  private static String why(Webhook webhook) {
    return switch (Objects.requireNonNull(webhook.disabledBecause())) {
      case gone -> "It answered 410 Gone: it does not want to be told.";
      case failing ->
          "It has taken nothing for days. The last time: "
              + Objects.requireNonNullElse(webhook.trouble(), "it did not answer.");
      case no_access ->
          "It belonged to somebody who has no access any more, or may not manage webhooks. Whoever"
              + " resumes it lends it what they see.";
    };
  }
}
