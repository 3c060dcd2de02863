package dev.shopbell.commerce.generic;

import static dev.shopbell.commerce.generic.GenericServer.JSON;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the shop does when it is asked to; each key once. */
final class GenericActions implements GenericServer.Actions {
  private final GenericShop shop;
  private final Map<String, ObjectNode> done = new HashMap<>();
  private final List<String> happened = new ArrayList<>();

  GenericActions(GenericShop shop) {
    this.shop = shop;
  }

  int happened(String kind) {
    return (int) happened.stream().filter(kind::equals).count();
  }

  @Override
  public @Nullable ObjectNode find(String key) {
    ObjectNode before = done.get(key);
    return before == null ? null : before.deepCopy();
  }

  @Override
  public @Nullable ObjectNode act(@Nullable String orderId, JsonNode action, String key) {
    ObjectNode before = find(key);
    if (before != null) {
      return before;
    }
    if (orderId != null && !shop.orders.containsKey(orderId)) {
      return null;
    }
    ObjectNode answer = JSON.createObjectNode();
    String kind = action.path("kind").asString();
    if (orderId == null) {
      alone(kind, action, answer);
    } else {
      on(shop.order(orderId), orderId, kind, action, answer);
    }
    happened.add(kind);
    done.put(key, answer.deepCopy());
    return answer;
  }

  private void alone(String kind, JsonNode action, ObjectNode answer) {
    switch (kind) {
      case "place_order" -> answer.put("reference", placed(action));
      case "discount_code" -> answer.put("code", action.path("code").asString());
      case "gift_card" -> answer.put("code", "GIFT-" + shop.nextId());
      default -> throw new IllegalArgumentException(kind);
    }
  }

  private String placed(JsonNode action) {
    ObjectNode order = fresh(action.path("email").asString(), "pending");
    for (JsonNode item : action.path("items")) {
      String variant = item.path("variantId").asString();
      shop.line(order, variant, "Beanie", item.path("quantity").asInt(), "19.90");
    }
    order.set("shipTo", action.path("address"));
    return order.path("id").asString();
  }

  private ObjectNode fresh(String email, String payment) {
    String id = "o-" + shop.nextId();
    ObjectNode order = JSON.createObjectNode().put("id", id).put("number", "#" + id);
    shop.touch(order);
    order.put("placedAt", order.path("changedAt").asString()).put("currency", "EUR");
    order.put("payment", payment).put("fulfilment", "unfulfilled").putArray("lines");
    order.putObject("buyer").put("email", email);
    shop.orders.put(id, order);
    return order;
  }

  private void on(ObjectNode order, String id, String kind, JsonNode action, ObjectNode answer) {
    switch (kind) {
      case "cancel" -> {
        answer.put("reference", shop.refund(id, "", 0, order.path("total").asString()));
        shop.cancel(id);
      }
      case "refund" -> {
        JsonNode line = action.path("lines").get(0);
        answer.put(
            "reference",
            shop.refund(
                id,
                line.path("lineId").asString(),
                line.path("quantity").asInt(),
                action.path("amount").asString()));
      }
      case "change_address" -> order.set("shipTo", action.path("address"));
      case "change_items" -> change(order, action);
      case "return", "exchange" -> answer.put("reference", kind + "-" + shop.nextId());
      case "resend" -> answer.put("reference", resent(order, action));
      case "note" ->
          order.put(
              "note", order.path("note").asString("") + "\n" + action.path("text").asString());
      default -> throw new IllegalArgumentException(kind);
    }
    shop.touch(order);
  }

  private void change(ObjectNode order, JsonNode action) {
    order.remove("total");
    for (JsonNode wanted : action.path("quantities")) {
      line(order, wanted).put("quantity", wanted.path("quantity").asInt());
    }
    for (JsonNode swap : action.path("swaps")) {
      ObjectNode line = line(order, swap);
      int quantity = swap.path("quantity").asInt();
      line.put("quantity", line.path("quantity").asInt() - quantity);
      String price = line.path("unitPrice").asString();
      shop.line(order, swap.path("variantId").asString(), "Beanie", quantity, price);
    }
  }

  private static ObjectNode line(ObjectNode order, JsonNode of) {
    for (JsonNode line : (ArrayNode) order.get("lines")) {
      if (line.path("id").equals(of.path("lineId"))) {
        return (ObjectNode) line;
      }
    }
    throw new IllegalArgumentException(of.toString());
  }

  private String resent(ObjectNode order, JsonNode action) {
    ObjectNode again = fresh(order.path("buyer").path("email").asString(), "paid");
    for (JsonNode wanted : action.path("lines")) {
      ObjectNode line = line(order, wanted);
      String variant = line.path("variantId").asString();
      shop.line(again, variant, "Beanie", wanted.path("quantity").asInt(), "0.00");
    }
    again.set("shipTo", order.path("shipTo"));
    return again.path("id").asString();
  }
}
