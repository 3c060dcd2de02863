package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an agent says of a wrongly split mail is shown at once and kept. */
class SplitCaseTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  private long conversation(String text) {
    String anna = address("anna");
    inbox.take(Mail.plain(anna, Inbox.SHOP, Inbox.word(), text));
    return inbox.only(anna);
  }

  private int report(long message, Map<String, ?> body) {
    return shopbell
        .api()
        .send("POST", "/messages/" + message + "/split-case", body, Map.of())
        .status();
  }

  private List<JsonNode> cases(long message) {
    return shopbell.api().all("/split-cases").stream()
        .filter(one -> one.path("messageId").asLong() == message)
        .toList();
  }

  @Test
  void aCorrectionIsShownAndKeptOnce() {
    long conversation = conversation("Hello\n\n-- \nAnna\nSize 42\n");
    JsonNode before = inbox.lastMessage(conversation);
    long message = before.path("id").asLong();
    assertThat(before.path("ownText").asString()).isEqualTo("Hello");

    assertThat(report(message, Map.of())).isEqualTo(204);
    assertThat(inbox.lastMessage(conversation).path("ownText").asString()).isEqualTo("Hello");
    for (int i = 0; i < 2; i++) {
      assertThat(report(message, Map.of("ownText", "Hello\nSize 42"))).isEqualTo(204);
    }

    assertThat(inbox.lastMessage(conversation).path("ownText").asString())
        .isEqualTo("Hello\nSize 42");
    assertThat(cases(message)).hasSize(1);
    JsonNode kept = cases(message).getFirst();
    assertThat(kept.path("ownText").asString()).isEqualTo("Hello\nSize 42");
    assertThat(kept.path("conversationId").asLong()).isEqualTo(conversation);

    shopbell.api().delete("/split-cases/" + kept.path("id").asLong());
    assertThat(cases(message)).isEmpty();
  }

  @Test
  void anEmptyCorrectionShowsEverything() {
    long conversation = conversation("Hello\n\n-- \nAnna\nSize 42\n");
    JsonNode message = inbox.lastMessage(conversation);

    assertThat(report(message.path("id").asLong(), Map.of("ownText", ""))).isEqualTo(204);

    JsonNode after = inbox.lastMessage(conversation);
    assertThat(after.path("ownText").asString()).isEqualTo(after.path("text").asString());
  }

  @Test
  void onlyWhatACustomerWroteIsSplit() {
    long conversation = conversation("Hello");
    long answer = inbox.reply(conversation, "Hi").path("id").asLong();

    assertThat(report(answer, Map.of("ownText", "x"))).isEqualTo(404);
    assertThat(report(answer, Map.of())).isEqualTo(404);
  }
}
