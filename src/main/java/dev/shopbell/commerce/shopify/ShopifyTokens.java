package dev.shopbell.commerce.shopify;

import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.platform.outgoing.GuardedHttp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * By what a shop lets us in. An app of Shopify's Dev Dashboard exchanges its id and secret for a
 * token that is good for a day; each node has its own. An app that was made in the shop before 2026
 * has a token for good.
 */
@Component
class ShopifyTokens {
  static final String CLIENT_ID = "client_id";
  static final String SECRET = "api_secret";
  static final String TOKEN = "token";

  private static final GuardedHttp.Limits LIMITS =
      new GuardedHttp.Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), 64_000);

  /** So long before its end it is no longer used. */
  private static final Duration SPARE = Duration.ofMinutes(5);

  private final GuardedHttp http;
  private final JsonMapper json;
  private final Clock clock;
  private final Map<Long, Kept> byShop = new ConcurrentHashMap<>();

  ShopifyTokens(GuardedHttp http, JsonMapper json, Clock clock) {
    this.http = http;
    this.json = json;
    this.clock = clock;
  }

  /**
   * @param request of which it came: with other credentials it is another
   */
  private record Kept(String request, String token, Instant until) {
    @Override
    public String toString() {
      return "until " + until;
    }
  }

  /**
   * @param base of the shop, already found to be fit for secrets
   */
  String token(ShopLink link, String base) throws ShopTrouble {
    String forGood = link.credential(TOKEN).strip();
    if (!forGood.isEmpty()) {
      return plain(forGood);
    }
    String request =
        "grant_type=client_credentials&client_id="
            + encoded(link.credential(CLIENT_ID).strip())
            + "&client_secret="
            + encoded(link.credential(SECRET).strip());
    Kept kept = byShop.get(link.shopId());
    if (kept != null && kept.request().equals(base + request) && isGood(kept)) {
      return kept.token();
    }
    if (link.credential(CLIENT_ID).isBlank()) {
      throw new ShopTrouble(
          ShopTrouble.Kind.refused,
          "Enter the client ID of the app, or the access token of an older one.");
    }
    JsonNode said = exchanged(base, request);
    String token = plain(said.path("access_token").stringValue(""));
    Instant until = clock.instant().plusSeconds(said.path("expires_in").asLong(3600));
    byShop.put(link.shopId(), new Kept(base + request, token, until));
    return token;
  }

  private boolean isGood(Kept kept) {
    return clock.instant().isBefore(kept.until().minus(SPARE));
  }

  /**
   * It was not accepted.
   *
   * @return whether another may be
   */
  boolean forget(ShopLink link, String token) {
    return byShop.values().removeIf(kept -> kept.token().equals(token))
        && link.credential(TOKEN).isBlank();
  }

  private JsonNode exchanged(String base, String request) throws ShopTrouble {
    GuardedHttp.Call call =
        new GuardedHttp.Call(
            "POST",
            base + "/admin/oauth/access_token",
            Map.of(
                "Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"),
            request.getBytes(StandardCharsets.US_ASCII));
    return switch (http.send(call, LIMITS)) {
      case GuardedHttp.Outcome.Refused refused -> throw unreachable(refused.words());
      case GuardedHttp.Outcome.Failed failed ->
          throw unreachable("Shopify did not answer. " + failed.words());
      case GuardedHttp.Outcome.Answered answered -> read(base, answered);
    };
  }

  private JsonNode read(String base, GuardedHttp.Outcome.Answered answered) throws ShopTrouble {
    switch (answered.status()) {
      case 200 -> {
        try {
          return json.readTree(answered.body());
        } catch (JacksonException e) {
          throw unreachable("What Shopify answered makes no sense.");
        }
      }
      case 400, 401, 403 ->
          throw new ShopTrouble(
              ShopTrouble.Kind.refused,
              "Shopify does not know the app by this client ID and secret, or it is not installed"
                  + " in the shop.");
      case 301, 302, 303, 307, 308, 404 -> throw ShopifyApi.noShop(base);
      case 429, 430 ->
          throw new ShopTrouble(
              ShopTrouble.Kind.throttled,
              "Shopify was asked too much at once.",
              Duration.ofSeconds(10));
      default ->
          throw unreachable(
              "Shopify answered with an error of its own (" + answered.status() + ").");
    }
  }

  private static ShopTrouble unreachable(String words) {
    return new ShopTrouble(ShopTrouble.Kind.unreachable, words);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Fit for a header. */
  private static String plain(String token) throws ShopTrouble {
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw ShopifyApi.badToken();
    }
    return token;
  }
}
