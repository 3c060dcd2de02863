package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Mail that no person wrote: it joins its thread, but nobody waits for an answer. */
class MachineMailTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @Test
  void ourOwnMailComingBackMakesNothingNew() throws Exception {
    String anna = address("anna");
    String own = "own-" + Inbox.word() + "@shop.example";
    inbox.take(Mail.plain(anna, own, "Green teapot", "Where is it?"));
    long id = inbox.only(anna);
    MimeMessage answer = inbox.answer(id, "It left yesterday.");
    java.io.ByteArrayOutputStream raw = new java.io.ByteArrayOutputStream();
    answer.writeTo(raw);
    Mail.send(shopbell.smtpPort(), own, List.of(own), raw.toByteArray());
    inbox.settle();
    assertThat(inbox.messages(id)).hasSize(2);
    assertThat(inbox.of(own)).isEmpty();
    assertThat(inbox.only(anna)).isEqualTo(id);
    assertThat(inbox.status(id)).isEqualTo("waiting");
  }

  @Test
  void autoReplyJoinsWithoutReopening() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    MimeMessage answer = inbox.answer(id, "It left yesterday.");
    inbox.setStatus(id, "resolved");
    inbox.take(
        Mail.with(
            anna,
            SHOP,
            "Out of office",
            "I am on holiday",
            bears(messageId()),
            answers(Inbox.id(answer)),
            "Auto-Submitted: auto-replied"));
    assertThat(inbox.only(anna)).isEqualTo(id);
    assertThat(inbox.lastMessage(id).path("kind").asString()).isEqualTo("auto_reply");
    assertThat(inbox.status(id)).isEqualTo("resolved");
    assertThat(inbox.conversation(id).path("waitingSince").isNull()).isTrue();
  }

  @Test
  void bounceMarksTheAnswerFailedAndBringsTheConversationUp() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    MimeMessage answer = inbox.answer(id, "It left yesterday.");
    inbox.setStatus(id, "resolved");
    inbox.take(bounce(anna, Inbox.replyTo(answer), Inbox.id(answer)));
    JsonNode failed = inbox.messages(id).get(1);
    assertThat(failed.path("delivery").path("state").asString()).isEqualTo("failed");
    assertThat(failed.path("delivery").path("detail").asString())
        .contains("550 5.1.1 The mailbox of Anna is gone");
    assertThat(inbox.lastMessage(id).path("kind").asString()).isEqualTo("bounce");
    JsonNode conversation = inbox.conversation(id);
    assertThat(conversation.path("status").asString()).isEqualTo("open");
    assertThat(conversation.path("deliveryProblem").asBoolean()).isTrue();
    assertThat(inbox.of("mailer-daemon@mx.example")).isEmpty();
  }

  @Test
  void aHardBounceIsMarkedOnTheCustomerUntilTheyWriteAgain() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    MimeMessage answer = inbox.answer(id, "It left yesterday.");
    inbox.take(bounce(anna, Inbox.replyTo(answer), Inbox.id(answer)));
    JsonNode identity = identity(id);
    assertThat(identity.path("bouncedAt").isNull()).isFalse();
    assertThat(identity.path("bounceWords").asString()).contains("The mailbox of Anna is gone");
    inbox.take(Mail.plain(anna, SHOP, "I am back", "Here I am."));
    assertThat(identity(id).path("bouncedAt").isNull()).isTrue();
  }

  @Test
  void aForgedBounceMarksNobody() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    inbox.answer(id, "It left yesterday.");
    inbox.take(bounce(anna, SHOP, "guessed-" + Inbox.word() + "@shop.example"));
    assertThat(identity(id).path("bouncedAt").isNull()).isTrue();
    assertThat(inbox.lastMessage(id).path("kind").asString()).isEqualTo("bounce");
    assertThat(inbox.messages(id).get(1).path("delivery").path("state").asString())
        .isEqualTo("sent");
    assertThat(inbox.status(id)).isEqualTo("waiting");
  }

  @Test
  void aDelayAndAReadReceiptAreToldOnTheAnswer() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    MimeMessage answer = inbox.answer(id, "It left yesterday.");
    inbox.setStatus(id, "resolved");
    inbox.take(
        report(
            "delivery-status",
            Inbox.replyTo(answer),
            """
            Final-Recipient: rfc822; %s
            Action: delayed
            Status: 4.4.1
            Diagnostic-Code: smtp; 451 busy
            """
                .formatted(anna),
            Inbox.id(answer)));
    assertThat(delivery(id).path("state").asString()).isEqualTo("sent");
    assertThat(delivery(id).path("detail").asString()).contains("still tries").contains("busy");
    inbox.take(
        report(
            "disposition-notification",
            Inbox.replyTo(answer),
            """
            Final-Recipient: rfc822; %s
            Original-Message-ID: <%s>
            Disposition: manual-action/MDN-sent-manually; displayed
            """
                .formatted(anna, Inbox.id(answer)),
            Inbox.id(answer)));
    assertThat(delivery(id).path("detail").asString()).isEqualTo("Read");
    assertThat(inbox.messages(id))
        .extracting(one -> one.path("kind").asString())
        .containsExactly("message", "message", "receipt", "receipt");
    assertThat(inbox.status(id)).isEqualTo("resolved");
    assertThat(inbox.conversation(id).path("waitingSince").isNull()).isTrue();
  }

  @Test
  void anAutoReplyThatNamesNothingJoinsWhereWeLastWrote() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    inbox.answer(id, "It left yesterday.");
    inbox.take(
        Mail.with(anna, SHOP, "Out of office", "Back on Monday.", "Auto-Submitted: auto-replied"));
    assertThat(inbox.only(anna)).isEqualTo(id);
    assertThat(inbox.lastMessage(id).path("kindReason").asString()).contains("auto-replied");
  }

  @Test
  void twoAnsweringMachinesNeverTalkThroughUs() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    MimeMessage last = inbox.answer(id, "It left yesterday.");
    for (String header :
        List.of("X-Autoreply: yes", "Precedence: auto_reply", "Auto-Submitted: auto-replied")) {
      inbox.take(
          Mail.with(
              anna,
              Inbox.replyTo(last),
              "Automatic reply: Re: Green teapot",
              "I am out of the office.",
              bears(messageId()),
              answers(Inbox.id(last)),
              header));
    }
    assertThat(inbox.messages(id)).hasSize(5);
    assertThat(inbox.sentTo(anna)).hasSize(1);
    assertThat(inbox.status(id)).isEqualTo("waiting");
  }

  @Test
  void aNewsletterIsOpenButNobodyWaits() {
    String news = address("news");
    long id =
        inbox.begin(news, "Autumn", bears(messageId()), "List-Unsubscribe: <https://n.example/u>");
    assertThat(inbox.lastMessage(id).path("kind").asString()).isEqualTo("list");
    assertThat(inbox.status(id)).isEqualTo("open");
    assertThat(inbox.conversation(id).path("waitingSince").isNull()).isTrue();
  }

  private JsonNode delivery(long id) {
    return inbox.messages(id).get(1).path("delivery");
  }

  /** The customer's only address. */
  private JsonNode identity(long id) {
    long customer = inbox.conversation(id).path("customer").path("id").asLong();
    return shopbell.api().get("/customers/" + customer).path("customer").path("identities").get(0);
  }

  private static Mail report(String type, String to, String fields, String messageId) {
    return new Mail(
        "",
        List.of(to),
        """
        From: Mail Delivery System <mailer-daemon@mx.example>
        To: <%s>
        Subject: Report
        Message-ID: <%s>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=%s; boundary="cut"

        --cut
        Content-Type: text/plain

        A report.
        --cut
        Content-Type: message/%s

        %s
        --cut
        Content-Type: text/rfc822-headers

        Message-ID: <%s>
        --cut--
        """
            .formatted(to, messageId(), type, type, fields, messageId)
            .replace("\n", "\r\n"));
  }

  private static Mail bounce(String recipient, String to, String messageId) {
    return new Mail(
        "",
        List.of(to),
        """
        From: Mail Delivery System <mailer-daemon@mx.example>
        To: <%s>
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <%s>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

        --cut
        Content-Type: text/plain

        Your message could not be delivered.
        --cut
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; %s
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 The mailbox of Anna is gone
        --cut
        Content-Type: text/rfc822-headers

        Message-ID: <%s>
        To: %s
        --cut--
        """
            .formatted(to, messageId(), recipient, messageId, recipient)
            .replace("\n", "\r\n"));
  }
}
