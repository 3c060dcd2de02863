package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An answer does not cross what its author has not seen. */
class UnseenTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final String anna = address("anna");
  private final String asked = messageId();
  private final long id = inbox.begin(anna, "Which size?", bears(asked));

  private Api.Answer reply(Api agent, Object seen) {
    return agent.send(
        "POST",
        "/conversations/" + id + "/replies",
        seen == null ? Map.of("text", "Size M.") : Map.of("text", "Size M.", "seen", seen),
        Map.of());
  }

  private long newest() {
    return inbox.lastMessage(id).path("id").asLong();
  }

  private static void assertUnseen(Api.Answer answer, String words) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(409);
    JsonNode problem = answer.json();
    assertThat(problem.path("errors").get(0).path("field").asString()).isEqualTo("seen");
    assertThat(problem.path("detail").asString()).contains(words);
  }

  @Test
  void secondAnswerIsRefusedUntilTheFirstIsSeen() {
    Api mia = Colleague.joins(shopbell, "agent");
    long seen = newest();
    assertThat(reply(mia, seen).status()).isEqualTo(201);
    assertUnseen(reply(shopbell.api(), seen), "Colleague has answered");
    assertThat(inbox.messages(id)).hasSize(2);
    assertThat(reply(shopbell.api(), newest()).status()).isEqualTo(201);
  }

  @Test
  void answerIsRefusedWhereTheCustomerHasWrittenAgain() {
    long seen = newest();
    inbox.take(
        Mail.with(
            "Anna Lee <" + anna + ">", SHOP, "Re: Which size?", "Forget it!", answers(asked)));
    assertUnseen(reply(shopbell.api(), seen), "Anna Lee has written again");
    assertThat(reply(shopbell.api(), null).status()).isEqualTo(201);
  }

  @Test
  void ownAnswersNotesAndMachinesStopNobody() {
    long seen = newest();
    inbox.reply(id, "First half.");
    Colleague.joins(shopbell, "agent").post("/conversations/" + id + "/notes", Map.of("text", "!"));
    inbox.take(
        Mail.with(
            anna,
            SHOP,
            "Automatic reply: Which size?",
            "I am on holiday.",
            answers(asked),
            "Auto-Submitted: auto-replied"));
    assertThat(inbox.messages(id)).hasSize(4);
    assertThat(reply(shopbell.api(), seen).status()).isEqualTo(201);
  }
}
