package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.messageId;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who has read what: each agent for themselves. */
class ReadingTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  private static long agent(Api of) {
    return of.get("/session").path("agent").path("id").asLong();
  }

  private static boolean isUnread(Api of, long id) {
    boolean opened = of.get("/conversations/" + id).path("unread").asBoolean();
    boolean listed =
        of.all("/conversations?view=all").stream()
            .filter(row -> row.path("id").asLong() == id)
            .findFirst()
            .orElseThrow()
            .path("unread")
            .asBoolean();
    assertThat(listed).isEqualTo(opened);
    return opened;
  }

  private void read(Api by, long id) {
    long newest = inbox.lastMessage(id).path("id").asLong();
    by.put("/conversations/" + id + "/read", Map.of("messageId", newest));
  }

  private static JsonNode readerOf(Api asked, long id, long agent) {
    for (JsonNode reader : asked.get("/conversations/" + id).path("readers")) {
      if (reader.path("agentId").asLong() == agent) {
        return reader;
      }
    }
    throw new AssertionError("Agent " + agent + " has not read " + id);
  }

  @Test
  void whatOneHasReadIsUnreadToTheOthers() {
    Api colleague = Colleague.joins(shopbell, "agent");
    String anna = address("anna");
    String first = messageId();
    long id = inbox.begin(anna, "Read", bears(first));
    assertThat(isUnread(api, id)).isTrue();
    read(api, id);
    assertThat(isUnread(api, id)).isFalse();
    assertThat(isUnread(colleague, id)).isTrue();
    inbox.take(Mail.with(anna, SHOP, "Re: Read", "And now?", answers(first), bears(messageId())));
    assertThat(isUnread(api, id)).isTrue();
  }

  @Test
  void whoSawWhatIsKnownToEverybody() {
    Api colleague = Colleague.joins(shopbell, "agent");
    long id = inbox.begin(address("anna"), "Seen");
    read(colleague, id);
    long first = inbox.lastMessage(id).path("id").asLong();
    api.post("/conversations/" + id + "/notes", Map.of("text", "Look at this"));
    JsonNode seen = readerOf(api, id, agent(colleague));
    assertThat(seen.path("messageId").asLong()).isEqualTo(first);
    assertThat(seen.path("seenAt").asString()).isNotBlank();
  }

  @Test
  void aMarkNeverMovesBackByReading() {
    String anna = address("anna");
    String first = messageId();
    long id = inbox.begin(anna, "Forward only", bears(first));
    inbox.take(Mail.with(anna, SHOP, "Re: Forward only", "More", answers(first)));
    List<JsonNode> messages = inbox.messages(id);
    read(api, id);
    for (int i = 0; i < 2; i++) {
      api.put(
          "/conversations/" + id + "/read",
          Map.of("messageId", messages.getFirst().path("id").asLong()));
    }
    assertThat(isUnread(api, id)).isFalse();
  }

  @Test
  void whatIsMarkedUnreadStaysSoUntilItIsReadAgain() {
    long id = inbox.begin(address("anna"), "Again");
    read(api, id);
    for (int i = 0; i < 2; i++) {
      api.delete("/conversations/" + id + "/read");
      assertThat(isUnread(api, id)).isTrue();
    }
    inbox.setStatus(id, "resolved");
    assertThat(isUnread(api, id)).as("asked for, so also when it is resolved").isTrue();
    read(api, id);
    assertThat(isUnread(api, id)).isFalse();
  }

  @Test
  void whoeverWritesHasReadAndOnlyNotesAreNewsToTheOthers() {
    Api colleague = Colleague.joins(shopbell, "agent");
    long id = inbox.begin(address("anna"), "Answered");
    read(colleague, id);
    inbox.reply(id, "It is on its way.");
    assertThat(isUnread(api, id)).isFalse();
    assertThat(isUnread(colleague, id)).as("an answer of ours").isFalse();
    api.post("/conversations/" + id + "/notes", Map.of("text", "Please check the depot."));
    assertThat(isUnread(api, id)).isFalse();
    assertThat(isUnread(colleague, id)).as("a note").isTrue();
  }

  @Test
  void whatIsOverOrOlderThanTheAgentIsNotUnread() {
    long resolved = inbox.begin(address("anna"), "Over");
    inbox.setStatus(resolved, "resolved");
    assertThat(isUnread(api, resolved)).isFalse();
    long before = inbox.begin(address("anna"), "Before");
    Api newcomer = Colleague.joins(shopbell, "agent");
    assertThat(isUnread(newcomer, before)).isFalse();
    assertThat(isUnread(api, before)).isTrue();
  }

  @Test
  void readingIsAFactWhenSomethingNewWasSeenAndOnlyThen() {
    long id = inbox.begin(address("anna"), "Told");
    for (int i = 0; i < 3; i++) {
      read(api, id);
    }
    api.delete("/conversations/" + id + "/read");
    api.delete("/conversations/" + id + "/read");
    List<String> told =
        api.all("/audit").stream()
            .filter(fact -> fact.path("conversationId").asLong() == id)
            .map(fact -> fact.path("name").asString())
            .filter(name -> name.endsWith("iewed"))
            .toList();
    assertThat(told).containsExactly("ConversationUnviewed", "ConversationViewed");
  }

  @Test
  void messagesOfOtherConversationsCannotBeReadHere() {
    long id = inbox.begin(address("anna"), "Here");
    long other = inbox.lastMessage(inbox.begin(address("bert"), "There")).path("id").asLong();
    Map<String, Object> body = Map.of("messageId", other);
    assertThat(api.send("PUT", "/conversations/" + id + "/read", body, Map.of()).status())
        .isEqualTo(422);
    assertThat(api.send("PUT", "/conversations/999999999/read", body, Map.of()).status())
        .isEqualTo(422);
    assertThat(api.send("DELETE", "/conversations/999999999/read", null, Map.of()).status())
        .isEqualTo(404);
    soon("still unread").until(() -> isUnread(api, id));
  }
}
