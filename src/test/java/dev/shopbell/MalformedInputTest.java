package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
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
