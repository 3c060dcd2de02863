package dev.shopbell.conversations;

import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Saved filters: whose they are, what they show, and how many. */
class ViewTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  private static Map<String, Object> condition(String field, String operator, Object... values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(value.toString());
    }
    return Map.of("field", field, "operator", operator, "values", texts);
  }

  private static Map<String, Object> content(String name, boolean shared, Object... conditions) {
    return Map.of("name", name, "icon", "🚚", "shared", shared, "conditions", List.of(conditions));
  }

  private static List<Long> ids(Api api, String query) {
    return api.all("/conversations?" + query).stream().map(row -> row.path("id").asLong()).toList();
  }

  private static List<String> keys(JsonNode views) {
    List<String> keys = new ArrayList<>();
    views.path("items").forEach(view -> keys.add(view.path("key").asString()));
    return keys;
  }

  private static long counter(Api api, long view) {
    for (JsonNode one : api.get("/conversations/counters").path("views")) {
      if (one.path("id").asLong() == view) {
        return one.path("count").asLong();
      }
    }
    return -1;
  }

  private long tagged(String tag) {
    long id = inbox.begin(address("anna"), "For a view");
    api.put("/conversations/" + id + "/tags", Map.of("tags", List.of(tag)));
    for (JsonNode one : api.get("/tags").path("items")) {
      if (one.path("name").asString().equals(tag)) {
        return one.path("id").asLong();
      }
    }
    throw new IllegalStateException("There is no tag " + tag);
  }

  @Test
  void aViewShowsWhatItsConditionsSayAndCountsIt() {
    long tag = tagged(word());
    JsonNode made = api.post("/views", content("Parcels", false, condition("tag", "is", tag)));
    long view = made.path("id").asLong();
    assertThat(made.path("own").asBoolean()).isTrue();
    List<Long> shown = ids(api, "view=" + view);
    assertThat(shown).hasSize(1);
    assertThat(counter(api, view)).isEqualTo(1);

    inbox.setStatus(shown.getFirst(), "resolved");
    Map<String, Object> open =
        content("Parcels", false, condition("tag", "is", tag), condition("status", "is", "open"));
    api.put("/views/" + view, open);
    assertThat(ids(api, "view=" + view)).isEmpty();
    assertThat(counter(api, view)).isZero();
    inbox.setStatus(shown.getFirst(), "open");
    assertThat(counter(api, view)).isEqualTo(1);
    assertThat(api.get("/conversations/total?view=" + view).path("total").asLong()).isEqualTo(1);
  }

  @Test
  void conditionsCanBeTriedBeforeTheyAreSaved() {
    long tag = tagged(word());
    String conditions =
        URLEncoder.encode(
            new JsonMapper().writeValueAsString(List.of(condition("tag", "all", tag))),
            StandardCharsets.UTF_8);
    List<Long> shown = ids(api, "conditions=" + conditions);
    assertThat(shown).hasSize(1);
    assertThat(ids(api, "view=spam&conditions=" + conditions)).isEmpty();
    assertThat(ids(api, "view=open&sort=oldest&conditions=" + conditions)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"field\":\"mood\",\"operator\":\"is\",\"values\":[\"good\"]}]|no field “mood”",
        "[{\"field\":\"tag\",\"operator\":\"like\",\"values\":[\"1\"]}]|no operator “like”",
        "[{\"field\":\"tag\",\"operator\":\"is\",\"values\":[\"urgent\"]}]|a tag's id",
        "[{\"field\":\"tag\",\"operator\":\"is\",\"values\":[]}]|1 to 50 values",
        "[{\"field\":\"status\",\"operator\":\"over\",\"values\":[\"open\"]}]|takes is, not",
        "[{\"field\":\"status\",\"operator\":\"is\",\"values\":[\"open' or true --\"]}]|open, waiting",
        "[{\"field\":\"waiting\",\"operator\":\"over\",\"values\":[\"-PT1H\"]}]|a time such as",
        "[{\"field\":\"waiting\",\"operator\":\"over\",\"values\":[\"PT1H\",\"PT2H\"]}]|takes one value",
        "[{\"field\":\"created\",\"operator\":\"before\",\"values\":[\"P7D\"]}]|an instant",
        "[{\"field\":\"text\",\"operator\":\"has\",\"values\":[\"!?\"]}]|words",
        "[{\"field\":\"tag\",\"operator\":\"is\"}]|JSON list",
        "[null]|JSON list",
        "{}|JSON list",
        "x|JSON list"
      })
  void whatCannotBeAskedIsRefusedWithTheReason(String conditions, String reason) {
    String query = URLEncoder.encode(conditions, StandardCharsets.UTF_8);
    Api.Answer answer = api.send("GET", "/conversations?conditions=" + query, null, Map.of());
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().path("detail").asString()).contains(reason);
    if (conditions.contains("\"values\"") && conditions.startsWith("[{")) {
      Api.Answer saved =
          api.send(
              "POST", "/views", "{\"name\":\"Wrong\",\"conditions\":" + conditions + "}", Map.of());
      assertThat(saved.status()).as(saved.body()).isEqualTo(422);
      assertThat(saved.json().path("detail").asString()).contains(reason);
    }
  }

  @Test
  void ownViewsAreNobodyElses() {
    Api colleague = Colleague.joins(shopbell, "agent");
    long tag = tagged(word());
    long own =
        api.post("/views", content("Mine alone", false, condition("tag", "is", tag)))
            .path("id")
            .asLong();
    assertThat(keys(colleague.get("/views"))).doesNotContain(Long.toString(own));
    assertThat(counter(colleague, own)).isEqualTo(-1);
    assertThat(colleague.send("GET", "/conversations?view=" + own, null, Map.of()).status())
        .isEqualTo(404);
    for (String method : List.of("PUT", "DELETE")) {
      Object body = method.equals("PUT") ? content("Taken", false) : null;
      assertThat(colleague.send(method, "/views/" + own, body, Map.of()).status())
          .as(method)
          .isEqualTo(404);
    }
  }

  @Test
  void sharedViewsAreEverybodysAndChangedByTheirMakerOrALead() {
    Api colleague = Colleague.joins(shopbell, "agent");
    Api other = Colleague.joins(shopbell, "agent");
    long tag = tagged(word());
    Map<String, Object> content = content("For all", true, condition("tag", "is", tag));
    long view = colleague.post("/views", content).path("id").asLong();
    assertThat(ids(other, "view=" + view)).hasSize(1);
    assertThat(counter(other, view)).isEqualTo(1);
    assertThat(other.send("PUT", "/views/" + view, content, Map.of()).status()).isEqualTo(403);
    assertThat(other.send("DELETE", "/views/" + view, null, Map.of()).status()).isEqualTo(403);
    Map<String, Object> renamed = new HashMap<>(content);
    renamed.put("name", "For everybody");
    JsonNode changed = api.put("/views/" + view, renamed);
    assertThat(changed.path("name").asString()).isEqualTo("For everybody");
    renamed.put("shared", false);
    assertThat(api.send("PUT", "/views/" + view, renamed, Map.of()).status()).isEqualTo(403);
    assertThat(colleague.put("/views/" + view, renamed).path("shared").asBoolean()).isFalse();
  }

  @Test
  void aTeamsViewIsWithItsAgentsAndNobodyElse() {
    Colleague.Member member = Colleague.member(shopbell, Map.of("role", "agent"));
    Colleague.Member owner = Colleague.member(shopbell, Map.of("role", "agent"));
    Colleague.Member stranger = Colleague.member(shopbell, Map.of("role", "agent"));
    long team =
        api.post("/teams", Map.of("name", "Team " + word(), "members", List.of(member.id())))
            .path("id")
            .asLong();
    Map<String, Object> shared =
        new HashMap<>(content("Ours", false, condition("status", "is", "open")));
    shared.put("teams", List.of(team));
    JsonNode made = owner.browser().post("/views", shared).json();
    String key = made.path("key").asString();
    assertThat(made.path("teams").get(0).asLong()).isEqualTo(team);
    JsonNode theirs = view(member, key);
    assertThat(theirs.path("own").asBoolean()).isFalse();
    assertThat(theirs.path("changeable").asBoolean()).isFalse();
    assertThat(member.browser().get("/conversations?view=" + key).status()).isEqualTo(200);
    assertThat(view(stranger, key)).isNull();
    assertThat(stranger.browser().get("/conversations?view=" + key).status()).isEqualTo(404);
    assertThat(member.browser().send("PUT", "/views/" + key, shared, true).status()).isEqualTo(403);
    assertThat(stranger.browser().send("PUT", "/views/" + key, shared, true).status())
        .isEqualTo(404);

    shared.put("teams", List.of(team, 999_999_999L));
    assertThat(owner.browser().send("PUT", "/views/" + key, shared, true).body())
        .contains("does not exist");
    api.delete("/teams/" + team);
    assertThat(view(member, key)).isNull();
    assertThat(view(owner, key).path("teams")).isEmpty();
  }

  private static JsonNode view(Colleague.Member whose, String key) {
    for (JsonNode one : whose.browser().get("/views").json().path("items")) {
      if (one.path("key").asString().equals(key)) {
        return one;
      }
    }
    return null;
  }

  @Test
  void meIsWhoeverLooks() {
    Api colleague = Colleague.joins(shopbell, "agent");
    long tag = tagged(word());
    long view =
        api.post(
                "/views",
                content(
                    "My parcels",
                    true,
                    condition("tag", "is", tag),
                    condition("assignee", "is", "me")))
            .path("id")
            .asLong();
    long id = ids(api, "tag=" + tagName(tag)).getFirst();
    long theirs = colleague.get("/session").path("agent").path("id").asLong();
    api.put("/conversations/" + id + "/assignee", Map.of("agentId", theirs));
    assertThat(ids(colleague, "view=" + view)).containsExactly(id);
    assertThat(counter(colleague, view)).isEqualTo(1);
    assertThat(ids(api, "view=" + view)).isEmpty();
    assertThat(counter(api, view)).isZero();
  }

  private String tagName(long id) {
    for (JsonNode one : api.get("/tags").path("items")) {
      if (one.path("id").asLong() == id) {
        return one.path("name").asString();
      }
    }
    throw new IllegalStateException();
  }

  @Test
  void aDeletedViewCanBeTakenBack() {
    long view = api.post("/views", content("Gone", false)).path("id").asLong();
    api.delete("/views/" + view);
    api.delete("/views/" + view);
    assertThat(keys(api.get("/views"))).doesNotContain(Long.toString(view));
    assertThat(api.send("GET", "/conversations?view=" + view, null, Map.of()).status())
        .isEqualTo(404);
    assertThat(api.post("/views/" + view + "/restore", Map.of()).path("name").asString())
        .isEqualTo("Gone");
    assertThat(keys(api.get("/views"))).contains(Long.toString(view));
  }

  @Test
  void eachAgentArrangesTheViewsTheirOwnWay() {
    Api colleague = Colleague.joins(shopbell, "agent");
    List<String> before = keys(colleague.get("/views"));
    assertThat(before.subList(0, 2)).containsExactly("mine", "unassigned");
    String own = colleague.post("/views", content("First", false)).path("key").asString();
    JsonNode arranged =
        colleague.put(
            "/views/order",
            Map.of("keys", List.of(own, "open", "999999999", "open"), "hidden", List.of("spam")));
    assertThat(keys(arranged).subList(0, 2)).containsExactly(own, "open");
    for (JsonNode view : arranged.path("items")) {
      assertThat(view.path("hidden").asBoolean())
          .isEqualTo(view.path("key").asString().equals("spam"));
    }
    assertThat(keys(colleague.get("/views"))).isEqualTo(keys(arranged));
    assertThat(keys(api.get("/views"))).doesNotContain(own);
  }
}
