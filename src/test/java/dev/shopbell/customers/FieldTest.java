package dev.shopbell.customers;

import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a shop adds to its conversations and customers. */
class FieldTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  /** There is a most, and the program is shared: each test makes few, under names of its own. */
  private JsonNode make(String subject, String kind, String... choices) {
    Map<String, Object> body =
        new HashMap<>(Map.of("subject", subject, "kind", kind, "name", "Field " + word()));
    if (choices.length > 0) {
      body.put("choices", List.of(choices));
    }
    return api.post("/fields", body);
  }

  private String key(String subject, String kind, String... choices) {
    return make(subject, kind, choices).path("key").asString();
  }

  private static Map<String, Object> fields(Object... keysAndValues) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return Map.of("fields", values);
  }

  private long begin() {
    return inbox.begin(address("fay"), "With fields");
  }

  private JsonNode set(long conversation, Object... keysAndValues) {
    return api.patch("/conversations/" + conversation + "/fields", fields(keysAndValues))
        .path("fields");
  }

  private Api.Answer refused(long conversation, String key, Object value) {
    Api.Answer answer =
        api.send(
            "PATCH", "/conversations/" + conversation + "/fields", fields(key, value), Map.of());
    assertThat(answer.status()).as(key + " " + value + ": " + answer.body()).isEqualTo(422);
    return answer;
  }

  private List<Long> found(String field, String key, String operator, String... values) {
    String conditions =
        URLEncoder.encode(
            JSON.writeValueAsString(
                List.of(
                    Map.of(
                        "field",
                        field,
                        "key",
                        key,
                        "operator",
                        operator,
                        "values",
                        List.of(values)))),
            StandardCharsets.UTF_8);
    List<Long> ids = new ArrayList<>();
    api.all("/conversations?conditions=" + conditions)
        .forEach(row -> ids.add(row.path("id").asLong()));
    return ids;
  }

  @Test
  void eachKindKeepsItsValuesAndRefusesOthersInWords() {
    long id = begin();
    String text = key("conversation", "text");
    String number = key("conversation", "number");
    String date = key("conversation", "date");
    String yesNo = key("conversation", "yesNo");
    String choice = key("conversation", "choice", "DHL", "Royal Mail");
    String choices = key("conversation", "choices", "Lid", "Jar", "Ring");
    String link = key("conversation", "link");
    JsonNode kept =
        set(
            id,
            text,
            " AB-1 ",
            number,
            19.90,
            date,
            "2026-02-28",
            yesNo,
            true,
            choice,
            "royal_mail",
            choices,
            List.of("ring", "lid", "ring"),
            link,
            "https://shop.example/orders/1?a=b");
    assertThat(kept.path(text).asString()).isEqualTo("AB-1");
    assertThat(kept.path(number).decimalValue()).isEqualByComparingTo("19.9");
    assertThat(kept.path(choices).toString()).isEqualTo("[\"lid\",\"ring\"]");
    assertThat(inbox.conversation(id).path("fields")).isEqualTo(kept);

    assertThat(refused(id, text, "x".repeat(2_001)).body()).contains("at most 2,000 characters");
    assertThat(refused(id, number, "12").body()).contains("a number");
    refused(id, number, 1e300);
    refused(id, number, 0.1234567);
    assertThat(refused(id, date, "2026-02-30").body()).contains("a date such as");
    assertThat(refused(id, yesNo, "yes").body()).contains("true or false");
    assertThat(refused(id, choice, "ups").body()).contains("one of dhl, royal_mail");
    refused(id, choices, "lid");
    refused(id, choices, List.of("lid", 3));
    for (String bad :
        List.of("javascript:alert(1)", "https://", "/orders", "https://me:pw@shop.example")) {
      assertThat(refused(id, link, bad).body()).contains("a link");
    }
    assertThat(refused(id, "no_such_field", "x").body()).contains("There is no field");
    assertThat(inbox.conversation(id).path("fields")).isEqualTo(kept);

    assertThat(set(id, text, null, choices, List.of()).has(text)).isFalse();
    assertThat(inbox.conversation(id).path("fields").has(choices)).isFalse();
    JsonNode last = api.all("/conversations/" + id + "/events").getLast();
    assertThat(last.path("name").asString()).isEqualTo("ConversationFieldsChanged");
  }

  @Test
  void viewsFindByEachKind() {
    long one = begin();
    long other = begin();
    String text = key("conversation", "text");
    String number = key("conversation", "number");
    String date = key("conversation", "date");
    String yesNo = key("conversation", "yesNo");
    String choice = key("conversation", "choice", "DHL", "Yes");
    String choices = key("conversation", "choices", "Lid", "Jar");
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    set(
        one,
        text,
        "50% \"off\"",
        number,
        5,
        date,
        today,
        yesNo,
        true,
        choice,
        "dhl",
        choices,
        List.of("lid", "jar"));
    set(
        other,
        text,
        "nothing",
        number,
        7.5,
        date,
        "2001-01-01",
        choice,
        "yes_2",
        choices,
        List.of("jar"));

    assertThat(found("custom", text, "has", "0% \"O")).containsExactly(one);
    assertThat(found("custom", text, "hasNot", "50")).contains(other).doesNotContain(one);
    assertThat(found("custom", number, "over", "5")).containsExactly(other);
    assertThat(found("custom", number, "under", "5")).containsExactly(one);
    assertThat(found("custom", date, "within", "P2D")).containsExactly(one);
    assertThat(found("custom", date, "older", "P2D")).containsExactly(other);
    assertThat(found("custom", date, "before", today)).containsExactly(other);
    assertThat(found("custom", date, "after", today)).containsExactly(one);
    assertThat(found("custom", yesNo, "is", "yes")).containsExactly(one);
    assertThat(found("custom", yesNo, "is", "no")).contains(other).doesNotContain(one);
    assertThat(found("custom", choice, "is", "dhl")).containsExactly(one);
    assertThat(found("custom", choice, "is", "yes_2", "dhl")).containsExactlyInAnyOrder(one, other);
    assertThat(found("custom", choice, "not", "dhl")).contains(other).doesNotContain(one);
    assertThat(found("custom", choices, "is", "jar")).containsExactlyInAnyOrder(one, other);
    assertThat(found("custom", choices, "all", "jar", "lid")).containsExactly(one);
    for (String wrong :
        List.of(
            "[{\"field\":\"custom\",\"operator\":\"is\",\"values\":[\"x\"]}]",
            "[{\"field\":\"custom\",\"key\":\"a' or true --\",\"operator\":\"is\",\"values\":[\"x\"]}]",
            "[{\"field\":\"tag\",\"key\":\"a\",\"operator\":\"is\",\"values\":[\"1\"]}]",
            "[{\"field\":\"custom\",\"key\":\"a\",\"operator\":\"over\",\"values\":[\"007\"]}]",
            "[{\"field\":\"custom\",\"key\":\"a\",\"operator\":\"over\",\"values\":[\"1 || true\"]}]",
            "[{\"field\":\"custom\",\"key\":\"a\",\"operator\":\"before\",\"values\":[\"P7D\"]}]")) {
      String query =
          "/conversations?conditions=" + URLEncoder.encode(wrong, StandardCharsets.UTF_8);
      assertThat(api.send("GET", query, null, Map.of()).status()).as(wrong).isEqualTo(422);
    }
  }

  @Test
  void customersHaveFieldsOfTheirOwnAndViewsFindByThem() {
    long id = begin();
    long customer = inbox.conversation(id).path("customer").path("id").asLong();
    String vip = key("customer", "yesNo");
    JsonNode kept = api.patch("/customers/" + customer + "/fields", fields(vip, true));
    assertThat(kept.path("fields").path(vip).asBoolean()).isTrue();
    assertThat(api.get("/customers/" + customer).path("parts").path("fields").path(vip).asBoolean())
        .isTrue();
    assertThat(found("customerCustom", vip, "is", "yes")).containsExactly(id);
    assertThat(found("custom", vip, "is", "yes")).isEmpty();
    assertThat(refused(id, vip, true).body()).contains("There is no field");
  }

  @Test
  void fieldIsRenamedArchivedAndItsChoicesStayWhereTheyAre() {
    JsonNode field = make("conversation", "choice", "Blue", "Red");
    String path = "/fields/" + field.path("id").asLong();
    String key = field.path("key").asString();
    long id = begin();
    set(id, key, "blue");
    JsonNode changed =
        api.patch(
            path,
            Map.of(
                "name",
                "Colour " + word(),
                "choices",
                List.of(Map.of("key", "red", "name", "Crimson"), Map.of("name", "Green"))));
    assertThat(changed.path("key").asString()).isEqualTo(key);
    assertThat(changed.path("choices").toString())
        .isEqualTo(
            "[{\"key\":\"red\",\"name\":\"Crimson\",\"archived\":false},"
                + "{\"key\":\"green\",\"name\":\"Green\",\"archived\":false},"
                + "{\"key\":\"blue\",\"name\":\"Blue\",\"archived\":true}]");
    assertThat(set(id, key, "blue").path(key).asString()).isEqualTo("blue");
    set(id, key, "green");
    refused(id, key, "blue");
    api.patch(path, Map.of("archived", true));
    assertThat(refused(id, key, "red").body()).contains("is archived");
    assertThat(inbox.conversation(id).path("fields").path(key).asString()).isEqualTo("green");

    Map<String, Object> twice =
        Map.of("subject", "conversation", "kind", "text", "name", "Again", "key", key);
    assertThat(api.send("POST", "/fields", twice, Map.of()).status()).isEqualTo(409);
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("subject", "conversation", "kind", "choice", "name", "None to choose"),
            Map.of("subject", "conversation", "kind", "text", "name", "x", "choices", List.of("a")),
            Map.of("subject", "conversation", "kind", "text", "name", "x", "key", "Käse"),
            Map.of("subject", "order", "kind", "text", "name", "x"))) {
      assertThat(api.send("POST", "/fields", wrong, Map.of()).status())
          .as(wrong.toString())
          .isIn(400, 422);
    }
  }

  @Test
  void mergedKeepsItsOwnTakesWhatItLacksAndGivesItBackWhenUndone() {
    String text = key("conversation", "text");
    String number = key("conversation", "number");
    long kept = begin();
    long other = begin();
    set(kept, text, "mine");
    set(other, text, "theirs", number, 3);
    String path = "/conversations/" + kept;
    JsonNode merged =
        api.post(
            path + "/merges", Map.of("conversationIds", List.of(other), "otherCustomers", true));
    JsonNode fields = inbox.conversation(kept).path("fields");
    assertThat(fields.path(text).asString()).isEqualTo("mine");
    assertThat(fields.path(number).asInt()).isEqualTo(3);
    api.post(path + "/moves/" + merged.path("moves").get(0).asLong() + "/undo", Map.of());
    assertThat(inbox.conversation(kept).path("fields").has(number)).isFalse();
    assertThat(inbox.conversation(other).path("fields").path(number).asInt()).isEqualTo(3);
  }

  @Test
  void mergedCustomersDoTheSameAndWhatWasChangedSinceStays() {
    String text = key("customer", "text");
    String number = key("customer", "number");
    long kept = customer();
    long other = customer();
    api.patch("/customers/" + kept + "/fields", fields(text, "mine"));
    api.patch("/customers/" + other + "/fields", fields(text, "theirs", number, 3));
    long merge =
        api.post("/customers/" + kept + "/merges", Map.of("customerId", other)).path("id").asLong();
    JsonNode values = api.get("/customers/" + kept).path("parts").path("fields");
    assertThat(values.path(text).asString()).isEqualTo("mine");
    assertThat(values.path(number).asInt()).isEqualTo(3);
    assertThat(
            api.send("PATCH", "/customers/" + other + "/fields", fields(number, 4), Map.of())
                .status())
        .isEqualTo(307);
    api.patch("/customers/" + kept + "/fields", fields(number, 5));
    api.post("/customers/" + kept + "/merges/" + merge + "/undo", Map.of());
    assertThat(api.get("/customers/" + kept).path("parts").path("fields").path(number).asInt())
        .isEqualTo(5);
    assertThat(api.get("/customers/" + other).path("parts").path("fields").path(number).asInt())
        .isEqualTo(3);
  }

  private long customer() {
    return inbox.conversation(begin()).path("customer").path("id").asLong();
  }
}
