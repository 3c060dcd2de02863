package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopAction.Kind;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes orders: for a customer, or for nothing after another one. The latter are children of the
 * first, by which they are found again.
 */
@Component
class WooNewOrders {
  private final WooWire wire;
  private final WooItems items;

  WooNewOrders(WooWire wire, WooItems items) {
    this.wire = wire;
    this.items = items;
  }

  /** What an action made after an order; null if nothing. */
  @Nullable JsonNode after(ShopLink link, JsonNode order, Mark mark) throws ShopTrouble {
    String path = "orders?status=any&parent=" + WooJson.id(order, "id");
    return marked(wire.all(link, path), mark);
  }

  /** What an action made for a customer; null if nothing. */
  @Nullable JsonNode placed(ShopLink link, ShopAction.PlaceOrder place, Mark mark)
      throws ShopTrouble {
    String newest = "orders?status=any&orderby=date&order=desc&per_page=100";
    String search = "&search=" + URLEncoder.encode(place.email(), StandardCharsets.UTF_8);
    JsonNode found = marked(wire.page(link, newest + search).items(), mark);
    // A shop's plug-in may have its own idea of a search.
    return found == null ? marked(wire.page(link, newest).items(), mark) : found;
  }

  private static @Nullable JsonNode marked(List<JsonNode> orders, Mark mark) {
    return orders.stream().filter(mark::on).findFirst().orElse(null);
  }

  Outcome place(ShopLink link, ShopAction.PlaceOrder place, Mark mark) throws ShopTrouble {
    JsonNode before = placed(link, place, mark);
    if (before != null) {
      return new Outcome.Done(WooJson.id(before, "id"), null);
    }
    ObjectNode order = WooJson.object();
    ArrayNode lines = order.putArray("line_items");
    for (ShopAction.Wanted wanted : place.items()) {
      JsonNode variant = items.variant(link, wanted.variantId());
      String refused = WooItems.unavailable(variant, null, wanted.quantity());
      if (variant == null || refused != null) {
        return new Outcome.Refused(String.valueOf(refused));
      }
      lines.add(WooItems.line(variant, wanted.quantity()));
    }
    order.set("billing", WooJson.written(place.address()).put("email", place.email()));
    order.set("shipping", WooJson.written(place.address()));
    order.put("customer_id", account(link, place.email()));
    order.put("status", place.paid() ? "processing" : "pending");
    order.put("set_paid", place.paid());
    if (place.note() != null && !place.note().isBlank()) {
      order.put("customer_note", place.note());
    }
    order.set("meta_data", mark.meta(Kind.place_order));
    Outcome outcome = made(wire.send(link, "POST", "orders", order));
    if (outcome instanceof Outcome.Done done && !place.paid()) {
      askToPay(link, String.valueOf(done.reference()));
    }
    return outcome;
  }

  /** By mail, since WooCommerce 9.8. The order stands, whether or not the shop can. */
  private void askToPay(ShopLink link, String id) {
    try {
      wire.send(link, "POST", "orders/" + id + "/actions/send_order_details", WooJson.object());
    } catch (ShopTrouble e) {
      // the customer finds it in their account, and the agent may send the link
    }
  }

  private long account(ShopLink link, String email) throws ShopTrouble {
    String path = "customers?email=" + URLEncoder.encode(email, StandardCharsets.UTF_8);
    List<JsonNode> found = wire.page(link, path).items();
    return found.isEmpty() ? 0 : found.getFirst().path("id").asLong(0);
  }

  Outcome exchange(ShopLink link, JsonNode order, ShopAction.Exchange exchange, Mark mark)
      throws ShopTrouble {
    JsonNode before = after(link, order, mark);
    if (before != null) {
      return new Outcome.Done(WooJson.id(before, "id"), null);
    }
    ObjectNode fresh = following(order, Kind.exchange, mark);
    ArrayNode lines = fresh.putArray("line_items");
    for (ShopAction.Swap swap : exchange.swaps()) {
      JsonNode line = WooOrders.lineOf(order, swap.lineId());
      if (line == null || line.path("quantity").asInt(0) < swap.quantity()) {
        return new Outcome.Refused("The order does not have so many of that line.");
      }
      JsonNode variant = items.variant(link, swap.variantId());
      String product = WooJson.id(line, "product_id");
      String refused = WooItems.unavailable(variant, product, swap.quantity());
      if (variant == null || refused != null) {
        return new Outcome.Refused(String.valueOf(refused));
      }
      lines.add(WooItems.line(variant, swap.quantity()).put("total", "0"));
    }
    return made(wire.send(link, "POST", "orders", fresh));
  }

  Outcome resend(ShopLink link, JsonNode order, ShopAction.Resend resend, Mark mark)
      throws ShopTrouble {
    JsonNode before = after(link, order, mark);
    if (before != null) {
      return new Outcome.Done(WooJson.id(before, "id"), null);
    }
    ObjectNode fresh = following(order, Kind.resend, mark);
    ArrayNode lines = fresh.putArray("line_items");
    for (LineQuantity again : resend.lines()) {
      JsonNode line = WooOrders.lineOf(order, again.lineId());
      if (line == null || line.path("quantity").asInt(0) < again.quantity()) {
        return new Outcome.Refused("The order does not have so many of that line.");
      }
      String variation = WooJson.id(line, "variation_id");
      String id = variation.isEmpty() ? WooJson.id(line, "product_id") : variation;
      JsonNode variant = items.variant(link, id);
      String refused = WooItems.unavailable(variant, null, again.quantity());
      if (variant == null || refused != null) {
        return new Outcome.Refused(String.valueOf(refused));
      }
      lines.add(WooItems.line(variant, again.quantity()).put("total", "0"));
    }
    if (resend.address() != null) {
      fresh.set("shipping", WooJson.written(resend.address()));
    }
    return made(wire.send(link, "POST", "orders", fresh));
  }

  /** For the same customer, to the same address, to be sent at once. */
  private static ObjectNode following(JsonNode order, Kind kind, Mark mark) {
    ObjectNode fresh = WooJson.object();
    fresh.put("parent_id", order.path("id").asLong());
    fresh.put("status", "processing");
    fresh.put("customer_id", order.path("customer_id").asLong(0));
    fresh.put("currency", WooJson.text(order, "currency"));
    fresh.set("billing", written(order.path("billing")));
    fresh.set("shipping", written(order.path("shipping")));
    ArrayNode meta = mark.meta(kind);
    meta.addObject().put("key", Mark.FOR).put("value", WooJson.id(order, "id"));
    fresh.set("meta_data", meta);
    return fresh;
  }

  /** The API does not take a mail address that is empty. */
  private static ObjectNode written(JsonNode address) {
    ObjectNode copy = WooJson.object();
    address.properties().stream()
        .filter(field -> !WooJson.text(address, field.getKey()).isEmpty())
        .forEach(field -> copy.set(field.getKey(), field.getValue()));
    return copy;
  }

  private static Outcome made(WooWire.Sent sent) {
    return switch (sent) {
      case WooWire.Sent.Done done -> new Outcome.Done(WooJson.id(done.json(), "id"), null);
      case WooWire.Sent.Refused refused -> new Outcome.Refused(refused.words());
      case WooWire.Sent.Unknown unknown -> new Outcome.Unknown(unknown.words());
    };
  }
}
