package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.header;
import static dev.shopbell.Inbox.messageId;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What reaches the customer's mail server. */
class MailOutTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @Test
  void answerBearsWhatMailProgramsNeedToThreadIt() {
    String anna = address("anna");
    String first = messageId();
    inbox.take(
        Mail.with(
            "Anna Ångström <" + anna + ">", SHOP, "Green teapot", "Where is it?", bears(first)));
    long id = inbox.only(anna);
    MimeMessage mail = inbox.answer(id, "It left yesterday.");
    assertThat(header(mail, "From")).contains("<" + SHOP + ">");
    assertThat(header(mail, "To")).contains("<" + anna + ">");
    assertThat(header(mail, "Subject")).isEqualTo("Re: Green teapot");
    assertThat(header(mail, "Message-ID")).matches("<[a-z2-7]+@shop\\.example>");
    assertThat(header(mail, "In-Reply-To")).isEqualTo("<" + first + ">");
    assertThat(header(mail, "References")).isEqualTo("<" + first + ">");
    assertThat(Inbox.replyTo(mail)).matches("hello\\+c" + id + "-[a-z2-7]{16}@shop\\.example");
    assertThat(header(mail, "Date")).isNotEmpty();
    assertThat(header(mail, "MIME-Version")).isEqualTo("1.0");
  }

  @Test
  void laterAnswersNameTheWholeThread() {
    String anna = address("anna");
    String first = messageId();
    String second = messageId();
    long id = inbox.begin(anna, "Re: Green teapot", bears(first));
    MimeMessage answer = inbox.answer(id, "It left yesterday.");
    inbox.take(
        Mail.with(
            anna,
            SHOP,
            "Re: Green teapot",
            "Thanks",
            bears(second),
            Inbox.answers(Inbox.id(answer))));
    MimeMessage next = inbox.answer(id, "You are welcome.");
    assertThat(header(next, "In-Reply-To")).isEqualTo("<" + second + ">");
    assertThat(header(next, "References").split("\\s+"))
        .containsExactly("<" + first + ">", "<" + Inbox.id(answer) + ">", "<" + second + ">");
    assertThat(header(next, "Subject")).isEqualTo("Re: Green teapot");
    assertThat(Inbox.id(next)).isNotEqualTo(Inbox.id(answer));
  }

  @Test
  void answerIsTextThatReadsWellAndTheSameAsHtml() throws Exception {
    long id = inbox.begin(address("anna"), "Green teapot");
    String html =
        "<p>Hello <strong>Anna</strong>,</p><ul><li>one &amp; two</li><li>three</li></ul><p>See <a href=\"https://shop.example/t\">the page</a></p>";
    MimeMessage mail = sent(id, Map.of("html", html));
    assertThat(mail.getContentType()).startsWith("multipart/alternative");
    Multipart parts = (Multipart) mail.getContent();
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat((String) parts.getBodyPart(0).getContent())
        .contains("Hello Anna,", "one & two", "three", "https://shop.example/t")
        .doesNotContain("<p>", "&amp;");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat((String) parts.getBodyPart(1).getContent())
        .contains("<strong>Anna</strong>", "one &amp; two", "href=\"https://shop.example/t\"");
  }

  @Test
  void textIsShownAsItWasWrittenInTheHtmlToo() throws Exception {
    long id = inbox.begin(address("anna"), "Green teapot");
    MimeMessage mail =
        sent(id, Map.of("text", "First line\nsecond <line>\n\nÄ paragraph 🫖\n.\nEnd"));
    Multipart parts = (Multipart) mail.getContent();
    assertThat((String) parts.getBodyPart(0).getContent())
        .startsWith("First line\r\nsecond <line>\r\n\r\nÄ paragraph 🫖\r\n.\r\nEnd\r\n\r\n-- \r\n");
    assertThat((String) parts.getBodyPart(1).getContent())
        .contains("second &lt;line&gt;")
        .contains("Ä paragraph 🫖");
  }

  private MimeMessage sent(long id, Map<String, Object> reply) {
    JsonNode message = shopbell.api().post("/conversations/" + id + "/replies", reply);
    JsonNode sent = inbox.awaitDelivery(id, message.path("id").asLong(), "sent");
    return inbox.sentTo(sent.path("to").get(0).path("address").asString()).getLast();
  }

  @Test
  void filesGoAlongWhateverTheyAreCalled() throws Exception {
    long id = inbox.begin(address("anna"), "Green teapot");
    byte[] content = new byte[70_000];
    new Random(7).nextBytes(content);
    long pdf = shopbell.api().upload("Rechnung März 発票.pdf", "application/pdf", content);
    long text =
        shopbell.api().upload("notes.txt", "text/plain", "hi".getBytes(StandardCharsets.UTF_8));
    MimeMessage mail = sent(id, Map.of("text", "Here you are", "attachments", List.of(pdf, text)));
    assertThat(mail.getContentType()).startsWith("multipart/mixed");
    Multipart parts = (Multipart) mail.getContent();
    assertThat(parts.getCount()).isEqualTo(3);
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("multipart/alternative");
    BodyPart file = parts.getBodyPart(1);
    assertThat(MimeUtility.decodeText(file.getFileName())).isEqualTo("Rechnung März 発票.pdf");
    assertThat(file.getContentType()).startsWith("application/pdf");
    assertThat(file.getInputStream().readAllBytes()).isEqualTo(content);
    assertThat(inbox.lastMessage(id).path("attachments")).hasSize(2);
  }

  @Test
  void fileGoesWithOneMessageOnly() {
    long id = inbox.begin(address("anna"), "Green teapot");
    long file = shopbell.api().upload("a.txt", "text/plain", new byte[] {1});
    inbox.reply(id, "Here you are", "attachments", List.of(file));
    assertThat(
            shopbell
                .api()
                .send(
                    "POST",
                    "/conversations/" + id + "/replies",
                    Map.of("text", "Again", "attachments", List.of(file)),
                    Map.of())
                .status())
        .isEqualTo(422);
    assertThat(inbox.messages(id)).hasSize(2);
  }

  @Test
  void namesAndSubjectsAddNoHeadersOfTheirOwn() throws Exception {
    String anna = address("anna");
    String evil = "=?utf-8?q?Anna=0D=0ABcc:_eve@evil.example=0D=0AX-Evil:_1?=";
    Mail mail =
        Mail.with(
            evil + " <" + anna + ">",
            SHOP,
            "=?utf-8?q?Teapot=0D=0AX-Evil:_2=0D=0A=0D=0Abody?=",
            "Hello",
            "Message-ID: <a\tX-Evil:4@" + word() + ">");
    inbox.take(mail);
    long id = inbox.only(anna);
    long file = shopbell.api().upload("a.pdf%0D%0AX-Evil: 3", "text/plain", new byte[] {1});
    MimeMessage answer = sent(id, Map.of("text", "Hello", "attachments", List.of(file)));
    assertThat(answer.getHeader("X-Evil")).isNull();
    assertThat(answer.getHeader("Bcc")).isNull();
    assertThat(answer.getAllRecipients())
        .extracting(to -> ((InternetAddress) to).getAddress())
        .containsExactly(anna);
    assertThat(((Multipart) answer.getContent()).getBodyPart(1).getHeader("X-Evil")).isNull();
    Map<String, String> subject = Map.of("subject", "New\r\nX-Evil: 5");
    assertThat(
            shopbell
                .api()
                .send("PUT", "/conversations/" + id + "/subject", subject, Map.of())
                .status())
        .isEqualTo(422);
  }

  @Test
  void ownNamesStayOnOneLine() {
    long brand = shopbell.api().get("/brands").path("items").get(0).path("id").asLong();
    String evil = "Shop\r\nBcc: eve@evil.example";
    for (String field : List.of("name", "fromName")) {
      assertThat(
              shopbell
                  .api()
                  .send("PATCH", "/brands/" + brand, Map.of(field, evil), Map.of())
                  .status())
          .as(field)
          .isEqualTo(422);
    }
  }

  @Test
  void answerIsSentWithTheWordsOfTheServer() {
    long id = inbox.begin(address("anna"), "Green teapot");
    JsonNode queued = inbox.reply(id, "It left yesterday.");
    assertThat(queued.path("delivery").path("state").asString()).isEqualTo("queued");
    JsonNode sent = inbox.awaitDelivery(id, queued.path("id").asLong(), "sent");
    assertThat(sent.path("delivery").path("detail").asString()).startsWith("250");
    assertThat(sent.path("delivery").path("attempts").asInt()).isEqualTo(1);
    assertThat(inbox.status(id)).isEqualTo("waiting");
  }

  @Test
  void brandSends() throws Exception {
    try (RunningShopbell own = RunningShopbell.start(Map.of())) {
      Inbox there = new Inbox(own);
      long brand = own.api().get("/brands").path("items").get(0).path("id").asLong();
      own.api()
          .patch(
              "/brands/" + brand,
              Map.of(
                  "name", "Müller & Söhne",
                  "fromName", "Müller & Söhne Kundendienst",
                  "address", "service@mueller.example"));
      long id = there.begin(address("anna"), "Green teapot");
      MimeMessage mail = there.answer(id, "It left yesterday.");
      InternetAddress from = (InternetAddress) mail.getFrom()[0];
      assertThat(from.getAddress()).isEqualTo("service@mueller.example");
      assertThat(from.getPersonal()).isEqualTo("Müller & Söhne Kundendienst");
      assertThat(Inbox.replyTo(mail)).startsWith("service+c" + id + "-");
    }
  }

  @Test
  void withoutARelayTheAnswerStaysQueuedAndSaysWhy() {
    try (RunningShopbell own = RunningShopbell.start(Map.of("shopbell.relay-url", ""))) {
      Inbox there = new Inbox(own);
      long id = there.begin(address("anna"), "Green teapot");
      there.reply(id, "It left yesterday.");
      JsonNode delivery =
          Inbox.soon("the reason why it waits")
              .until(
                  () -> there.lastMessage(id).path("delivery"),
                  one -> one.path("detail").asString("").contains("SHOPBELL_RELAY_URL"));
      assertThat(delivery.path("state").asString()).isEqualTo("queued");
      assertThat(own.relay().getReceivedMessages()).isEmpty();
    }
  }

  @Test
  void refusedForNowIsDeferredAndCanBeSentByHand() {
    try (ScriptedRelay relay = new ScriptedRelay();
        RunningShopbell own = RunningShopbell.start(Map.of("shopbell.relay-url", relay.url()))) {
      Inbox there = new Inbox(own);
      long id = there.begin(address("anna"), "Green teapot");
      relay.saysToRecipients("450 4.2.1 Greylisted, come again");
      long message = there.reply(id, "It left yesterday.").path("id").asLong();
      JsonNode delivery = there.awaitDelivery(id, message, "deferred").path("delivery");
      assertThat(delivery.path("detail").asString()).contains("450 4.2.1 Greylisted, come again");
      assertThat(delivery.path("attempts").asInt()).isEqualTo(1);
      assertThat(Instant.parse(delivery.path("nextAttemptAt").asString()))
          .isBetween(Instant.now().plusSeconds(20), Instant.now().plusSeconds(120));
      relay.saysToRecipients("250 Fine");
      own.api().post("/messages/" + message + "/resend", Map.of());
      there.awaitDelivery(id, message, "sent");
      assertThat(relay.taken()).hasSize(1);
    }
  }

  @Test
  void refusedForGoodIsFailedWithTheWordsOfTheServerAndCanBeSentByHand() {
    try (ScriptedRelay relay = new ScriptedRelay();
        RunningShopbell own = RunningShopbell.start(Map.of("shopbell.relay-url", relay.url()))) {
      Inbox there = new Inbox(own);
      long id = there.begin(address("anna"), "Green teapot");
      relay.saysToMails("554 5.7.1 We take nothing from you");
      long message = there.reply(id, "It left yesterday.").path("id").asLong();
      JsonNode failed = there.awaitDelivery(id, message, "failed");
      assertThat(failed.path("delivery").path("detail").asString())
          .contains("554 5.7.1 We take nothing from you");
      assertThat(there.conversation(id).path("deliveryProblem").asBoolean()).isTrue();
      relay.saysToMails("250 2.0.0 Taken as 77");
      own.api().post("/messages/" + message + "/resend", Map.of());
      JsonNode sent = there.awaitDelivery(id, message, "sent");
      assertThat(sent.path("delivery").path("detail").asString()).contains("Taken as 77");
      assertThat(there.conversation(id).path("deliveryProblem").asBoolean()).isFalse();
      assertThat(relay.taken()).hasSize(1);
      assertThat(resend(own, message)).isEqualTo(409);
    }
  }

  private static int resend(RunningShopbell where, long message) {
    return where
        .api()
        .send("POST", "/messages/" + message + "/resend", Map.of(), Map.of())
        .status();
  }

  @Test
  void relayThatIsDownDefersTheAnswer() {
    ScriptedRelay relay = new ScriptedRelay();
    relay.close();
    try (RunningShopbell own = RunningShopbell.start(Map.of("shopbell.relay-url", relay.url()))) {
      Inbox there = new Inbox(own);
      long id = there.begin(address("anna"), "Green teapot");
      long message = there.reply(id, "It left yesterday.").path("id").asLong();
      JsonNode delivery = there.awaitDelivery(id, message, "deferred").path("delivery");
      assertThat(delivery.path("detail").asString()).contains(relay.url());
      assertThat(there.conversation(id).path("deliveryProblem").asBoolean()).isFalse();
    }
  }
}
