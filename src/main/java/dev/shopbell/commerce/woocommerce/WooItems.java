package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopAction.Kind;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes what is ordered. As long as it is not paid its lines are changed. Once it is paid,
 * WooCommerce would lose the money from its books: so a variant is changed for one of the same
 * price only, and what is taken out is given back as a refund.
 */
@Component
class WooItems {
  private final WooWire wire;
  private final WooRefunds refunds;

  WooItems(WooWire wire, WooRefunds refunds) {
    this.wire = wire;
    this.refunds = refunds;
  }

  Outcome change(ShopLink link, JsonNode order, ShopAction.ChangeItems change, Mark mark)
      throws ShopTrouble {
    boolean paid = WooOrders.isPaid(order);
    JsonNode given = refunds.marked(link, order, mark);
    if (given != null || (mark.on(order) && (!paid || change.quantities().isEmpty()))) {
      return new Outcome.Done(given == null ? null : WooJson.id(given, "id"), null);
    }
    boolean begun = mark.on(order);
    if (!begun) {
      Outcome refused = refusal(link, order, change, paid);
      if (refused != null) {
        return refused;
      }
    }
    if (!begun && (!paid || !change.swaps().isEmpty())) {
      ObjectNode body = WooJson.object();
      body.set("line_items", lines(link, order, change, paid));
      body.set("meta_data", mark.meta(Kind.change_items));
      switch (wire.send(link, "PUT", "orders/" + WooJson.id(order, "id"), body)) {
        case WooWire.Sent.Done _ -> begun = true;
        case WooWire.Sent.Refused refused -> {
          return new Outcome.Refused(refused.words());
        }
        case WooWire.Sent.Unknown unknown -> {
          return new Outcome.Unknown(unknown.words());
        }
      }
    }
    return paid && !change.quantities().isEmpty()
        ? takeOut(link, order, change, mark, begun)
        : new Outcome.Done(null, null);
  }

  /**
   * @param order as it was before, which is the same as far as the lines go that are taken out of
   * @param begun whether variants were changed already, so that it is too late to refuse
   */
  private Outcome takeOut(
      ShopLink link, JsonNode order, ShopAction.ChangeItems change, Mark mark, boolean begun)
      throws ShopTrouble {
    List<LineQuantity> out = new ArrayList<>();
    BigDecimal gross = BigDecimal.ZERO;
    for (LineQuantity wanted : change.quantities()) {
      JsonNode line = WooOrders.lineOf(order, wanted.lineId());
      int stands = line == null ? 0 : line.path("quantity").asInt(0);
      if (line != null && stands > wanted.quantity()) {
        out.add(new LineQuantity(wanted.lineId(), stands - wanted.quantity()));
        gross =
            gross.add(
                WooOrders.seen(line, "total", true)
                    .multiply(BigDecimal.valueOf(stands - wanted.quantity()))
                    .divide(BigDecimal.valueOf(stands), java.math.MathContext.DECIMAL64));
      }
    }
    if (out.isEmpty()) {
      return new Outcome.Done(null, null);
    }
    long amount = WooJson.minor(gross, WooJson.text(order, "currency"));
    ObjectNode refund =
        WooRefunds.marked(WooRefunds.refund(order, amount, 0, out, true), mark, Kind.change_items);
    String half = "The variants were changed, but the money was not given back: ";
    try {
      return switch (refunds.send(link, order, refund)) {
        case WooWire.Sent.Done done -> new Outcome.Done(WooJson.id(done.json(), "id"), null);
        case WooWire.Sent.Refused refused ->
            begun
                ? new Outcome.Unknown(half + refused.words())
                : new Outcome.Refused(refused.words());
        case WooWire.Sent.Unknown unknown -> new Outcome.Unknown(unknown.words());
      };
    } catch (ShopTrouble e) {
      if (begun) {
        return new Outcome.Unknown(half + e.words());
      }
      throw e;
    }
  }

  private @Nullable Outcome refusal(
      ShopLink link, JsonNode order, ShopAction.ChangeItems change, boolean paid)
      throws ShopTrouble {
    if (WooOrders.isOver(order)) {
      return new Outcome.Refused(
          "The order is “" + WooOrders.status(order) + "” in the shop: its items stay.");
    }
    Map<String, Integer> swapped = new HashMap<>();
    for (ShopAction.Swap swap : change.swaps()) {
      swapped.merge(swap.lineId(), swap.quantity(), Integer::sum);
    }
    for (LineQuantity wanted : change.quantities()) {
      JsonNode line = WooOrders.lineOf(order, wanted.lineId());
      if (line == null || wanted.quantity() < 0) {
        return new Outcome.Refused("The order has no such line.");
      }
      if (paid && wanted.quantity() > line.path("quantity").asInt(0)) {
        return new Outcome.Refused(
            "The order is paid: more of an item would have to be paid, too. Place another order.");
      }
      if (paid && swapped.containsKey(wanted.lineId())) {
        return new Outcome.Refused(
            "The order is paid: change the variant of an item or its quantity, not both at once.");
      }
    }
    for (ShopAction.Swap swap : change.swaps()) {
      Outcome refused = refusal(link, order, swap, swapped, paid);
      if (refused != null) {
        return refused;
      }
    }
    return paid && !change.quantities().isEmpty() ? withoutGateway(link, order) : null;
  }

  private @Nullable Outcome refusal(
      ShopLink link,
      JsonNode order,
      ShopAction.Swap swap,
      Map<String, Integer> swapped,
      boolean paid)
      throws ShopTrouble {
    JsonNode line = WooOrders.lineOf(order, swap.lineId());
    if (line == null || line.path("quantity").asInt(0) < swapped.getOrDefault(swap.lineId(), 0)) {
      return new Outcome.Refused("The order does not have so many of that line.");
    }
    JsonNode wanted = variant(link, swap.variantId());
    String refused = unavailable(wanted, WooJson.id(line, "product_id"), swap.quantity());
    if (wanted == null || refused != null) {
      return new Outcome.Refused(String.valueOf(refused));
    }
    String had = WooJson.id(line, "variation_id");
    JsonNode now = variant(link, had.isEmpty() ? WooJson.id(line, "product_id") : had);
    boolean samePrice =
        now != null
            && WooJson.decimal(now, "price").compareTo(WooJson.decimal(wanted, "price")) == 0;
    return paid && !samePrice
        ? new Outcome.Refused(
            "The order is paid, and the other variant has another price. Give back the one and"
                + " place an order for the other.")
        : null;
  }

  /** Before half of it is done: whether the other half can be. */
  private @Nullable Outcome withoutGateway(ShopLink link, JsonNode order) throws ShopTrouble {
    String method = WooJson.text(order, "payment_method");
    JsonNode gateway =
        method.matches("[\\w-]+") ? wire.getOrNull(link, "payment_gateways/" + method) : null;
    boolean can =
        gateway != null
            && WooJson.list(gateway, "method_supports").stream()
                .anyMatch(what -> what.asString("").equals("refunds"));
    return can
        ? null
        : new Outcome.Refused(
            "The order is paid by a method by which WooCommerce cannot give money back. Give it"
                + " back by hand there.");
  }

  /** A variation, or a product without any; null if there is none. */
  @Nullable JsonNode variant(ShopLink link, String variantId) throws ShopTrouble {
    return variantId.matches("\\d{1,18}") ? wire.getOrNull(link, "products/" + variantId) : null;
  }

  /**
   * @param productId that it has to be of; null for any
   * @return why so many cannot be had
   */
  static @Nullable String unavailable(
      @Nullable JsonNode variant, @Nullable String productId, int quantity) {
    if (variant == null) {
      return "The shop has no such variant.";
    }
    if (productId != null && !productOf(variant).equals(productId)) {
      return "That is a variant of another product.";
    }
    boolean counted = variant.path("manage_stock").asBoolean(false);
    boolean backorders = variant.path("backorders_allowed").asBoolean(false);
    boolean tooFew = counted && !backorders && variant.path("stock_quantity").asInt(0) < quantity;
    boolean sold = WooJson.text(variant, "stock_status").equals("outofstock");
    return tooFew || sold
        ? "“" + WooJson.plain(WooJson.text(variant, "name")) + "” is not in stock."
        : null;
  }

  static String productOf(JsonNode variant) {
    String parent = WooJson.id(variant, "parent_id");
    return WooJson.text(variant, "type").equals("variation") && !parent.isEmpty()
        ? parent
        : WooJson.id(variant, "id");
  }

  /** A new line for so many of a variant. */
  static ObjectNode line(JsonNode variant, int quantity) {
    ObjectNode line = WooJson.object();
    line.put("product_id", Long.parseLong(productOf(variant)));
    if (!productOf(variant).equals(WooJson.id(variant, "id"))) {
      line.put("variation_id", variant.path("id").asLong());
    }
    return line.put("quantity", quantity);
  }

  private ArrayNode lines(
      ShopLink link, JsonNode order, ShopAction.ChangeItems change, boolean paid)
      throws ShopTrouble {
    Map<String, Integer> stands = new HashMap<>();
    if (!paid) {
      change.quantities().forEach(wanted -> stands.put(wanted.lineId(), wanted.quantity()));
    }
    ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    List<ObjectNode> fresh = new ArrayList<>();
    for (ShopAction.Swap swap : change.swaps()) {
      JsonNode line = WooOrders.lineOf(order, swap.lineId());
      JsonNode variant = variant(link, swap.variantId());
      if (line != null && variant != null) {
        int before = line.path("quantity").asInt(0);
        boolean named =
            change.quantities().stream().anyMatch(one -> one.lineId().equals(swap.lineId()));
        if (!named || paid) {
          stands.merge(swap.lineId(), before - swap.quantity(), (one, _) -> one - swap.quantity());
        }
        ObjectNode added = line(variant, swap.quantity());
        fresh.add(paid ? priced(added, line, swap.quantity()) : added);
      }
    }
    stands.forEach((id, quantity) -> {
      JsonNode line = WooOrders.lineOf(order, id);
      if (line != null) {
        ObjectNode changed = lines.addObject();
        changed.put("id", Long.parseLong(id)).put("quantity", quantity);
        if (quantity > 0) {
          priced(changed, line, quantity);
        }
      }
    });
    fresh.forEach(lines::add);
    return lines;
  }

  /** At what the line of the order costs each. */
  private static ObjectNode priced(ObjectNode line, JsonNode of, int quantity) {
    BigDecimal before = BigDecimal.valueOf(Math.max(1, of.path("quantity").asInt(1)));
    for (String field : List.of("subtotal", "total")) {
      BigDecimal part = WooJson.decimal(of, field).multiply(BigDecimal.valueOf(quantity));
      line.put(field, part.divide(before, 6, RoundingMode.HALF_UP).toPlainString());
    }
    return line;
  }
}
