package dev.shopbell.commerce.generic;

import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.platform.outgoing.GuardedHttp;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a shop: an answer has 16 MB at most and is there within half a minute. */
@Component
class GenericWire {
  static final String KEY = "api_key";

  private static final GuardedHttp.Limits LIMITS =
      new GuardedHttp.Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), 16_000_000);

  private static final Duration REST = Duration.ofSeconds(60);
  private static final int LONGEST_WORDS = 300;

  private final GuardedHttp http;
  private final JsonMapper json;

  GenericWire(GuardedHttp http, JsonMapper json) {
    this.http = http;
    this.json = json;
  }

  /** Whether the shop answers questions, and does not only tell. */
  static boolean answers(ShopLink link) {
    return !link.credential(KEY).isBlank();
  }

  private record Answer(int status, Map<String, String> headers, JsonNode json) {
    boolean good() {
      return status >= 200 && status < 300 && json.isObject();
    }

    /** The shop's own words, made harmless. */
    String words() {
      String words = json.path("message").asString("").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
      return words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) + "…" : words;
    }
  }

  /**
   * @param path behind the shop's address, with its query
   */
  JsonNode get(ShopLink link, String path) throws ShopTrouble {
    Answer answer = asked(link, path);
    if (!answer.good()) {
      throw trouble(answer, path);
    }
    return answer.json();
  }

  private Answer asked(ShopLink link, String path) throws ShopTrouble {
    return switch (http.send(call(link, "GET", path, null, null), LIMITS)) {
      case GuardedHttp.Outcome.Answered answered -> answer(answered);
      case GuardedHttp.Outcome.Refused refused ->
          throw new ShopTrouble(ShopTrouble.Kind.unreachable, refused.words());
      case GuardedHttp.Outcome.Failed failed ->
          throw new ShopTrouble(
              ShopTrouble.Kind.unreachable, "The shop did not answer. " + failed.words());
    };
  }

  /** Has the shop do something, once for a key. */
  Outcome act(ShopLink link, String path, JsonNode action, String key) throws ShopTrouble {
    return switch (http.send(call(link, "POST", path, action, key), LIMITS)) {
      case GuardedHttp.Outcome.Answered answered -> outcome(answer(answered), path);
      case GuardedHttp.Outcome.Refused refused ->
          throw new ShopTrouble(ShopTrouble.Kind.unreachable, refused.words());
      case GuardedHttp.Outcome.Failed failed -> new Outcome.Unknown(failed.words());
    };
  }

  /** What became of what was done under a key. */
  Outcome find(ShopLink link, String path) throws ShopTrouble {
    Answer answer = asked(link, path);
    return answer.status() == 404 && answer.json().isObject()
        ? new Outcome.Refused("It did not happen.")
        : outcome(answer, path);
  }

  private static Outcome outcome(Answer answer, String path) throws ShopTrouble {
    int status = answer.status();
    if (status == 202) {
      return new Outcome.Unknown("The shop is still at it.");
    }
    if (answer.good()) {
      try {
        Fields done = Fields.of(answer.json(), "");
        Outcome read =
            new Outcome.Done(
                done.textOrNull("reference", Fields.SHORT), done.textOrNull("code", Fields.SHORT));
        done.end();
        return read;
      } catch (WrongShape e) {
        return new Outcome.Unknown("The shop's answer is not as documented: " + e.words());
      }
    }
    if (status == 401 || status == 403 || status == 429 || (status >= 300 && status < 400)) {
      throw trouble(answer, path);
    }
    boolean refused = status >= 400 && status < 500 && status != 408 || status == 501;
    if (refused) {
      return new Outcome.Refused(
          answer.words().isEmpty() ? "The shop answered " + status + "." : answer.words());
    }
    return new Outcome.Unknown("The shop answered " + status + ".");
  }

  private static ShopTrouble trouble(Answer answer, String path) {
    String words = answer.words().isEmpty() ? "" : " It says: " + answer.words();
    String where = "GET /" + path.replaceFirst("\\?.*", "");
    String seconds = answer.headers().getOrDefault("retry-after", "");
    Duration rest =
        seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    return switch (answer.status()) {
      case 401 ->
          new ShopTrouble(ShopTrouble.Kind.refused, "The shop does not accept the key." + words);
      case 403 ->
          new ShopTrouble(ShopTrouble.Kind.not_allowed, "The shop does not allow this." + words);
      case 429 ->
          new ShopTrouble(
              ShopTrouble.Kind.throttled, "The shop asks for a rest.", rest == null ? REST : rest);
      case 400, 422 -> new ShopTrouble(ShopTrouble.Kind.invalid, "The shop refuses." + words);
      default ->
          new ShopTrouble(
              ShopTrouble.Kind.unreachable,
              answer.status() >= 200 && answer.status() < 300
                  ? where + " was not answered with a JSON object."
                  : where + " was answered with " + answer.status() + "." + words,
              rest);
    };
  }

  private GuardedHttp.Call call(
      ShopLink link, String method, String path, @Nullable JsonNode body, @Nullable String key)
      throws ShopTrouble {
    String base = link.address().strip().replaceFirst("/+$", "");
    String url = (base.matches("(?i)https?://.*") ? base : "https://" + base) + "/" + path;
    String refusal = http.refusal(url).orElse(null);
    if (refusal != null) {
      throw new ShopTrouble(ShopTrouble.Kind.unreachable, refusal);
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", "Bearer " + link.credential(KEY).strip());
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    if (key != null) {
      headers.put("Idempotency-Key", key);
    }
    return new GuardedHttp.Call(
        method, url, headers, body == null ? new byte[0] : json.writeValueAsBytes(body));
  }

  private Answer answer(GuardedHttp.Outcome.Answered answered) {
    try {
      return new Answer(answered.status(), answered.headers(), json.readTree(answered.body()));
    } catch (JacksonException e) {
      return new Answer(answered.status(), answered.headers(), json.missingNode());
    }
  }
}
