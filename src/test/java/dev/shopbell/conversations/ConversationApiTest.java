package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What agents and programs do with conversations. */
class ConversationApiTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  private List<Long> ids(String query) {
    return api.all("/conversations" + query).stream().map(row -> row.path("id").asLong()).toList();
  }

  private static String at(long id, String rest) {
    return "/conversations/" + id + rest;
  }

  private long me() {
    return api.get("/session").path("agent").path("id").asLong();
  }

  @Test
  void eachViewShowsItsOwnAndNoOthers() {
    Map<String, Long> by = new HashMap<>();
    for (String name : List.of("mine", "unassigned", "waiting", "snoozed", "resolved", "spam")) {
      by.put(name, inbox.begin(address(name), "A view"));
    }
    api.put(at(by.get("mine"), "/assignee"), Map.of("agentId", me()));
    inbox.setStatus(by.get("waiting"), "waiting");
    inbox.setStatus(by.get("resolved"), "resolved");
    inbox.setStatus(by.get("spam"), "spam");
    String until = Instant.now().plusSeconds(3_600).toString();
    api.put(at(by.get("snoozed"), "/status"), Map.of("status", "snoozed", "snoozedUntil", until));
    by.forEach((name, id) -> {
      for (String view : by.keySet()) {
        List<Long> shown = ids("?view=" + view);
        assertThat(shown.contains(id)).as("%s in %s", name, view).isEqualTo(view.equals(name));
      }
    });
    assertThat(ids("?view=open"))
        .contains(by.get("mine"), by.get("unassigned"))
        .doesNotContain(by.get("waiting"), by.get("spam"));
    assertThat(ids("?view=all"))
        .containsAll(
            by.entrySet().stream()
                .filter(one -> !one.getKey().equals("spam"))
                .map(Map.Entry::getValue)
                .toList())
        .doesNotContain(by.get("spam"));
    assertThat(ids("")).isEqualTo(ids("?view=all"));
  }

  @Test
  void filtersHoldTogether() {
    String anna = address("anna");
    String tag = word();
    long tagged = inbox.begin(anna, "First");
    inbox.take(Mail.plain(anna, SHOP, "Second", "More"));
    long other = inbox.of(anna).getLast().path("id").asLong();
    api.put(at(tagged, "/tags"), Map.of("tags", List.of(tag)));
    api.put(at(other, "/assignee"), Map.of("agentId", me()));
    long customer = inbox.conversation(tagged).path("customer").path("id").asLong();
    assertThat(ids("?customer=" + customer)).containsExactly(other, tagged);
    assertThat(ids("?tag=" + tag.toUpperCase())).containsExactly(tagged);
    assertThat(ids("?tag=" + tag + "&assignee=none")).containsExactly(tagged);
    assertThat(ids("?tag=" + tag + "&assignee=me")).isEmpty();
    assertThat(ids("?customer=" + customer + "&assignee=me")).containsExactly(other);
    assertThat(ids("?customer=" + customer + "&assignee=" + me())).containsExactly(other);
    assertThat(ids("?customer=" + customer + "&status=waiting")).isEmpty();
    assertThat(ids("?customer=" + customer + "&view=unassigned")).containsExactly(tagged);
    assertThat(ids("?customer=" + customer + "&brand=999999")).isEmpty();
    assertThat(ids("?tag=" + word())).isEmpty();
  }

  @Test
  void countersSayHowManyEachViewHolds() {
    long id = inbox.begin(address("anna"), "Counted");
    JsonNode before = api.get("/conversations/counters");
    inbox.setStatus(id, "spam");
    JsonNode after = api.get("/conversations/counters");
    assertThat(after.path("spam").asLong()).isEqualTo(before.path("spam").asLong() + 1);
    assertThat(after.path("open").asLong()).isEqualTo(before.path("open").asLong() - 1);
    for (String view : List.of("mine", "unassigned", "open", "waiting", "snoozed", "spam")) {
      assertThat(after.path(view).asLong()).as(view).isEqualTo(ids("?view=" + view).size());
    }
  }

  @Test
  void pagesHoldEverythingOnceWhileNewMailArrives() {
    String tag = word();
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      long id = inbox.begin(address("anna"), "Paged " + i);
      api.put(at(id, "/tags"), Map.of("tags", List.of(tag)));
      made.addFirst(id);
    }
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get("/conversations?tag=" + tag + "&limit=5" + cursor);
      page.path("items").forEach(row -> seen.add(row.path("id").asLong()));
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
      long newcomer = inbox.begin(address("bert"), "Newcomer");
      api.put(at(newcomer, "/tags"), Map.of("tags", List.of(tag)));
    } while (!cursor.isEmpty());
    assertThat(seen).isEqualTo(made);
  }

  @Test
  void messagesArePagedBothWays() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Long talk");
    for (int i = 0; i < 6; i++) {
      api.post(at(id, "/notes"), Map.of("text", "Note " + i));
    }
    List<Long> ascending = inbox.messages(id).stream().map(one -> one.path("id").asLong()).toList();
    assertThat(ascending).hasSize(7).isSorted();
    List<Long> descending = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get(at(id, "/messages?order=desc&limit=3" + cursor));
      page.path("items").forEach(one -> descending.add(one.path("id").asLong()));
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
    } while (!cursor.isEmpty());
    assertThat(descending).isEqualTo(ascending.reversed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/conversations?cursor=nonsense",
        "/conversations?cursor=%00",
        "/conversations?cursor=MQ",
        "/conversations?q=word&cursor=MXwy",
        "/conversations?limit=0",
        "/conversations?limit=201",
        "/conversations?limit=-1",
        "/conversations?view=none",
        "/conversations?assignee=somebody",
        "/conversations/1/messages?order=up",
        "/conversations/1/events?cursor=x"
      })
  void questionThatMakesNoSenseIsRefusedWithAReason(String path) {
    assertProblem(api.send("GET", path, null, Map.of()), 422);
  }

  @Test
  void cursorThatNobodyGaveIsRefused() {
    for (String forged :
        List.of(
            "+1000000000-12-31T23:59:59.999999999Z|1",
            "-9999-01-01T00:00:00Z|x",
            "2026-01-01T00:00:00Z|99999999999999999999")) {
      String cursor =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(forged.getBytes(StandardCharsets.UTF_8));
      Api.Answer answer = api.send("GET", "/conversations?cursor=" + cursor, null, Map.of());
      assertProblem(answer, 422);
    }
  }

  private static void assertProblem(Api.Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.json().path("detail").asString("")).isNotBlank();
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/conversations/999999999", "GET,/conversations/999999999/messages",
        "PUT,/conversations/999999999/tags",
    "POST,/conversations/999999999/replies", "GET,/attachments/999999999",
        "GET,/messages/999999999/original",
    "GET,/customers/999999999", "POST,/messages/999999999/undo", "GET,/nothing/here"
  })
  void whatIsNotThereIsNotFound(String method, String path) {
    Object body = method.equals("GET") ? null : Map.of("tags", List.of(), "text", "x");
    assertProblem(api.send(method, path, body, Map.of()), 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "null",
        "[]",
        "\"text\"",
        "{\"status\":\"done\"}",
        "{\"status\":{}}",
        "{}"
      })
  void bodyThatCannotBeReadIsRefusedWithAReason(String body) {
    long id = inbox.begin(address("anna"), "Malformed");
    Api.Answer answer = api.send("PUT", at(id, "/status"), body, Map.of());
    assertThat(answer.status()).as(answer.body()).isBetween(400, 422);
    assertProblem(answer, answer.status());
    assertThat(inbox.status(id)).isEqualTo("open");
  }

  @Test
  void everyChangeIsAnEventWithItsAgent() {
    long id = inbox.begin(address("anna"), "Changes");
    String tag = word();
    api.put(at(id, "/assignee"), Map.of("agentId", me()));
    api.put(at(id, "/priority"), Map.of("priority", "urgent"));
    api.put(at(id, "/tags"), Map.of("tags", List.of(tag)));
    api.put(at(id, "/tags"), Map.of("tags", List.of()));
    api.put(at(id, "/subject"), Map.of("subject", "Better subject"));
    api.put(at(id, "/status"), Map.of("status", "resolved"));
    JsonNode conversation = inbox.conversation(id);
    assertThat(conversation.path("assignee").path("name").asString()).isEqualTo("Owner");
    assertThat(conversation.path("priority").asString()).isEqualTo("urgent");
    assertThat(conversation.path("subject").asString()).isEqualTo("Better subject");
    assertThat(conversation.path("status").asString()).isEqualTo("resolved");
    assertThat(conversation.path("waitingSince").isNull()).isTrue();
    List<JsonNode> events = api.all(at(id, "/events"));
    assertThat(events)
        .extracting(event -> event.path("name").asString())
        .containsExactly(
            "ConversationStarted",
            "ConversationAssigned",
            "ConversationPriorityChanged",
            "ConversationTagged",
            "ConversationTagged",
            "ConversationSubjectChanged",
            "ConversationStatusChanged");
    assertThat(events.get(1).path("actor").path("name").asString()).isEqualTo("Owner");
    assertThat(events.get(1).path("detail").path("to").asString()).isEqualTo("Owner");
    assertThat(events.get(2).path("detail").path("to").asString()).isEqualTo("urgent");
    assertThat(events.get(3).path("detail").path("added").get(0).asString()).isEqualTo(tag);
    assertThat(events.get(4).path("detail").path("removed").get(0).asString()).isEqualTo(tag);
    api.put(at(id, "/status"), Map.of("status", "resolved"));
    assertThat(api.all(at(id, "/events"))).as("nothing changed").hasSize(events.size());
  }

  @Test
  void assigneeCanBeTakenAway() {
    long id = inbox.begin(address("anna"), "Assigned");
    api.put(at(id, "/assignee"), Map.of("agentId", me()));
    Map<String, Object> nobody = new HashMap<>();
    nobody.put("agentId", null);
    api.put(at(id, "/assignee"), nobody);
    assertThat(inbox.conversation(id).path("assignee").isNull()).isTrue();
  }

  @Test
  void snoozedWakesByItselfWhenItsTimeHasCome() {
    long id = inbox.begin(address("anna"), "Later");
    String until = Instant.now().plusMillis(1_200).toString();
    api.put(at(id, "/status"), Map.of("status", "snoozed", "snoozedUntil", until));
    assertThat(inbox.status(id)).isEqualTo("snoozed");
    soon("awake").until(() -> inbox.status(id).equals("open"));
    assertThat(Instant.now()).isAfter(Instant.parse(until));
    JsonNode last = api.all(at(id, "/events")).getLast();
    assertThat(last.path("actor").path("kind").asString()).isEqualTo("system");
  }

  @Test
  void snoozeTakesNoTimeThatHasPassed() {
    long id = inbox.begin(address("anna"), "Later");
    String past = Instant.now().minusSeconds(1).toString();
    assertProblem(
        api.send(
            "PUT", at(id, "/status"), Map.of("status", "snoozed", "snoozedUntil", past), Map.of()),
        422);
  }

  @Test
  void notesAreNeverMailed() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Between us");
    JsonNode note = api.post(at(id, "/notes"), Map.of("text", "A difficult one"));
    assertThat(note.path("direction").asString()).isEqualTo("note");
    assertThat(note.path("delivery").isNull()).isTrue();
    assertThat(inbox.status(id)).isEqualTo("open");
    inbox.answer(id, "It left yesterday.");
    assertThat(inbox.sentTo(anna)).hasSize(1);
    assertThat(Inbox.header(inbox.sentTo(anna).getFirst(), "References").split("\\s+")).hasSize(1);
  }

  @Test
  void startsAConversationWithACustomer() throws Exception {
    String anna = address("anna");
    long brand = api.get("/brands").path("items").get(0).path("id").asLong();
    api.patch("/brands/" + brand, Map.of("address", SHOP));
    JsonNode begun =
        api.post(
            "/conversations",
            Map.of(
                "to",
                Map.of("name", "Anna", "address", anna.toUpperCase()),
                "subject",
                "Your order",
                "text",
                "Hello Anna"));
    long id = begun.path("id").asLong();
    assertThat(begun.path("status").asString()).isEqualTo("waiting");
    inbox.awaitDelivery(id, inbox.lastMessage(id).path("id").asLong(), "sent");
    var mail = inbox.sentTo(anna).getFirst();
    assertThat(mail.getSubject()).isEqualTo("Your order");
    assertThat(mail.getHeader("In-Reply-To")).isNull();
    inbox.take(
        Mail.with(anna, SHOP, "Re: Your order", "Hello shop", Inbox.answers(Inbox.id(mail))));
    assertThat(inbox.only(anna)).isEqualTo(id);
    assertThat(inbox.messages(id)).hasSize(2);
    assertProblem(
        api.send(
            "POST",
            "/conversations",
            Map.of("to", Map.of("address", "nobody"), "subject", "x", "text", "y"),
            Map.of()),
        422);
  }
}
