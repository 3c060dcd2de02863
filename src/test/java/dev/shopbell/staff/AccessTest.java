package dev.shopbell.staff;

import static dev.shopbell.Inbox.soon;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.OpenDesk;
import dev.shopbell.RunningShopbell;
import dev.shopbell.platform.web.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who gives access to whom, and when it ends. */
class AccessTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api owner = shopbell.api();

  private static String in(Duration time) {
    return Instant.now().plus(time).toString();
  }

  private JsonNode role(String name, String... permissions) {
    return owner.post("/roles", Map.of("name", name, "permissions", List.of(permissions)));
  }

  private JsonNode agent(long id) {
    return owner
        .get("/agents")
        .path("items")
        .valueStream()
        .filter(agent -> agent.path("id").asLong() == id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRoleOfTheShopsOwnGivesWhatItHolds() {
    String id = role("Night " + word(), "conversations:read", "audit:read").path("id").asString();
    Colleague.Member member = Colleague.member(shopbell, Map.of("role", id));
    assertThat(member.browser().get("/session").json().path("permissions").valueStream())
        .extracting(JsonNode::asString)
        .containsExactlyInAnyOrder("conversations:read", "audit:read");
    assertThat(member.browser().get("/audit").status()).isEqualTo(200);
    owner.patch("/roles/" + id, Map.of("permissions", List.of("conversations:read")));
    soon("the permission gone").until(() -> member.browser().get("/audit").status() == 403);
    Api.Answer kept = owner.send("DELETE", "/roles/" + id, null, Map.of());
    assertThat(kept.status()).isEqualTo(409);
    assertThat(kept.body()).contains("Colleague");
    owner.patch("/agents/" + member.id(), Map.of("role", "agent"));
    owner.delete("/roles/" + id);
    assertThat(agent(member.id()).path("role").asString()).isEqualTo("agent");
  }

  @Test
  void builtInRolesSayWhatTheyMayDoAndStayAsTheyAre() {
    assertThat(owner.get("/roles").path("items").valueStream().limit(4))
        .extracting(role -> role.path("id").asString())
        .containsExactly("owner", "lead", "agent", "guest");
    assertThat(owner.get("/permissions").path("items").valueStream())
        .hasSize(Permission.values().length)
        .allMatch(one -> one.path("explanation").asString().endsWith("."));
    for (String method : List.of("PATCH", "DELETE")) {
      assertThat(owner.send(method, "/roles/guest", Map.of("name", "Mine"), Map.of()).status())
          .as(method)
          .isEqualTo(409);
    }
    assertThat(
            owner
                .send("POST", "/roles", Map.of("name", "Blind", "permissions", List.of()), Map.of())
                .status())
        .isEqualTo(422);
  }

  @Test
  void nobodyGivesAwayWhatTheyDoNotHold() {
    String hiring =
        role(
                "Hiring " + word(),
                Stream.concat(
                        BuiltInRole.agent.permissions().stream(),
                        Stream.of(Permission.AGENTS_MANAGE, Permission.ROLES_MANAGE))
                    .map(Permission::key)
                    .toArray(String[]::new))
            .path("id")
            .asString();
    Browser hires = Colleague.member(shopbell, Map.of("role", hiring)).browser();
    Colleague.Member lead = Colleague.member(shopbell, Map.of("role", "lead"));
    Colleague.Member agent = Colleague.member(shopbell, Map.of("role", "agent"));
    Map<String, String> asLead =
        Map.of("name", "More", "email", Inbox.address("more"), "role", "lead");
    assertThat(hires.post("/agents", asLead).status()).isEqualTo(403);
    assertThat(
            hires.post("/agents", Map.of("name", "Same", "email", Inbox.address("same"))).status())
        .isEqualTo(201);
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(Map.of("role", "lead"), Map.of("role", "owner"))) {
      assertThat(hires.send("PATCH", "/agents/" + agent.id(), change, true).status())
          .isEqualTo(403);
    }
    for (Object change : List.of(Map.of("active", false), Map.of("role", "agent"))) {
      assertThat(hires.send("PATCH", "/agents/" + lead.id(), change, true).status())
          .as("who may do more is out of reach: " + change)
          .isEqualTo(403);
    }
    assertThat(hires.post("/agents/" + lead.id() + "/invitation", Map.of()).status())
        .as("a link to choose a new password would be a way in")
        .isEqualTo(403);
    assertThat(
            hires
                .post(
                    "/roles",
                    Map.of(
                        "name",
                        "All " + word(),
                        "permissions",
                        Arrays.stream(Permission.values()).map(Permission::key).toList()))
                .status())
        .isEqualTo(403);
  }

  @Test
  void whoSeesSomeBrandsGivesNoOthers() {
    String hiring =
        role(
                "Local " + word(),
                Stream.concat(
                        BuiltInRole.agent.permissions().stream(),
                        Stream.of(Permission.AGENTS_MANAGE))
                    .map(Permission::key)
                    .toArray(String[]::new))
            .path("id")
            .asString();
    Map<String, Object> one = Map.of("brands", List.of(1), "conversations", "all");
    Browser local = Colleague.member(shopbell, Map.of("role", hiring, "sees", one)).browser();
    Map<String, Object> who = Map.of("name", "New", "email", Inbox.address("new"));
    assertThat(local.post("/agents", who).status()).as("all brands").isEqualTo(403);
    assertThat(
            local
                .post("/agents", Map.of("name", "New", "email", Inbox.address("new"), "sees", one))
                .status())
        .isEqualTo(201);
  }

  @Test
  void aGuestHasAnEndAndIsGoneWithIt() {
    Map<String, Object> endless =
        Map.of("name", "Guest", "email", Inbox.address("guest"), "role", "guest");
    Api.Answer refused = owner.send("POST", "/agents", endless, Map.of());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("expiresAt");
    Colleague.Member guest =
        Colleague.member(shopbell, Map.of("role", "guest", "expiresAt", in(Duration.ofDays(6))));
    assertThat(agent(guest.id()).path("sees").path("conversations").asString())
        .as("a guest sees what is given to them")
        .isEqualTo("teams");
    String cookie = guest.browser().cookie("shopbell_session");
    try (OpenDesk desk =
        OpenDesk.opening(shopbell, Map.of("Cookie", "shopbell_session=" + cookie))) {
      desk.hello();
      owner.patch("/agents/" + guest.id(), Map.of("expiresAt", in(Duration.ofMillis(1_500))));
      assertThat(guest.browser().get("/session").status()).isEqualTo(200);
      soon("the end of their session").until(() -> guest.browser().get("/session").status() == 401);
      soon("the end of their live connection").until(() -> desk.closed() != 0);
    }
    soon("AgentExpired in the audit")
        .until(() ->
            owner
                .get("/audit")
                .path("items")
                .valueStream()
                .anyMatch(entry -> entry.path("name").asString().equals("AgentExpired")));
    assertThat(agent(guest.id()).path("active").asBoolean()).isFalse();
    Map<String, Object> back = Map.of("active", true);
    assertThat(owner.send("PATCH", "/agents/" + guest.id(), back, Map.of()).status())
        .as("without a new end")
        .isEqualTo(422);
    owner.patch(
        "/agents/" + guest.id(), Map.of("active", true, "expiresAt", in(Duration.ofDays(1))));
    assertThat(guest.browser().signIn(guest.email(), RunningShopbell.PASSWORD).status())
        .isEqualTo(200);
  }

  @Test
  void anOwnerSeesEverythingWithoutEnd() {
    Colleague.Member member = Colleague.member(shopbell, Map.of("role", "owner"));
    for (Object change :
        List.of(
            Map.of("sees", Map.of("brands", List.of(1), "conversations", "all")),
            Map.of("sees", Map.of("conversations", "teams")),
            Map.of("expiresAt", in(Duration.ofDays(1))))) {
      assertThat(owner.send("PATCH", "/agents/" + member.id(), change, Map.of()).status())
          .as(change.toString())
          .isEqualTo(422);
    }
  }

  @Test
  void teamsHoldPeopleAndConversations() {
    Colleague.Member anna = Colleague.member(shopbell, Map.of("role", "agent"));
    Colleague.Member ben = Colleague.member(shopbell, Map.of("role", "agent"));
    String name = "Returns " + word();
    long team =
        owner
            .post("/teams", Map.of("name", name, "emoji", "📦", "members", List.of(anna.id())))
            .path("id")
            .asLong();
    assertThat(owner.send("POST", "/teams", Map.of("name", name.toUpperCase()), Map.of()).status())
        .isEqualTo(409);
    assertThat(agent(anna.id()).path("teams").get(0).asLong()).isEqualTo(team);
    long conversation = new Inbox(shopbell).begin(Inbox.address("carla"), "Broken " + word());
    String path = "/conversations/" + conversation + "/assignee";
    assertThat(owner.put(path, Map.of("teamId", team)).path("teamId").asLong()).isEqualTo(team);
    assertThat(
            owner.send("PUT", path, Map.of("teamId", team, "agentId", ben.id()), Map.of()).status())
        .as("an agent who is not in it")
        .isEqualTo(422);
    assertThat(owner.put(path, Map.of("agentId", anna.id())).path("teamId").asLong())
        .as("taken by one of the team, it stays the team's")
        .isEqualTo(team);
    JsonNode counters = anna.browser().get("/conversations/counters").json();
    assertThat(counters.path("teams").asLong()).isEqualTo(1);
    for (String query : List.of("view=teams", "team=mine", "team=" + team)) {
      assertThat(anna.browser().get("/conversations?" + query).json().path("items").valueStream())
          .as(query)
          .extracting(row -> row.path("id").asLong())
          .containsExactly(conversation);
    }
    assertThat(owner.get("/conversations/" + conversation + "/events").path("items").valueStream())
        .filteredOn(event -> event.path("name").asString().equals("ConversationTeamAssigned"))
        .singleElement()
        .matches(event -> event.path("detail").path("to").asString().equals(name));
    owner.delete("/teams/" + team);
    JsonNode left = owner.get("/conversations/" + conversation);
    assertThat(left.path("teamId").isNull()).isTrue();
    assertThat(left.path("assignee").path("id").asLong()).isEqualTo(anna.id());
  }

  @Test
  void languagesAreTagsOfLanguages() {
    Browser browser = Colleague.member(shopbell, Map.of("role", "agent")).browser();
    Api.Answer kept =
        browser.send("PATCH", "/me", Map.of("languages", List.of("DE", "pt-br", "de")), true);
    assertThat(kept.json().path("languages").valueStream())
        .extracting(JsonNode::asString)
        .containsExactly("de", "pt-BR");
    assertThat(
            browser.send("PATCH", "/me", Map.of("languages", List.of("Deutsch!")), true).status())
        .isEqualTo(422);
  }
}
