package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.platform.outgoing.GuardedHttp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a shop: an answer has 32 MB at most and is there within a minute. */
@Component
class WooWire {
  static final String KEY = "consumer_key";
  static final String SECRET = "consumer_secret";

  private static final GuardedHttp.Limits LIMITS =
      new GuardedHttp.Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), 32_000_000);

  private static final String V3 = "wc/v3/";
  private static final Duration REST = Duration.ofSeconds(60);
  private static final int LONGEST_WORDS = 300;
  private static final String NOT_SENSIBLE =
      "The shop did not answer as WooCommerce does. Is WooCommerce active, and are the permalinks"
          + " of WordPress set to anything but “Plain”?";

  private final GuardedHttp http;
  private final JsonMapper json;

  WooWire(GuardedHttp http, JsonMapper json) {
    this.http = http;
    this.json = json;
  }

  /**
   * @param total how many there are in all; -1 where the shop does not say
   */
  record Page(List<JsonNode> items, long total) {}

  /** What became of something that changes the shop. */
  sealed interface Sent {
    record Done(JsonNode json) implements Sent {}

    /** Certainly nothing happened. */
    record Refused(String words) implements Sent {}

    record Unknown(String words) implements Sent {}
  }

  /**
   * @param json missing where it is none
   */
  private record Answer(int status, Map<String, String> headers, JsonNode json) {
    String code() {
      return WooJson.text(json, "code");
    }

    /** What the shop says, as text of a bearable length. */
    String words() {
      String words = Jsoup.parse(WooJson.text(json, "message")).text();
      return words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) + "…" : words;
    }
  }

  /** What WordPress says of itself to everybody. */
  JsonNode site(ShopLink link) throws ShopTrouble {
    return read(asked(link, "?_fields=name")).json();
  }

  /**
   * @param path below {@code wc/v3/}, with its query
   */
  JsonNode get(ShopLink link, String path) throws ShopTrouble {
    return read(asked(link, V3 + path)).json();
  }

  /** The same; null where there is no such thing. */
  @Nullable JsonNode getOrNull(ShopLink link, String path) throws ShopTrouble {
    Answer answer = asked(link, V3 + path);
    boolean gone = answer.status() == 404 && answer.code().startsWith("woocommerce_rest_");
    return gone ? null : read(answer).json();
  }

  Page page(ShopLink link, String path) throws ShopTrouble {
    Answer answer = read(asked(link, V3 + path));
    if (!answer.json().isArray()) {
      throw new ShopTrouble(ShopTrouble.Kind.unreachable, NOT_SENSIBLE);
    }
    String total = answer.headers().getOrDefault("x-wp-total", "");
    return new Page(
        List.copyOf(answer.json().values()),
        total.matches("\\d{1,15}") ? Long.parseLong(total) : -1);
  }

  /** All of a list that is short: 1,000 entries at most. */
  List<JsonNode> all(ShopLink link, String path) throws ShopTrouble {
    List<JsonNode> all = new ArrayList<>();
    String query = path + (path.contains("?") ? "&" : "?") + "per_page=100&page=";
    for (int number = 1; number <= 10; number++) {
      Page page = page(link, query + number);
      all.addAll(page.items());
      if (page.items().size() < 100) {
        break;
      }
    }
    return all;
  }

  /**
   * Changes something.
   *
   * @throws ShopTrouble if it certainly did not happen
   */
  Sent send(ShopLink link, String method, String path, JsonNode body) throws ShopTrouble {
    return switch (http.send(call(link, method, V3 + path, body), LIMITS)) {
      case GuardedHttp.Outcome.Answered answered -> sent(answer(answered));
      case GuardedHttp.Outcome.Refused refused ->
          throw new ShopTrouble(ShopTrouble.Kind.unreachable, refused.words());
      case GuardedHttp.Outcome.Failed failed -> new Sent.Unknown(failed.words());
    };
  }

  private static Sent sent(Answer answer) throws ShopTrouble {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return answer.json().isContainer()
          ? new Sent.Done(answer.json())
          : new Sent.Unknown("The shop's answer could not be read.");
    }
    if (status == 401 || status == 403) {
      throw new ShopTrouble(
          ShopTrouble.Kind.not_allowed,
          "The key may not change this. It needs the permission “Read/Write” (WooCommerce ›"
              + " Settings › Advanced › REST API) and a user who manages the shop.");
    }
    if (status == 429) {
      throw throttled(answer);
    }
    if (status >= 300 && status < 400) {
      throw elsewhere();
    }
    boolean refused =
        status < 500 && status != 408
            || answer.code().equals("woocommerce_rest_cannot_create_order_refund");
    if (refused) {
      return new Sent.Refused(
          answer.words().isEmpty() ? "The shop answered " + status + "." : answer.words());
    }
    return new Sent.Unknown("The shop answered " + status + ".");
  }

  private Answer asked(ShopLink link, String path) throws ShopTrouble {
    return switch (http.send(call(link, "GET", path, null), LIMITS)) {
      case GuardedHttp.Outcome.Answered answered -> answer(answered);
      case GuardedHttp.Outcome.Refused refused ->
          throw new ShopTrouble(ShopTrouble.Kind.unreachable, refused.words());
      case GuardedHttp.Outcome.Failed failed ->
          throw new ShopTrouble(
              ShopTrouble.Kind.unreachable, "The shop did not answer. " + failed.words());
    };
  }

  private static Answer read(Answer answer) throws ShopTrouble {
    int status = answer.status();
    if (status >= 200 && status < 300 && answer.json().isContainer()) {
      return answer;
    }
    if (status == 429) {
      throw throttled(answer);
    }
    if (status == 401) {
      boolean keyArrived = answer.code().equals("woocommerce_rest_authentication_error");
      throw new ShopTrouble(
          ShopTrouble.Kind.refused,
          keyArrived
              ? "The shop does not accept the key: it is wrong, was revoked, or may not read."
              : "The shop sees no key. It is wrong, or the web server keeps the header"
                  + " “Authorization” from WordPress: its operator has to pass it on.");
    }
    if (status == 403) {
      throw new ShopTrouble(
          ShopTrouble.Kind.not_allowed,
          answer.code().isEmpty()
              ? "Something before the shop keeps us out, as a firewall or a security plug-in does."
              : "The key belongs to a user who may not see this. It has to be one who manages the"
                  + " shop.");
    }
    if (status >= 300 && status < 400) {
      throw elsewhere();
    }
    if (status == 400) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, "The shop says: " + answer.words());
    }
    throw new ShopTrouble(
        ShopTrouble.Kind.unreachable,
        status >= 500 ? "The shop answered " + status + ": it has trouble itself." : NOT_SENSIBLE,
        retryAfter(answer));
  }

  private static ShopTrouble elsewhere() {
    return new ShopTrouble(
        ShopTrouble.Kind.unreachable,
        "The shop's address leads elsewhere: enter the address that it leads to.");
  }

  private static ShopTrouble throttled(Answer answer) {
    Duration asked = retryAfter(answer);
    return new ShopTrouble(
        ShopTrouble.Kind.throttled,
        "The shop's server asks for a rest.",
        asked == null ? REST : asked);
  }

  private static @Nullable Duration retryAfter(Answer answer) {
    String seconds = answer.headers().getOrDefault("retry-after", "");
    return seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
  }

  private GuardedHttp.Call call(ShopLink link, String method, String path, @Nullable JsonNode body)
      throws ShopTrouble {
    String url = base(link) + "/wp-json/" + path;
    String refusal = http.refusal(url).orElse(null);
    if (refusal != null) {
      throw new ShopTrouble(ShopTrouble.Kind.unreachable, refusal);
    }
    String key = link.credential(KEY).strip() + ":" + link.credential(SECRET).strip();
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)),
            "Accept",
            "application/json",
            "Content-Type",
            "application/json");
    byte[] bytes = body == null ? new byte[0] : json.writeValueAsBytes(body);
    return new GuardedHttp.Call(method, url, headers, bytes);
  }

  /** Where WordPress is, whatever of it was entered, without a slash at the end. */
  static String base(ShopLink link) {
    String address = link.address().strip().replaceFirst("[?#].*$", "");
    if (!address.matches("(?i)https?://.*")) {
      address = "https://" + address;
    }
    return address
        .replaceFirst("/(wp-json|wp-admin|wp-login\\.php)(/.*)?$", "")
        .replaceFirst("/+$", "");
  }

  private Answer answer(GuardedHttp.Outcome.Answered answered) {
    String text = new String(answered.body(), StandardCharsets.UTF_8);
    JsonNode read;
    try {
      // Some plug-ins leave a byte order mark before whatever is sent.
      read = json.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (JacksonException e) {
      read = json.missingNode();
    }
    return new Answer(answered.status(), answered.headers(), read);
  }
}
