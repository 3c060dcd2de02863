package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.header;
import static dev.shopbell.Inbox.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whom an answer goes to. */
class RecipientsTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  private static Map<String, Object> person(String address) {
    return Map.of("address", address);
  }

  private static List<String> addresses(JsonNode people) {
    return people.valueStream().map(one -> one.path("address").asString()).toList();
  }

  private Api.Answer refused(long id, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(Map.of("text", "Hello"));
    body.putAll(more);
    return shopbell.api().send("POST", "/conversations/" + id + "/replies", body, Map.of());
  }

  @Test
  void copiesAreNamedAndBlindCopiesAreNot() throws Exception {
    String anna = address("anna");
    String carl = address("carl");
    String boss = address("boss");
    long id = inbox.begin(anna, "Green teapot");
    long message =
        inbox
            .reply(
                id,
                "It left yesterday.",
                "to",
                List.of(person(anna)),
                "cc",
                List.of(Map.of("name", "Carl Ö", "address", carl), person(SHOP)),
                "bcc",
                List.of(person(boss), person(anna)))
            .path("id")
            .asLong();
    JsonNode sent = inbox.awaitDelivery(id, message, "sent");
    assertThat(addresses(sent.path("cc"))).containsExactly(carl);
    assertThat(addresses(sent.path("bcc"))).containsExactly(boss);
    // The relay is given one mail for each recipient, all of them the same.
    List<MimeMessage> mails = inbox.sentTo(anna);
    assertThat(mails).hasSize(3);
    for (MimeMessage mail : mails) {
      assertThat(header(mail, "Cc")).contains(carl).doesNotContain(SHOP);
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(new String(mail.getInputStream().readAllBytes())).doesNotContain(boss);
      assertThat(String.join("", Arrays.toString(mail.getAllRecipients()))).doesNotContain(boss);
    }
  }

  @Test
  void whoeverTheCustomerCopiedIsProposedAndTheyAnswerAsNoStranger() {
    String anna = address("anna");
    String carl = address("carl");
    String dora = address("dora");
    String first = messageId();
    inbox.take(
        new Mail(
            anna,
            List.of(SHOP),
            "From: Anna <%s>\r\nTo: %s, Dora <%s>\r\nCc: Carl <%s>, %s\r\nSubject: Teapot\r\nMessage-ID: <%s>\r\n\r\nHello\r\n"
                .formatted(anna, SHOP, dora, carl, anna.toUpperCase(), first)));
    long id = inbox.only(anna);
    JsonNode answering = inbox.conversation(id).path("answering");
    assertThat(addresses(answering.path("to"))).containsExactly(anna);
    assertThat(addresses(answering.path("cc"))).containsExactly(dora, carl);
    assertThat(answering.path("toAll").asBoolean()).isTrue();
    assertThat(answering.path("insteadOf").isNull()).isTrue();

    long message = inbox.reply(id, "All of you", "cc", List.of(person(carl))).path("id").asLong();
    inbox.awaitDelivery(id, message, "sent");
    MimeMessage mail = inbox.sentTo(anna).getLast();
    inbox.take(Mail.with(carl, SHOP, "Re: Teapot", "Carl here", answers(Inbox.id(mail))));
    JsonNode carls = inbox.lastMessage(id);
    assertThat(carls.path("from").path("address").asString()).isEqualTo(carl);
    assertThat(carls.path("unverified").asBoolean()).isFalse();
    assertThat(carls.path("thirdParty").asBoolean()).isFalse();
    assertThat(inbox.conversation(id).path("customer").path("address").asString()).isEqualTo(anna);
  }

  @Test
  void answerGoesWhereTheMailAsksForItWithoutVerifyingAnybody() {
    String anna = address("anna");
    String office = address("office");
    inbox.take(
        Mail.with(
            "Anna <" + anna + ">",
            SHOP,
            "Teapot",
            "Hello",
            bears(messageId()),
            "Reply-To: The Office <" + office + ">"));
    long id = inbox.only(anna);
    JsonNode answering = inbox.conversation(id).path("answering");
    assertThat(addresses(answering.path("to"))).containsExactly(office);
    assertThat(answering.path("insteadOf").path("address").asString()).isEqualTo(anna);
    assertThat(addresses(inbox.lastMessage(id).path("replyTo"))).containsExactly(office);
    MimeMessage mail = inbox.answer(id, "It left yesterday.");
    assertThat(header(mail, "To")).contains(office).doesNotContain(anna);
    long customer = inbox.conversation(id).path("customer").path("id").asLong();
    JsonNode identities = shopbell.api().get("/customers/" + customer).path("customer");
    assertThat(identities.path("identities").valueStream())
        .allMatch(identity -> !identity.path("verified").asBoolean());
    assertThat(identities.toString()).doesNotContain(office);
  }

  @Test
  void agentChangesTheSubjectAndTheThreadHoldsByItsHeaders() {
    String anna = address("anna");
    String first = messageId();
    long id = inbox.begin(anna, "Green teapot", bears(first));
    long message = inbox.reply(id, "It left.", "subject", "Your parcel 4711").path("id").asLong();
    inbox.awaitDelivery(id, message, "sent");
    MimeMessage mail = inbox.sentTo(anna).getLast();
    assertThat(header(mail, "Subject")).isEqualTo("Your parcel 4711");
    assertThat(header(mail, "In-Reply-To")).isEqualTo("<" + first + ">");
    inbox.take(Mail.with(anna, SHOP, "Quite another", "Thanks", answers(Inbox.id(mail))));
    assertThat(inbox.only(anna)).isEqualTo(id);
  }

  @Test
  void whatCouldAddAHeaderIsRefusedWithAReason() {
    long id = inbox.begin(address("anna"), "Green teapot");
    Stream.<Map<String, Object>>of(
            Map.of("subject", "Hello\r\nBcc: eve@evil.example"),
            Map.of("cc", List.of(person("carl@a.example\r\nBcc: eve@evil.example"))),
            Map.of("cc", List.of(Map.of("name", "Carl\nX-Evil: 1", "address", "carl@a.example"))),
            Map.of("bcc", List.of(person("carl"))),
            Map.of("cc", List.of(Map.of("name", "Carl"))),
            Map.of("to", List.of()),
            Map.of("to", List.of(person(SHOP))),
            Map.of(
                "cc",
                Stream.iterate(0, i -> i < 50, i -> i + 1)
                    .map(i -> person("p" + i + "@a.example"))
                    .toList()))
        .forEach(wrong -> {
          Api.Answer answer = refused(id, wrong);
          assertThat(answer.status()).as("%s: %s", wrong, answer.body()).isEqualTo(422);
          assertThat(answer.json().path("errors").path(0).path("message").asString()).isNotEmpty();
        });
    assertThat(inbox.messages(id)).hasSize(1);
  }

  @Test
  void newConversationHasCopiesToo() {
    String anna = address("anna");
    String carl = address("carl");
    JsonNode begun =
        shopbell
            .api()
            .post(
                "/conversations",
                Map.of(
                    "to",
                    person(anna),
                    "cc",
                    List.of(person(carl)),
                    "subject",
                    "About your order",
                    "text",
                    "Hello"));
    JsonNode first = inbox.lastMessage(begun.path("id").asLong());
    assertThat(addresses(first.path("to"))).containsExactly(anna);
    assertThat(addresses(first.path("cc"))).containsExactly(carl);
  }

  @Test
  void oneWrongAddressKeepsTheMailFromNobodyElseAndIsTriedAlone() {
    String anna = address("anna");
    String gone = address("gone");
    String slow = address("slow");
    try (ScriptedRelay relay = new ScriptedRelay();
        RunningShopbell own = RunningShopbell.start(Map.of("shopbell.relay-url", relay.url()))) {
      Inbox there = new Inbox(own);
      long id = there.begin(anna, "Green teapot");
      relay.saysTo(gone, "550 5.1.1 No such user");
      relay.saysTo(slow, "450 4.2.1 Come again");
      long message =
          there
              .reply(id, "All of you", "cc", List.of(person(gone), person(slow)))
              .path("id")
              .asLong();
      JsonNode deferred = there.awaitDelivery(id, message, "deferred").path("delivery");
      assertThat(deferred.path("detail").asString())
          .contains("450 4.2.1", gone, "550 5.1.1 No such user", anna + " has it");
      relay.saysTo(slow, "250 Fine");
      relay.asked().clear();
      own.api().post("/messages/" + message + "/resend", Map.of());
      JsonNode failed = there.awaitDelivery(id, message, "failed").path("delivery");
      assertThat(failed.path("detail").asString())
          .contains("Refused for " + gone, anna, slow, "have it");
      assertThat(relay.asked()).containsExactly(gone, slow);
      assertThat(relay.taken()).hasSize(2);
      relay.saysTo(gone, "250 Fine");
      relay.asked().clear();
      own.api().post("/messages/" + message + "/resend", Map.of());
      there.awaitDelivery(id, message, "sent");
      assertThat(relay.asked()).containsExactly(gone);
    }
  }
}
