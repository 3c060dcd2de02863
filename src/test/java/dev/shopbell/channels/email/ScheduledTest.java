package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers that leave later. */
class ScheduledTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  private long schedule(long id, Duration in) {
    JsonNode message = inbox.reply(id, "Good morning", "sendAt", Instant.now().plus(in).toString());
    assertThat(message.path("delivery").path("state").asString()).isEqualTo("scheduled");
    return message.path("id").asLong();
  }

  private String state(long id, long message) {
    return inbox.messages(id).stream()
        .filter(one -> one.path("id").asLong() == message)
        .map(one -> one.path("delivery").path("state").asString())
        .findFirst()
        .orElse("gone");
  }

  @Test
  void leavesAtItsTimeAndOnlyThenTheCustomerIsAnswered() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    Instant due = Instant.now().plusSeconds(2);
    long message = inbox.reply(id, "Later", "sendAt", due.toString()).path("id").asLong();
    JsonNode before = inbox.conversation(id);
    assertThat(before.path("status").asString()).isEqualTo("open");
    assertThat(before.path("waitingSince").isNull()).isFalse();
    assertThat(before.path("lastDirection").asString()).isEqualTo("inbound");
    JsonNode sent = inbox.awaitDelivery(id, message, "sent");
    assertThat(Instant.parse(sent.path("receivedAt").asString())).isAfterOrEqualTo(due);
    JsonNode after = inbox.conversation(id);
    assertThat(after.path("status").asString()).isEqualTo("waiting");
    assertThat(after.path("waitingSince").isNull()).isTrue();
    assertThat(inbox.sentTo(anna)).hasSize(1);
  }

  @Test
  void isHeldIfTheCustomerWritesFirstUntilAnAgentSendsItAnyway() {
    String anna = address("anna");
    String first = Inbox.messageId();
    long id = inbox.begin(anna, "Green teapot", Inbox.bears(first));
    long message = schedule(id, Duration.ofSeconds(2));
    inbox.take(Mail.with(anna, SHOP, "Re: Green teapot", "Wait!", Inbox.answers(first)));
    assertThat(state(id, message)).isEqualTo("held");
    // One that was scheduled for later, elsewhere, has left by now: the held one has not.
    String ben = address("ben");
    long other = inbox.begin(ben, "Blue teapot");
    inbox.awaitDelivery(other, schedule(other, Duration.ofSeconds(3)), "sent");
    assertThat(state(id, message)).isEqualTo("held");
    assertThat(inbox.sentTo(anna)).isEmpty();
    shopbell.api().post("/messages/" + message + "/send", Map.of());
    inbox.awaitDelivery(id, message, "sent");
    assertThat(inbox.sentTo(anna)).hasSize(1);
    assertThat(inbox.status(id)).isEqualTo("waiting");
  }

  @Test
  void isWrittenOnOrCancelledBeforeItLeaves() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    long message = schedule(id, Duration.ofDays(2));
    JsonNode back = shopbell.api().post("/messages/" + message + "/undo", Map.of());
    assertThat(back.path("text").asString()).isEqualTo("Good morning");
    assertThat(inbox.conversation(id).path("drafts").path(0).path("html").asString())
        .contains("Good");
    assertThat(state(id, message)).isEqualTo("gone");
    long next = schedule(id, Duration.ofDays(2));
    shopbell.api().delete("/messages/" + next);
    assertThat(state(id, next)).isEqualTo("gone");
    assertThat(inbox.sentTo(anna)).isEmpty();
  }

  @Test
  void timeIsChangedUntilItHasLeftAndWhatWaitsHasAViewOfItsOwn() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    long message = schedule(id, Duration.ofDays(2));
    assertThat(shopbell.api().all("/conversations?view=scheduled"))
        .anyMatch(row -> row.path("id").asLong() == id);
    String soon = Instant.now().plusSeconds(1).toString();
    JsonNode changed =
        shopbell.api().put("/messages/" + message + "/schedule", Map.of("sendAt", soon));
    assertThat(changed.path("delivery").path("state").asString()).isEqualTo("scheduled");
    inbox.awaitDelivery(id, message, "sent");
    assertThat(inbox.sentTo(anna)).hasSize(1);
    assertThat(shopbell.api().all("/conversations?view=scheduled"))
        .noneMatch(row -> row.path("id").asLong() == id);
    Map<String, String> later = Map.of("sendAt", Instant.now().plusSeconds(60).toString());
    assertThat(
            shopbell
                .api()
                .send("PUT", "/messages/" + message + "/schedule", later, Map.of())
                .status())
        .isEqualTo(409);
  }

  @Test
  void timeMustBeToCome() {
    long id = inbox.begin(address("anna"), "Green teapot");
    for (Instant wrong :
        new Instant[] {Instant.now().minusSeconds(5), Instant.now().plus(Duration.ofDays(400))}) {
      Map<String, String> body = Map.of("text", "Hello", "sendAt", wrong.toString());
      assertThat(
              shopbell
                  .api()
                  .send("POST", "/conversations/" + id + "/replies", body, Map.of())
                  .status())
          .isEqualTo(422);
    }
  }

  @Test
  void survivesARestart() {
    try (RunningShopbell own = RunningShopbell.start(Map.of())) {
      Inbox there = new Inbox(own);
      String anna = address("anna");
      long id = there.begin(anna, "Green teapot");
      String due = Instant.now().plusSeconds(3).toString();
      long message = there.reply(id, "Later", "sendAt", due).path("id").asLong();
      own.restart();
      there.awaitDelivery(id, message, "sent");
      assertThat(there.sentTo(anna)).hasSize(1);
    }
  }
}
