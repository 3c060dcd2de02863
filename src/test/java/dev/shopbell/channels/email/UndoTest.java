package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import dev.shopbell.conversations.Arrival;
import dev.shopbell.conversations.Assessment;
import dev.shopbell.conversations.Conversations;
import dev.shopbell.conversations.Correspondent;
import dev.shopbell.conversations.Incoming;
import dev.shopbell.conversations.MessageKind;
import dev.shopbell.conversations.Received;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers that are not sent: taken back in time, or to customers of the demo shop. */
class UndoTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  private Api.Answer undo(long message) {
    return shopbell.api().send("POST", "/messages/" + message + "/undo", Map.of(), Map.of());
  }

  @Test
  void answerTakenBackInTimeIsNeverSentAndAllIsAsBefore() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    JsonNode before = inbox.conversation(id);
    long message =
        shopbell
            .api()
            .post(
                "/conversations/" + id + "/replies",
                Map.of(
                    "html",
                    "<p>It <strong>left</strong></p>",
                    "undoSeconds",
                    2,
                    "status",
                    "resolved"))
            .path("id")
            .asLong();
    JsonNode during = inbox.conversation(id);
    assertThat(during.path("status").asString()).isEqualTo("resolved");
    assertThat(during.path("assignee").isNull()).isFalse();
    Api.Answer undone = undo(message);
    assertThat(undone.status()).as(undone.body()).isEqualTo(200);
    assertThat(undone.json().path("html").asString()).contains("<strong>left</strong>");
    JsonNode after = inbox.conversation(id);
    assertThat(after.path("drafts").path(0).path("html").asString())
        .contains("<strong>left</strong>");
    for (String field :
        List.of(
            "status",
            "assignee",
            "waitingSince",
            "preview",
            "lastMessageAt",
            "lastDirection",
            "messageCount")) {
      assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
    }
    assertThat(inbox.messages(id)).hasSize(1);
    // The timeline tells of the way back as of the way there.
    assertThat(
            shopbell.api().all("/conversations/" + id + "/events").stream()
                .filter(event -> event.path("name").asString().equals("ConversationStatusChanged"))
                .map(event -> event.path("detail").path("to").asString()))
        .containsExactly("resolved", "open");
    // A later answer leaves after the first would have: by then nothing else has.
    long later = inbox.reply(id, "Second thoughts", "undoSeconds", 3).path("id").asLong();
    inbox.awaitDelivery(id, later, "sent");
    assertThat(inbox.sentTo(anna)).hasSize(1);
  }

  @Test
  void textTakenBackBecomesTheDraftAgain() {
    long id = inbox.begin(address("anna"), "Green teapot");
    long message = inbox.reply(id, "One <two>\n\nthree", "undoSeconds", 30).path("id").asLong();
    Api.Answer undone = undo(message);
    assertThat(undone.json().path("text").asString()).isEqualTo("One <two>\n\nthree");
    assertThat(inbox.conversation(id).path("drafts").path(0).path("html").asString(""))
        .contains("One &lt;two&gt;")
        .contains("three");
  }

  @Test
  void fileOfAnAnswerTakenBackCanBeSentAfterAll() {
    long id = inbox.begin(address("anna"), "Green teapot");
    long file = shopbell.api().upload("a.txt", "text/plain", new byte[] {1});
    long message =
        inbox
            .reply(id, "With a file", "undoSeconds", 30, "attachments", List.of(file))
            .path("id")
            .asLong();
    assertThat(undo(message).status()).isEqualTo(200);
    JsonNode again = inbox.reply(id, "With the file", "attachments", List.of(file));
    assertThat(again.path("attachments")).hasSize(1);
  }

  @Test
  void answerThatHasLeftCannotBeTakenBack() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    long message = inbox.reply(id, "It left", "undoSeconds", 1).path("id").asLong();
    inbox.awaitDelivery(id, message, "sent");
    assertThat(undo(message).status()).isEqualTo(409);
    assertThat(inbox.messages(id)).hasSize(2);
    assertThat(inbox.sentTo(anna)).hasSize(1);
  }

  @Test
  void answerSentAtOnceCannotBeTakenBack() {
    long id = inbox.begin(address("anna"), "Green teapot");
    assertThat(undo(inbox.reply(id, "It left").path("id").asLong()).status()).isEqualTo(409);
  }

  @Test
  void customersMailIsNotTakenBack() {
    long id = inbox.begin(address("anna"), "Green teapot");
    assertThat(undo(inbox.lastMessage(id).path("id").asLong()).status()).isEqualTo(404);
  }

  @Test
  void demoCustomerIsNeverMailed() {
    String demo = address("demo");
    long brand = shopbell.api().get("/brands").path("items").get(0).path("id").asLong();
    Incoming incoming =
        new Incoming(
            brand,
            "email",
            MessageKind.message,
            new Correspondent("Demo", demo),
            List.of(),
            "Green teapot",
            "Where is it?",
            null,
            null,
            0,
            List.of(),
            Inbox.messageId(),
            List.of(),
            null,
            SHOP,
            "hash",
            null,
            null,
            Assessment.NONE,
            false,
            true,
            Instant.now(),
            Arrival.live);
    Received received = shopbell.bean(Conversations.class).receive(List.of(incoming)).getFirst();
    long id = ((Received.Taken) received).conversationId();
    long message = inbox.reply(id, "It left yesterday.").path("id").asLong();
    JsonNode withheld = inbox.awaitDelivery(id, message, "withheld");
    assertThat(withheld.path("delivery").path("detail").asString()).contains("demo");
    assertThat(inbox.sentTo(demo)).isEmpty();
    assertThat(
            shopbell
                .api()
                .send("POST", "/messages/" + message + "/resend", Map.of(), Map.of())
                .status())
        .isEqualTo(409);
  }
}
