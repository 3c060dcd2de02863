package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.id;

import dev.shopbell.commerce.ShopConnector.Hook;
import dev.shopbell.commerce.ShopConnector.Label;
import dev.shopbell.commerce.ShopConnector.News;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has Shopify call us, and understands what it says then. */
@Component
class ShopifyWebhooks {
  /** What is done with each of them stands in {@link #read}. */
  static final List<String> TOPICS =
      List.of(
          "ORDERS_CREATE",
          "ORDERS_UPDATED",
          "ORDERS_EDITED",
          "ORDERS_PAID",
          "ORDERS_CANCELLED",
          "ORDERS_DELETE",
          "FULFILLMENTS_CREATE",
          "FULFILLMENTS_UPDATE",
          "FULFILLMENT_EVENTS_CREATE",
          "REFUNDS_CREATE",
          "RETURNS_REQUEST",
          "RETURNS_APPROVE",
          "RETURNS_DECLINE",
          "RETURNS_CANCEL",
          "RETURNS_UPDATE",
          "RETURNS_CLOSE",
          "RETURNS_REOPEN",
          "PRODUCTS_CREATE",
          "PRODUCTS_UPDATE",
          "PRODUCTS_DELETE",
          "APP_UNINSTALLED");

  private static final String STANDING =
      """
      query Standing($after: String) {
        webhookSubscriptions(first: 100, after: $after) {
          nodes { id topic uri }
          pageInfo { hasNextPage endCursor }
        }
      }
      """;

  private static final String CREATE =
      """
      mutation Subscribe($topic: WebhookSubscriptionTopic!, $uri: String!) {
        webhookSubscriptionCreate(
          topic: $topic, webhookSubscription: { uri: $uri, format: JSON }
        ) {
          webhookSubscription { id }
          userErrors { message }
        }
      }
      """;

  private static final String DELETE =
      """
      mutation Unsubscribe($id: ID!) {
        webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { message } }
      }
      """;

  private final ShopifyApi api;
  private final JsonMapper json;

  ShopifyWebhooks(ShopifyApi api, JsonMapper json) {
    this.api = api;
    this.json = json;
  }

  private record Standing(String id, String topic, String uri) {}

  /** Those of our app; Shopify shows us no others'. */
  private List<Standing> standing(ShopLink link) throws ShopTrouble {
    List<Standing> all = new ArrayList<>();
    JsonNode page = api.ask(link, STANDING, Map.of()).path("webhookSubscriptions");
    while (true) {
      for (JsonNode one : page.path("nodes")) {
        all.add(
            new Standing(
                one.path("id").stringValue(""),
                one.path("topic").stringValue(""),
                one.path("uri").stringValue("")));
      }
      JsonNode info = page.path("pageInfo");
      if (!info.path("hasNextPage").asBoolean(false)) {
        return all;
      }
      page =
          api.ask(link, STANDING, Map.of("after", info.path("endCursor").stringValue("")))
              .path("webhookSubscriptions");
    }
  }

  boolean subscribe(ShopLink link) throws ShopTrouble {
    String url = link.hookUrl();
    if (url == null) {
      return false;
    }
    Set<String> lacking = new HashSet<>(TOPICS);
    for (Standing one : standing(link)) {
      if (one.uri().equals(url)) {
        lacking.remove(one.topic());
      }
    }
    for (String topic : TOPICS) {
      if (lacking.contains(topic)) {
        JsonNode done =
            api.ask(link, CREATE, Map.of("topic", topic, "uri", url))
                .path("webhookSubscriptionCreate");
        for (JsonNode error : done.path("userErrors")) {
          throw new ShopTrouble(
              ShopTrouble.Kind.invalid,
              "Shopify does not want to call us: " + error.path("message").stringValue(""));
        }
      }
    }
    return true;
  }

  /** What is gone already is gone. */
  void unsubscribe(ShopLink link) throws ShopTrouble {
    for (Standing one : standing(link)) {
      if (one.uri().equals(link.hookUrl())) {
        api.ask(link, DELETE, Map.of("id", one.id()));
      }
    }
  }

  /**
   * Its external id is topic, event and the beginning of the signature. Shopify names the event as
   * what tells a repeat, but several topics, and several products that were changed at once, can
   * come of one event; a repeat has the same body, and so the same signature.
   */
  @Nullable Label verify(ShopLink link, Hook hook) {
    String signature = hook.header("x-shopify-hmac-sha256");
    String secret = link.credential(ShopifyTokens.SECRET).strip();
    if (secret.isEmpty() || signature.isEmpty()) {
      return null;
    }
    byte[] expected = signature(secret, hook.body()).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
      return null;
    }
    String topic = hook.header("x-shopify-topic").toLowerCase(Locale.ROOT);
    String event = hook.header("x-shopify-event-id");
    String once = event.isEmpty() ? hook.header("x-shopify-webhook-id") : event;
    return new Label(
        once.isEmpty() ? null : topic + " " + once + " " + signature.substring(0, 16), topic);
  }

  private static String signature(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  List<News> read(Label label, Hook hook) throws ShopTrouble {
    String topic = label.topic();
    String room = topic.contains("/") ? topic.substring(0, topic.indexOf('/')) : topic;
    if (topic.equals("app/uninstalled")) {
      return List.of(new News.Uninstalled());
    }
    JsonNode body = body(hook);
    return switch (room) {
      case "orders" -> {
        if (topic.equals("orders/delete")) {
          yield List.of(new News.OrderRemoved(number(body)));
        }
        JsonNode edit = body.path("order_edit").path("order_id");
        yield List.of(
            new News.OrderTouched(edit.isMissingNode() ? number(body) : number(edit, "")));
      }
      case "fulfillments", "fulfillment_events", "refunds" ->
          List.of(new News.OrderTouched(number(body.path("order_id"), "")));
      case "returns" -> {
        JsonNode order = body.path("order");
        yield List.of(
            new News.OrderTouched(
                number(order.path("id"), order.path("admin_graphql_api_id").stringValue(""))));
      }
      case "products" ->
          List.of(
              topic.equals("products/delete")
                  ? new News.ProductRemoved(number(body))
                  : new News.ProductTouched(number(body)));
      default -> List.of();
    };
  }

  private JsonNode body(Hook hook) throws ShopTrouble {
    try {
      return json.readTree(hook.body());
    } catch (JacksonException e) {
      throw senseless();
    }
  }

  private static String number(JsonNode body) throws ShopTrouble {
    return number(body.path("id"), body.path("admin_graphql_api_id").stringValue(""));
  }

  private static String number(JsonNode id, String gid) throws ShopTrouble {
    String number = id.isIntegralNumber() || id.isString() ? id(id.asString("")) : id(gid);
    if (!number.matches("[0-9]{1,20}")) {
      throw senseless();
    }
    return number;
  }

  private static ShopTrouble senseless() {
    return new ShopTrouble(ShopTrouble.Kind.invalid, "A webhook of Shopify makes no sense.");
  }
}
