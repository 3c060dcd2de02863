package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** No body, however wrong, is answered with our own failure. */
class MalformedInputTest {
  /** One of its own: some of what is sent is taken, a brand with half a name among it. */
  private static final RunningShopbell shopbell = RunningShopbell.start(Map.of());

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  private record Write(String method, String path) {}

  /** Every write that the description of the API tells of, with ids that nothing has. */
  private List<Write> writes() {
    List<Write> writes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path :
        shopbell.api(null).get("/openapi.json").path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (operation.getValue().path("requestBody").path("content").has("application/json")) {
          writes.add(
              new Write(
                  operation.getKey().toUpperCase(),
                  path.getKey().replace("/api/v1", "").replaceAll("\\{[^}]+}", "999999999")));
        }
      }
    }
    assertThat(writes).hasSizeGreaterThan(20);
    return writes;
  }

  /** Every list that goes page by page. */
  private List<String> lists() {
    List<String> lists = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path :
        shopbell.api(null).get("/openapi.json").path("paths").properties()) {
      boolean paged =
          path.getValue()
              .path("get")
              .path("parameters")
              .valueStream()
              .anyMatch(parameter -> parameter.path("name").asString().equals("cursor"));
      if (paged) {
        lists.add(path.getKey().replace("/api/v1", "").replaceAll("\\{[^}]+}", "999999999"));
      }
    }
    assertThat(lists).hasSizeGreaterThan(8);
    return lists;
  }

  @Test
  void aCursorOfAnotherListIsRefusedOrHarmless() {
    for (String list : lists()) {
      for (String parts :
          List.of(
              "", "1", "x", "1|2", "x|y", "2026-01-01T00:00:00Z|1", "1|2|3", "|||||", "\u0000")) {
        String cursor =
            Base64.getUrlEncoder().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
        Api.Answer answer = shopbell.api().send("GET", list + "?cursor=" + cursor, null, Map.of());
        assertThat(answer.status()).as("%s: %s: %s", list, parts, answer.body()).isLessThan(500);
      }
    }
  }

  @Test
  void isRefusedHoweverDeeplyItIsNested() {
    for (String deep :
        List.of(
            "[".repeat(10_000) + "]".repeat(10_000),
            "{\"fields\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_001),
            "{\"unheardOf\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")) {
      for (Write write : writes()) {
        Api.Answer answer = shopbell.api().send(write.method(), write.path(), deep, Map.of());
        assertThat(answer.status()).as("%s: %s", write, answer.body()).isBetween(400, 499);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "null",
        "[]",
        "7",
        "{}",
        "{\"name\":{\"a\":1},\"text\":[],\"tags\":\"x\",\"status\":7,\"html\":{},\"address\":[]}",
        "{\"tags\":[null],\"attachments\":[null],\"scopes\":[null],\"name\":\"\\u0000\",\"text\":\"\\u0000\",\"html\":\"\\u0000\"}",
        "{\"name\":\"\\ud800\",\"text\":\"\\ud800\",\"html\":\"\\ud800\",\"email\":\"\\u0000@a.example\",\"subject\":\"\\ud800\"}"
      })
  void isRefusedWithAReason(String body) {
    for (Write write : writes()) {
      Api.Answer answer = shopbell.api().send(write.method(), write.path(), body, Map.of());
      assertThat(answer.status()).as("%s %s: %s", write, body, answer.body()).isLessThan(500);
      if (answer.status() >= 400) {
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
            .as(write.toString())
            .startsWith("application/problem+json");
      }
    }
  }
}
