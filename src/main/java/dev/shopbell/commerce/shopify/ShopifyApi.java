package dev.shopbell.commerce.shopify;

import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.platform.outgoing.GuardedHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks one shop of Shopify. An answer has 10 MB at most and is there within 30 seconds, or there is
 * none. What Shopify says of limits and permissions is told as {@link ShopTrouble}.
 */
@Component
class ShopifyApi {
  /** Released in October 2026; Shopify keeps a version for a year at least. */
  static final String VERSION = "2026-10";

  private static final GuardedHttp.Limits LIMITS =
      new GuardedHttp.Limits(Duration.ofSeconds(5), Duration.ofSeconds(30), 10_000_000);

  private static final int LONGEST_MESSAGE = 300;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final GuardedHttp http;
  private final JsonMapper json;
  private final ShopifyTokens tokens;

  ShopifyApi(GuardedHttp http, JsonMapper json, ShopifyTokens tokens) {
    this.http = http;
    this.json = json;
    this.tokens = tokens;
  }

  /** It was asked, and whether it did anything is not known. */
  static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1;

    NoAnswer(String words) {
      super(words, null, false, false);
    }

    String words() {
      return String.valueOf(getMessage());
    }
  }

  /** The shop's address without a path: {@code https://example.myshopify.com}. */
  static String base(ShopLink link) throws ShopTrouble {
    String address = link.address().strip();
    URI uri;
    try {
      uri = URI.create(address.contains("://") ? address : "https://" + address);
    } catch (IllegalArgumentException e) {
      throw noShop(address);
    }
    if (uri.getHost() == null || uri.getScheme() == null) {
      throw noShop(address);
    }
    return uri.getScheme().toLowerCase(Locale.ROOT)
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /**
   * @return what stands in {@code data}
   */
  JsonNode ask(ShopLink link, String document, Map<String, ?> variables) throws ShopTrouble {
    return askWithin(link, document, variables)
        .orElseThrow(
            () -> new ShopTrouble(ShopTrouble.Kind.invalid, "Shopify finds the question too big."));
  }

  /** The same; empty if it costs more than Shopify allows at once: ask for less. */
  Optional<JsonNode> askWithin(ShopLink link, String document, Map<String, ?> variables)
      throws ShopTrouble {
    try {
      return Optional.ofNullable(send(link, document, variables, false));
    } catch (NoAnswer e) {
      throw new ShopTrouble(ShopTrouble.Kind.unreachable, e.words());
    }
  }

  /**
   * The same for what changes something in the shop.
   *
   * @throws ShopTrouble if it was certainly not done
   * @throws NoAnswer if it may have been done
   */
  JsonNode change(ShopLink link, String document, Map<String, ?> variables)
      throws ShopTrouble, NoAnswer {
    JsonNode data = send(link, document, variables, true);
    if (data == null) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, "Shopify finds the request too big.");
    }
    return data;
  }

  private @Nullable JsonNode send(
      ShopLink link, String document, Map<String, ?> variables, boolean changing)
      throws ShopTrouble, NoAnswer {
    String base = base(link);
    Optional<String> refusal = http.refusal(base);
    if (refusal.isPresent()) {
      throw new ShopTrouble(ShopTrouble.Kind.unreachable, refusal.get());
    }
    byte[] body = json.writeValueAsBytes(Map.of("query", document, "variables", variables));
    String token = tokens.token(link, base);
    GuardedHttp.Outcome outcome = http.send(call(base, token, body), LIMITS);
    if (outcome instanceof GuardedHttp.Outcome.Answered answered
        && answered.status() == 401
        && tokens.forget(link, token)) {
      outcome = http.send(call(base, tokens.token(link, base), body), LIMITS);
    }
    return switch (outcome) {
      case GuardedHttp.Outcome.Refused refused ->
          throw new ShopTrouble(ShopTrouble.Kind.unreachable, refused.words());
      case GuardedHttp.Outcome.Failed failed ->
          throw new NoAnswer("Shopify did not answer. " + failed.words());
      case GuardedHttp.Outcome.Answered answered -> data(link, answered, changing);
    };
  }

  private static GuardedHttp.Call call(String base, String token, byte[] body) {
    return new GuardedHttp.Call(
        "POST",
        base + "/admin/api/" + VERSION + "/graphql.json",
        Map.of(
            "Content-Type",
            "application/json",
            "Accept",
            "application/json",
            "X-Shopify-Access-Token",
            token),
        body);
  }

  private @Nullable JsonNode data(
      ShopLink link, GuardedHttp.Outcome.Answered answered, boolean changing)
      throws ShopTrouble, NoAnswer {
    int status = answered.status();
    switch (status) {
      case 401 -> throw badToken();
      case 402, 423 ->
          throw new ShopTrouble(
              ShopTrouble.Kind.refused, "Shopify has frozen or locked this shop.");
      case 403 -> throw notAllowed(new String(answered.body(), StandardCharsets.UTF_8));
      case 301, 302, 303, 307, 308, 404 -> throw noShop(link.address());
      case 429, 430 -> throw throttled(seconds(answered.headers().get("retry-after")));
      default -> {
        if (status != 200) {
          throw new NoAnswer("Shopify answered with an error of its own (" + status + ").");
        }
      }
    }
    JsonNode all;
    try {
      all = json.readTree(answered.body());
    } catch (JacksonException e) {
      throw new NoAnswer("What Shopify answered makes no sense.");
    }
    for (JsonNode error : all.path("errors")) {
      String code = error.path("extensions").path("code").stringValue("");
      // Of what is read, a part is not enough; what was changed in part was changed.
      if (changing && all.path("data").valueStream().anyMatch(JsonNode::isObject)) {
        throw new NoAnswer("Shopify answered in part only. " + said(error));
      }
      if (code.equals("MAX_COST_EXCEEDED")) {
        return null;
      }
      throw trouble(code, error, all.path("extensions").path("cost"));
    }
    if (!all.path("data").isObject()) {
      throw new NoAnswer("What Shopify answered makes no sense.");
    }
    return all.path("data");
  }

  private static ShopTrouble trouble(String code, JsonNode error, JsonNode cost) throws NoAnswer {
    String message = said(error);
    return switch (code) {
      case "THROTTLED" -> throttled(untilRestored(cost));
      case "ACCESS_DENIED" ->
          notAllowed(
              message + " " + error.path("extensions").path("requiredAccess").stringValue(""));
      case "SHOP_INACTIVE" ->
          new ShopTrouble(ShopTrouble.Kind.refused, "Shopify says that the shop is not active.");
      // One is under way with the same key: what came of it shows when one looks.
      case "IDEMPOTENCY_CONCURRENT_REQUEST" -> throw new NoAnswer("It is being done already.");
      case "INTERNAL_SERVER_ERROR", "TIMEOUT" ->
          throw new NoAnswer("Something went wrong within Shopify.");
      default -> new ShopTrouble(ShopTrouble.Kind.invalid, "Shopify says: " + message);
    };
  }

  private static String said(JsonNode error) {
    String message = error.path("message").stringValue("");
    return message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
  }

  /** Until the bucket holds what was asked for. */
  private static Duration untilRestored(JsonNode cost) {
    JsonNode bucket = cost.path("throttleStatus");
    double lacking =
        cost.path("requestedQueryCost").asDouble(0) - bucket.path("currentlyAvailable").asDouble(0);
    double rate = Math.max(1, bucket.path("restoreRate").asDouble(50));
    return Duration.ofMillis((long) Math.ceil(Math.max(1, lacking / rate) * 1000));
  }

  private static Duration seconds(@Nullable String header) {
    try {
      return Duration.ofMillis((long) (Double.parseDouble(header == null ? "2" : header) * 1000));
    } catch (NumberFormatException e) {
      return Duration.ofSeconds(2);
    }
  }

  private static ShopTrouble throttled(Duration wait) {
    return new ShopTrouble(
        ShopTrouble.Kind.throttled,
        "Shopify was asked too much at once.",
        wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  static ShopTrouble badToken() {
    return new ShopTrouble(
        ShopTrouble.Kind.refused,
        "Shopify no longer accepts the app. See whether it is still installed in the shop, and"
            + " whether what is entered here is still right.");
  }

  static ShopTrouble noShop(String address) {
    return new ShopTrouble(
        ShopTrouble.Kind.invalid,
        "There is no Shopify shop at “"
            + address
            + "”. Enter the address that ends in .myshopify.com.");
  }

  private static ShopTrouble notAllowed(String said) {
    return new ShopTrouble(
        ShopTrouble.Kind.not_allowed,
        "The app in Shopify may not do this. Grant it what is missing"
            + ShopifyScopes.named(said)
            + " and install it again.");
  }
}
