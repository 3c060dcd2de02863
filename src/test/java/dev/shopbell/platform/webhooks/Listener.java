package dev.shopbell.platform.webhooks;

import static dev.shopbell.Inbox.soon;

import com.standardwebhooks.Webhook;
import dev.shopbell.Api;
import dev.shopbell.ScriptedWeb;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program elsewhere that is told what happens, and answers as a test wants. */
final class Listener implements AutoCloseable {
  static final byte[] FINE = ScriptedWeb.answer("204 No Content", "");

  private static final JsonMapper JSON = new JsonMapper();

  private final ScriptedWeb web;
  private volatile Function<Told, byte[]> answers = told -> FINE;

  Listener() {
    web =
        ScriptedWeb.of((request, out) -> {
          out.write(answers.apply(told(request)));
        });
  }

  /** One request. */
  record Told(String id, String timestamp, String signatures, String body) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    String type() {
      return json().path("type").asString();
    }

    long conversation() {
      return json().path("data").path("conversationId").asLong();
    }

    /** Whether the public library takes it for ours. */
    boolean verifies(String secret) {
      try {
        new Webhook(secret)
            .verify(
                body,
                HttpHeaders.of(
                    Map.of(
                        "webhook-id",
                        List.of(id),
                        "webhook-timestamp",
                        List.of(timestamp),
                        "webhook-signature",
                        List.of(signatures)),
                    (name, value) -> true));
        return true;
      } catch (Exception e) {
        return false;
      }
    }
  }

  private static Told told(String request) {
    int end = request.indexOf("\r\n\r\n");
    String head = request.substring(0, end);
    return new Told(
        header(head, "webhook-id"),
        header(head, "webhook-timestamp"),
        header(head, "webhook-signature"),
        new String(
            request.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1),
            StandardCharsets.UTF_8));
  }

  private static String header(String head, String name) {
    Matcher header = Pattern.compile("(?im)^" + name + ": (.*)$").matcher(head);
    return header.find() ? header.group(1).strip() : "";
  }

  void answers(Function<Told, byte[]> answers) {
    this.answers = answers;
  }

  void answers(String status, String headers) {
    this.answers = told -> ScriptedWeb.answer(status, headers);
  }

  /** All requests, in the order in which they came. */
  List<Told> told() {
    return web.asked().stream().map(Listener::told).toList();
  }

  List<String> ids() {
    return told().stream().map(Told::id).toList();
  }

  List<Told> awaits(int requests) {
    soon(requests + " requests").until(() -> web.asked().size() >= requests);
    return told();
  }

  String url() {
    return web.url("/hook");
  }

  int port() {
    return web.port();
  }

  /** A webhook that tells it of these; of everything where none is named. */
  JsonNode listens(Api api, String... events) {
    Map<String, Object> settings = new HashMap<>(Map.of("url", url(), "description", "Test"));
    if (events.length > 0) {
      settings.put("events", List.of(events));
    }
    return api.post("/webhooks", settings);
  }

  @Override
  public void close() throws IOException {
    web.close();
  }
}
