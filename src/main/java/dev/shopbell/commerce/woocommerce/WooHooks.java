package dev.shopbell.commerce.woocommerce;

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
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The shop's webhooks: one for each topic, all to the same address with the same secret. */
@Component
class WooHooks {
  private static final List<String> TOPICS =
      List.of(
          "order.created",
          "order.updated",
          "order.deleted",
          "order.restored",
          "product.created",
          "product.updated",
          "product.deleted",
          "product.restored");

  private static final String HMAC = "HmacSHA256";

  /** How WooCommerce tries an address out: unsigned, and nothing is in it. */
  private static final Pattern PING = Pattern.compile("webhook_id=\\d{1,20}");

  private static final String PING_TOPIC = "ping";

  private final WooWire wire;
  private final JsonMapper json;

  WooHooks(WooWire wire, JsonMapper json) {
    this.wire = wire;
    this.json = json;
  }

  boolean subscribe(ShopLink link) throws ShopTrouble {
    String url = link.hookUrl();
    if (url == null) {
      return false;
    }
    List<JsonNode> ours = ours(link, url);
    for (String topic : TOPICS) {
      JsonNode standing = null;
      for (JsonNode webhook : ours) {
        standing = WooJson.text(webhook, "topic").equals(topic) ? webhook : standing;
      }
      boolean good = standing != null && WooJson.text(standing, "status").equals("active");
      if (!good) {
        ObjectNode webhook = WooJson.object();
        webhook.put("name", "Shopbell " + topic);
        webhook.put("topic", topic);
        webhook.put("delivery_url", url);
        webhook.put("secret", link.hookSecret());
        webhook.put("status", "active");
        String path = standing == null ? "webhooks" : "webhooks/" + WooJson.id(standing, "id");
        done(wire.send(link, standing == null ? "POST" : "PUT", path, webhook));
      }
    }
    return true;
  }

  void unsubscribe(ShopLink link) throws ShopTrouble {
    String url = link.hookUrl();
    if (url != null) {
      for (JsonNode webhook : ours(link, url)) {
        String path = "webhooks/" + WooJson.id(webhook, "id") + "?force=true";
        done(wire.send(link, "DELETE", path, WooJson.object()));
      }
    }
  }

  private List<JsonNode> ours(ShopLink link, String url) throws ShopTrouble {
    List<JsonNode> ours = new ArrayList<>();
    for (JsonNode webhook : wire.all(link, "webhooks?status=all")) {
      if (WooJson.text(webhook, "delivery_url").equals(url)) {
        ours.add(webhook);
      }
    }
    return ours;
  }

  /** All of this may be done again. */
  private static void done(WooWire.Sent sent) throws ShopTrouble {
    switch (sent) {
      case WooWire.Sent.Done _ -> {}
      case WooWire.Sent.Refused refused ->
          throw new ShopTrouble(ShopTrouble.Kind.invalid, "The shop says: " + refused.words());
      case WooWire.Sent.Unknown unknown ->
          throw new ShopTrouble(ShopTrouble.Kind.unreachable, unknown.words());
    }
  }

  @Nullable Label verify(ShopLink link, Hook hook) {
    String signature = hook.header("x-wc-webhook-signature");
    String topic = hook.header("x-wc-webhook-topic");
    if (signature.isEmpty() && topic.isEmpty() && isPing(hook.body())) {
      return new Label(PING_TOPIC, PING_TOPIC);
    }
    byte[] expected = Base64.getEncoder().encode(hmac(link.hookSecret(), hook.body()));
    if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
      return null;
    }
    return new Label(id(hook), topic.isEmpty() ? "unknown" : topic);
  }

  private static boolean isPing(byte[] body) {
    return body.length < 40 && PING.matcher(new String(body, StandardCharsets.UTF_8)).matches();
  }

  /**
   * The delivery id is made of webhook and second, so that two orders which change in the same
   * second have the same: what was said belongs to it.
   */
  private static @Nullable String id(Hook hook) {
    String delivery = hook.header("x-wc-webhook-delivery-id");
    return delivery.isEmpty() || delivery.length() > 100
        ? null
        : delivery + "-" + HexFormat.of().formatHex(sha256(hook.body()), 0, 8);
  }

  List<News> read(Label label, Hook hook) throws ShopTrouble {
    if (label.topic().equals(PING_TOPIC)) {
      return List.of();
    }
    JsonNode body;
    try {
      body = json.readTree(hook.body());
    } catch (JacksonException e) {
      throw senseless();
    }
    String id = WooJson.id(body, "id");
    if (id.isEmpty()) {
      throw senseless();
    }
    // Also what was deleted is asked for: the topic is not signed, and it may be restored by now.
    if (label.topic().startsWith("order.")) {
      return List.of(new News.OrderTouched(id));
    }
    if (label.topic().startsWith("product.")) {
      // A variation is told as if it were a product.
      String parent = WooJson.id(body, "parent_id");
      return List.of(new News.ProductTouched(parent.isEmpty() ? id : parent));
    }
    return List.of();
  }

  private static ShopTrouble senseless() {
    return new ShopTrouble(ShopTrouble.Kind.invalid, "This webhook is none of WooCommerce.");
  }

  private static byte[] hmac(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
