package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.header;
import static dev.shopbell.Inbox.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Mail shown or passed on to somebody else. */
class ForwardTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  private static Mail withFile(String anna, String id) {
    String file = Base64.getEncoder().encodeToString("broken".getBytes(StandardCharsets.UTF_8));
    return new Mail(
        anna,
        List.of(SHOP),
        """
        From: Anna <%s>
        To: %s
        Subject: Green teapot
        Message-ID: <%s>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=cut

        --cut
        Content-Type: text/html; charset=utf-8

        <p>It is <b>broken</b></p>
        --cut
        Content-Type: text/plain; name=proof.txt
        Content-Disposition: attachment; filename=proof.txt
        Content-Transfer-Encoding: base64

        %s
        --cut--
        """
            .formatted(anna, SHOP, id, file)
            .replace("\n", "\r\n"));
  }

  private MimeMessage sent(long id, JsonNode message, String to) {
    inbox.awaitDelivery(id, message.path("id").asLong(), "sent");
    return Inbox.soon("the mail to " + to)
        .until(() -> inbox.sentTo(to), mails -> !mails.isEmpty())
        .getLast();
  }

  @Test
  void forwardShowsTheMailAndItsFilesAndTheAnswerIsTheThirdPartys() throws Exception {
    String anna = address("anna");
    String carrier = address("carrier");
    String first = messageId();
    inbox.take(withFile(anna, first));
    long id = inbox.only(anna);
    long mail = inbox.lastMessage(id).path("id").asLong();
    JsonNode forward =
        shopbell
            .api()
            .post(
                "/conversations/" + id + "/forwards",
                Map.of(
                    "to",
                    List.of(Map.of("address", carrier)),
                    "messages",
                    List.of(mail),
                    "html",
                    "<p>Please <strong>look</strong></p>",
                    "originals",
                    true));
    assertThat(forward.path("purpose").asString()).isEqualTo("forward");
    assertThat(forward.path("ownText").asString()).isEqualTo("Please look");
    assertThat(inbox.status(id)).isEqualTo("open");
    MimeMessage at = sent(id, forward, carrier);
    assertThat(header(at, "Subject")).isEqualTo("Fwd: Green teapot");
    assertThat(at.getHeader("In-Reply-To")).isNull();
    assertThat(header(at, "To")).doesNotContain(anna);
    Multipart parts = (Multipart) at.getContent();
    Multipart words = (Multipart) parts.getBodyPart(0).getContent();
    assertThat((String) words.getBodyPart(0).getContent())
        .startsWith("Please look")
        .contains("From: Anna <" + anna + ">", "Subject: Green teapot", "It is broken");
    assertThat((String) words.getBodyPart(1).getContent())
        .contains("<strong>look</strong>", "<b>broken</b>");
    assertThat(parts.getBodyPart(1).getInputStream().readAllBytes())
        .isEqualTo("broken".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(parts.getBodyPart(2).getInputStream().readAllBytes()))
        .contains("Message-ID: <" + first + ">");

    inbox.take(
        Mail.with(
            carrier,
            SHOP,
            "Re: Fwd",
            "We refund it",
            Inbox.bears(messageId()),
            answers(Inbox.id(at))));
    JsonNode theirs = inbox.lastMessage(id);
    assertThat(theirs.path("from").path("address").asString()).isEqualTo(carrier);
    assertThat(theirs.path("thirdParty").asBoolean()).isTrue();
    assertThat(theirs.path("unverified").asBoolean()).isFalse();
    JsonNode conversation = inbox.conversation(id);
    assertThat(conversation.path("customer").path("address").asString()).isEqualTo(anna);
    assertThat(conversation.path("answersTo").path("address").asString()).isEqualTo(anna);
    // What goes to the customer tells nothing of the carrier, and the other way round.
    MimeMessage answer = inbox.answer(id, "We refund it");
    assertThat(header(answer, "In-Reply-To")).isEqualTo("<" + first + ">");
    assertThat(header(answer, "References")).isEqualTo("<" + first + ">");
    JsonNode thanks = inbox.reply(id, "Thanks", "to", List.of(Map.of("address", carrier)));
    MimeMessage toCarrier = sent(id, thanks, carrier);
    assertThat(header(toCarrier, "References")).contains(Inbox.id(at)).doesNotContain(first);
  }

  @Test
  void wholeConversationIsForwardedWithoutItsNotes() throws Exception {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    inbox.answer(id, "Which colour?");
    shopbell.api().post("/conversations/" + id + "/notes", Map.of("text", "A difficult one"));
    String carrier = address("carrier");
    JsonNode forward =
        shopbell
            .api()
            .post(
                "/conversations/" + id + "/forwards",
                Map.of("to", List.of(Map.of("address", carrier))));
    Multipart words = (Multipart) sent(id, forward, carrier).getContent();
    assertThat((String) words.getBodyPart(0).getContent())
        .contains("Where is my parcel?", "Which colour?")
        .doesNotContain("difficult");
  }

  @Test
  void redirectPassesTheBytesOnBelowItsOwnFields() throws Exception {
    String anna = address("anna");
    String other = address("other");
    Mail mail = withFile(anna, messageId());
    inbox.take(mail);
    long id = inbox.only(anna);
    long message = inbox.lastMessage(id).path("id").asLong();
    JsonNode redirect =
        shopbell
            .api()
            .post(
                "/messages/" + message + "/redirects",
                Map.of("to", List.of(Map.of("address", other))));
    assertThat(redirect.path("redirects").asLong()).isEqualTo(message);
    inbox.awaitDelivery(id, redirect.path("id").asLong(), "sent");
    MimeMessage at =
        List.of(shopbell.relay().getReceivedMessages()).stream()
            .filter(one -> header(one, "Resent-To").contains(other))
            .findFirst()
            .orElseThrow();
    assertThat(header(at, "From")).isEqualTo("Anna <" + anna + ">");
    assertThat(at.getHeader("Reply-To")).isNull();
    assertThat(header(at, "Resent-From")).contains("<" + SHOP + ">");
    assertThat(header(at, "Resent-Date")).isNotEmpty();
    assertThat(header(at, "Resent-Message-ID")).isNotEqualTo(header(at, "Message-ID"));
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    at.writeTo(bytes);
    assertThat(bytes.toString(StandardCharsets.UTF_8).strip()).endsWith(mail.raw().strip());
    assertThat(inbox.conversation(id).path("lastDirection").asString()).isEqualTo("inbound");
  }
}
