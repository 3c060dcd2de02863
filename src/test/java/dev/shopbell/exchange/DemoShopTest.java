package dev.shopbell.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The demo shop from its first start to its removal: one life, told in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoShopTest {
  private static RunningShopbell shopbell;
  private static Inbox inbox;

  @BeforeAll
  static void start() {
    shopbell = RunningShopbell.start(Map.of("shopbell.demo", "true", "shopbell.owner-email", ""));
    inbox = new Inbox(shopbell);
  }

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  private static long count(String from) {
    return shopbell
        .bean(JdbcClient.class)
        .sql("select count(*) from " + from)
        .query(Long.class)
        .single();
  }

  @Test
  @Order(1)
  void firstStartShowsConversationsInEveryState() {
    Api api = shopbell.api();
    assertThat(api.get("/installation").path("demo").asBoolean()).isTrue();
    for (String view : List.of("mine", "unassigned", "waiting", "snoozed", "resolved", "spam")) {
      assertThat(api.all("/conversations?view=" + view)).as(view).isNotEmpty();
    }
    List<JsonNode> all = api.all("/conversations");
    assertThat(all).hasSizeGreaterThan(20).allMatch(row -> row.path("demo").asBoolean());
    assertThat(all).allMatch(row -> row.path("messageCount").asInt() > 0);
    assertThat(all).anyMatch(row -> !row.path("tags").isEmpty());
    assertThat(api.all("/fields")).hasSizeGreaterThan(3);
    assertThat(count("conversation where fields ->> 'order_number' is not null")).isPositive();
    assertThat(
            api.get("/agents").path("items").valueStream().filter(a -> a.path("demo").asBoolean()))
        .hasSizeGreaterThan(2);
    assertThat(api.get("/brands").path("items").get(0).path("name").asString())
        .isNotEqualTo("My shop");
    Inbox.soon("customers who may be the same")
        .until(() -> api.all("/customers/duplicates").size(), found -> found == 3);
  }

  @Test
  @Order(2)
  void restartDoesNotLoadItTwice() {
    long conversations = count("conversation");
    long messages = count("message");
    shopbell.restart();
    assertThat(count("conversation")).isEqualTo(conversations);
    assertThat(count("message")).isEqualTo(messages);
  }

  @Test
  @Order(3)
  void answerToADemoCustomerIsWithheld() {
    long id = shopbell.api().all("/conversations?view=unassigned").getFirst().path("id").asLong();
    long message = inbox.reply(id, "It is on its way").path("id").asLong();
    inbox.awaitDelivery(id, message, "withheld");
    assertThat(shopbell.relay().getReceivedMessages()).isEmpty();
  }

  @Test
  @Order(4)
  void removalTakesAllOfItAndNothingElse() {
    Api api = shopbell.api();
    String anna = Inbox.address("anna");
    long real = inbox.begin(anna, "A real one");
    inbox.answer(real, "A real answer");
    long demoAgent =
        api.get("/agents")
            .path("items")
            .valueStream()
            .filter(agent -> agent.path("demo").asBoolean() && !agent.path("joined").asBoolean())
            .findFirst()
            .orElseThrow()
            .path("id")
            .asLong();
    api.put("/conversations/" + real + "/assignee", Map.of("agentId", demoAgent));
    long demo = api.all("/conversations?view=open").getLast().path("id").asLong();
    api.put("/conversations/" + demo + "/drafts/reply", Map.of("html", "<p>Begun</p>"));
    long file = api.upload("a.txt", "text/plain", new byte[] {1});
    inbox.reply(demo, "With a file", "attachments", List.of(file));
    api.delete("/installation/demo");
    for (String table : List.of("customer", "conversation", "agent", "custom_field")) {
      assertThat(count(table + " where demo")).as(table).isZero();
    }
    assertThat(count("conversation")).isEqualTo(1);
    assertThat(count("message")).isEqualTo(2);
    assertThat(count("customer")).isEqualTo(1);
    assertThat(count("identity")).isEqualTo(1);
    assertThat(count("agent")).as("whoever removed it stays").isEqualTo(1);
    assertThat(count("draft")).isZero();
    assertThat(count("attachment")).isZero();
    assertThat(inbox.only(anna)).isEqualTo(real);
    assertThat(inbox.messages(real)).hasSize(2);
    assertThat(inbox.conversation(real).path("assignee").isNull()).isTrue();
    assertThat(api.get("/installation").path("demo").asBoolean()).isFalse();
    assertThat(api.get("/session").path("agent").path("role").asString()).isEqualTo("owner");
  }

  @Test
  @Order(5)
  void onceRemovedItDoesNotComeBack() {
    shopbell.restart();
    assertThat(count("conversation")).isEqualTo(1);
    assertThat(count("customer where demo")).isZero();
    assertThat(shopbell.api().get("/installation").path("demo").asBoolean()).isFalse();
  }
}
