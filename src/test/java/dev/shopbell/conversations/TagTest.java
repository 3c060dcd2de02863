package dev.shopbell.conversations;

import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tags as they are looked after: named, coloured, merged, archived. */
class TagTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  private long make(String name) {
    return api.post("/tags", Map.of("name", name)).path("id").asLong();
  }

  private JsonNode tag(long id) {
    return api.all("/tags").stream()
        .filter(one -> one.path("id").asLong() == id)
        .findFirst()
        .orElse(null);
  }

  private long bearing(String... tags) {
    long id = inbox.begin(address("tess"), "About tags");
    api.put("/conversations/" + id + "/tags", Map.of("tags", List.of(tags)));
    return id;
  }

  private List<String> tags(long conversation) {
    List<String> names = new ArrayList<>();
    inbox
        .conversation(conversation)
        .path("tags")
        .forEach(one -> names.add(one.path("name").asString()));
    return names;
  }

  private Api.Answer refused(String method, String path, Object body) {
    return api.send(method, path, body, Map.of());
  }

  private static Map<String, Object> asking(long tag) {
    return Map.of(
        "name",
        "Asks for a tag",
        "conditions",
        List.of(Map.of("field", "tag", "operator", "is", "values", List.of(Long.toString(tag)))));
  }

  @Test
  void renamedAndColouredItIsSoEverywhere() {
    String before = word();
    String after = word();
    long conversation = bearing(before);
    long id = make(before);
    JsonNode changed =
        api.patch(
            "/tags/" + id,
            Map.of("name", after, "color", "#B91C1C", "description", "For what is broken"));
    assertThat(changed.path("color").asString()).isEqualTo("#b91c1c");
    assertThat(tag(id).path("description").asString()).isEqualTo("For what is broken");
    JsonNode shown = inbox.conversation(conversation).path("tags").get(0);
    assertThat(shown.path("name").asString()).isEqualTo(after);
    assertThat(shown.path("color").asString()).isEqualTo("#b91c1c");
    assertThat(refused("PATCH", "/tags/" + id, Map.of("color", "#ffff00")).body())
        .contains("A colour is one of");
    assertThat(refused("PATCH", "/tags/" + make(word()), Map.of("name", after)).status())
        .isEqualTo(409);
  }

  @Test
  void whatBoreAMergedTagBearsTheOtherAlsoViewsAndWhatIsUndoneLater() {
    String gone = word();
    String kept = word();
    long one = bearing(gone);
    long both = bearing(kept, gone);
    long goneId = make(gone);
    long keptId = make(kept);
    long view = api.post("/views", asking(goneId)).path("id").asLong();
    long many = inbox.begin(address("tess"), "Tagged with others");
    JsonNode bulk =
        api.post(
            "/bulk-changes",
            Map.of(
                "select",
                Map.of("ids", List.of(many)),
                "action",
                Map.of("addTags", List.of(gone))));
    String change = "/bulk-changes/" + bulk.path("id").asLong();
    soon("the tag").until(() -> !api.get(change).path("finishedAt").isNull());

    JsonNode left = api.post("/tags/" + goneId + "/merge", Map.of("intoId", keptId));
    assertThat(left.path("id").asLong()).isEqualTo(keptId);
    assertThat(List.of(one, both, many)).allMatch(id -> tags(id).equals(List.of(kept)));
    assertThat(tag(goneId)).isNull();
    assertThat(api.all("/conversations?view=" + view)).hasSize(3);
    assertThat(api.all("/conversations?tag=" + gone)).hasSize(3);

    assertThat(api.post("/tags/" + goneId + "/merge", Map.of("intoId", keptId))).isEqualTo(left);
    assertThat(
            refused("POST", "/tags/" + goneId + "/merge", Map.of("intoId", make(word()))).status())
        .isEqualTo(409);
    assertThat(refused("POST", "/tags/" + keptId + "/merge", Map.of("intoId", keptId)).status())
        .isEqualTo(422);

    api.post(change + "/undo", Map.of());
    soon("the tag taken off again").until(() -> tags(many).isEmpty());
    // Its old name means the other, and is free for a tag that is renamed.
    api.put("/conversations/" + many + "/tags", Map.of("tags", List.of(gone)));
    assertThat(tags(many)).containsExactly(kept);
    api.patch("/tags/" + keptId, Map.of("name", gone));
    assertThat(tags(one)).containsExactly(gone);
  }

  @Test
  void chainOfMergesLeadsToTheLast() {
    String first = word();
    long conversation = bearing(first);
    long second = make(word());
    String last = word();
    long third = make(last);
    api.post("/tags/" + make(first) + "/merge", Map.of("intoId", second));
    api.post("/tags/" + second + "/merge", Map.of("intoId", third));
    assertThat(tags(conversation)).containsExactly(last);
    api.put("/conversations/" + conversation + "/tags", Map.of("tags", List.of(first)));
    assertThat(tags(conversation)).containsExactly(last);
  }

  @Test
  void mergedConversationThatPartsAgainBearsWhatStandsForItsTags() {
    String gone = word();
    String kept = word();
    long one = bearing(gone);
    long other = bearing();
    String customer = "/conversations/" + other;
    JsonNode moves =
        api.post(
            customer + "/merges", Map.of("conversationIds", List.of(one), "otherCustomers", true));
    api.post("/tags/" + make(gone) + "/merge", Map.of("intoId", make(kept)));
    assertThat(tags(other)).containsExactly(kept);
    long move = moves.path("moves").get(0).asLong();
    api.post(customer + "/moves/" + move + "/undo", Map.of());
    assertThat(tags(one)).containsExactly(kept);
  }

  @Test
  void archivedTagStaysWhereItIsAndIsPutOnNoMore() {
    String name = word();
    long bears = bearing(name);
    long other = bearing();
    long id = make(name);
    assertThat(api.patch("/tags/" + id, Map.of("archived", true)).path("archived").asBoolean())
        .isTrue();
    assertThat(
            refused("PUT", "/conversations/" + other + "/tags", Map.of("tags", List.of(name)))
                .body())
        .contains("is archived");
    String more = word();
    api.put("/conversations/" + bears + "/tags", Map.of("tags", List.of(name, more)));
    assertThat(tags(bears)).containsExactlyInAnyOrder(name, more);
    api.patch("/tags/" + id, Map.of("archived", false));
    api.put("/conversations/" + other + "/tags", Map.of("tags", List.of(name)));
    assertThat(tags(other)).containsExactly(name);
  }

  @Test
  void onlyATagThatNothingBearsIsRemoved() {
    String name = word();
    long conversation = bearing(name);
    long id = make(name);
    assertThat(uses(id)).isEqualTo(1);
    assertThat(refused("DELETE", "/tags/" + id, null).body()).contains("Archive it");
    api.put("/conversations/" + conversation + "/tags", Map.of("tags", List.of()));
    assertThat(uses(id)).isZero();
    long view = api.post("/views", asking(id)).path("id").asLong();
    assertThat(refused("DELETE", "/tags/" + id, null).body()).contains("saved view");
    api.put("/views/" + view, Map.of("name", "Asks for nothing", "conditions", List.of()));
    api.delete("/tags/" + id);
    assertThat(tag(id)).isNull();
    assertThat(refused("DELETE", "/tags/" + id, null).status()).isEqualTo(404);
  }

  private long uses(long tag) {
    return api.all("/tags/uses").stream()
        .filter(one -> one.path("tagId").asLong() == tag)
        .findFirst()
        .orElseThrow()
        .path("conversations")
        .asLong();
  }
}
