package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.RunningShopbell;
import java.util.Collections;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The keys that an agent chooses for the desk. */
class OwnKeysTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api agent = Colleague.joins(shopbell, "agent");

  private static Map<String, Object> keys(String... pairs) {
    return Map.of(
        "keys",
        IntStream.range(0, pairs.length / 2)
            .mapToObj(n -> Map.of("action", pairs[2 * n], "chord", pairs[2 * n + 1]))
            .toList());
  }

  private JsonNode kept() {
    return agent.get("/me/keys").path("keys");
  }

  @Test
  void eachAgentHasTheirOwn() {
    assertThat(kept()).isEmpty();
    agent.put("/me/keys", keys("resolve", "d", "snooze", ""));
    assertThat(kept()).hasSize(2);
    assertThat(kept().get(0).path("chord").asString()).isEqualTo("d");
    assertThat(Colleague.joins(shopbell, "agent").get("/me/keys").path("keys")).isEmpty();
  }

  @Test
  void whatIsLeftOutHasTheDesksKeyAgain() {
    agent.put("/me/keys", keys("resolve", "d", "snooze", "Z"));
    agent.put("/me/keys", keys("snooze", "mod+shift+z"));
    assertThat(kept()).hasSize(1);
    assertThat(kept().get(0).path("action").asString()).isEqualTo("snooze");
  }

  @Test
  void whatCanBeNoKeyIsRefused() {
    assertThat(refused(keys("Resolve!", "d"))).contains("small letters");
    assertThat(refused(keys("resolve", "d", "resolve", "g"))).contains("once");
    assertThat(refused(keys("resolve", "d".repeat(41)))).contains("40 characters");
    Map<String, String> one = Map.of("action", "resolve", "chord", "d");
    assertThat(refused(Map.of("keys", Collections.nCopies(201, one)))).contains("At most 200");
  }

  private String refused(Map<String, Object> keys) {
    Api.Answer answer = agent.send("PUT", "/me/keys", keys, Map.of());
    assertThat(answer.status()).isEqualTo(422);
    return answer.json().path("detail").asString();
  }
}
