package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.Money;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Gives money back the way it was paid. */
@Component
class WooRefunds {
  private final WooWire wire;

  WooRefunds(WooWire wire) {
    this.wire = wire;
  }

  /** What an action gave back before; null if nothing. */
  @Nullable JsonNode marked(ShopLink link, JsonNode order, Mark mark) throws ShopTrouble {
    for (JsonNode refund : list(link, order)) {
      if (mark.on(refund)) {
        return refund;
      }
    }
    return null;
  }

  List<JsonNode> list(ShopLink link, JsonNode order) throws ShopTrouble {
    return order.path("refunds").isEmpty()
        ? List.of()
        : wire.all(link, "orders/" + WooJson.id(order, "id") + "/refunds?dp=6");
  }

  /** What is left of what was to be paid. */
  static long left(JsonNode order) {
    String currency = WooJson.text(order, "currency");
    BigDecimal left = WooJson.decimal(order, "total");
    for (JsonNode refund : WooJson.list(order, "refunds")) {
      left = left.subtract(WooJson.decimal(refund, "total").abs());
    }
    return WooJson.minor(left, currency);
  }

  WooWire.Sent send(ShopLink link, JsonNode order, ObjectNode refund) throws ShopTrouble {
    return wire.send(link, "POST", "orders/" + WooJson.id(order, "id") + "/refunds", refund);
  }

  /**
   * @param amount in all, in the smallest unit of the order's currency
   * @param shipping of it, for shipping
   * @param lines that it is for: each gets its share
   */
  static ObjectNode refund(
      JsonNode order, long amount, long shipping, List<LineQuantity> lines, boolean restock) {
    String currency = WooJson.text(order, "currency");
    List<Share> goods = new ArrayList<>();
    for (LineQuantity line : lines) {
      JsonNode item = WooOrders.lineOf(order, line.lineId());
      if (item != null) {
        int of = Math.max(1, item.path("quantity").asInt(1));
        goods.add(new Share(item, line.quantity(), share(line.quantity(), of)));
      }
    }
    List<Share> sent = new ArrayList<>();
    if (shipping > 0) {
      for (JsonNode item : WooJson.list(order, "shipping_lines")) {
        sent.add(new Share(item, 0, BigDecimal.ONE));
      }
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    fill(items, goods, amount - shipping, currency);
    fill(items, sent, shipping, currency);
    return body(amount, currency, items, restock);
  }

  /** Of all that is left; by line where nothing was given back before. */
  static ObjectNode whole(JsonNode order) {
    String currency = WooJson.text(order, "currency");
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    if (order.path("refunds").isEmpty()) {
      for (String list : List.of("line_items", "shipping_lines", "fee_lines")) {
        for (JsonNode item : WooJson.list(order, list)) {
          Share all = new Share(item, item.path("quantity").asInt(0), BigDecimal.ONE);
          fill(items, List.of(all), all.minor(currency), currency);
        }
      }
    }
    return body(left(order), currency, items, false);
  }

  private static ObjectNode body(long amount, String currency, ArrayNode items, boolean restock) {
    ObjectNode body = WooJson.object();
    body.put("amount", Money.decimal(amount, currency));
    body.put("api_refund", true);
    body.put("api_restock", restock);
    if (!items.isEmpty()) {
      body.set("line_items", items);
    }
    return body;
  }

  private static BigDecimal share(int quantity, int of) {
    return BigDecimal.valueOf(quantity).divide(BigDecimal.valueOf(of), MathContext.DECIMAL64);
  }

  /**
   * @param part of the item, 0 to 1
   */
  private record Share(JsonNode item, int quantity, BigDecimal part) {
    BigDecimal net() {
      return WooJson.decimal(item, "total").multiply(part);
    }

    BigDecimal gross() {
      BigDecimal gross = net();
      for (JsonNode tax : WooJson.list(item, "taxes")) {
        gross = gross.add(WooJson.decimal(tax, "total").multiply(part));
      }
      return gross;
    }

    long minor(String currency) {
      return WooJson.minor(gross(), currency);
    }
  }

  /** Spreads an amount over shares, taxes and all; the last takes what rounding leaves. */
  private static void fill(ArrayNode items, List<Share> shares, long amount, String currency) {
    BigDecimal all = BigDecimal.ZERO;
    for (Share share : shares) {
      all = all.add(share.gross());
    }
    BigDecimal wanted = new BigDecimal(Money.decimal(amount, currency));
    // More than the goods cost is a gesture: it stands in the sum alone.
    BigDecimal scale =
        all.signum() <= 0 || wanted.compareTo(all) >= 0
            ? BigDecimal.ONE
            : wanted.divide(all, MathContext.DECIMAL64);
    BigDecimal open = scale.equals(BigDecimal.ONE) ? rounded(all, currency) : wanted;
    for (Share share : shares) {
      ObjectNode item = items.addObject();
      item.put("id", share.item().path("id").asLong());
      item.put("quantity", share.quantity());
      ArrayNode taxes = item.putArray("refund_tax");
      for (JsonNode tax : WooJson.list(share.item(), "taxes")) {
        BigDecimal part =
            rounded(WooJson.decimal(tax, "total").multiply(share.part()).multiply(scale), currency);
        open = open.subtract(part);
        taxes.addObject().put("id", tax.path("id").asLong()).put("refund_total", part);
      }
      boolean last = share.equals(shares.getLast());
      BigDecimal net = last ? open : rounded(share.net().multiply(scale), currency);
      open = open.subtract(net);
      item.put("refund_total", net);
    }
  }

  private static BigDecimal rounded(BigDecimal amount, String currency) {
    return amount.setScale(Money.digits(currency), RoundingMode.HALF_UP);
  }

  static ObjectNode because(ObjectNode refund, @Nullable String note) {
    if (note != null && !note.isBlank()) {
      refund.put("reason", note);
    }
    return refund;
  }

  static ObjectNode marked(ObjectNode refund, Mark mark, ShopAction.Kind kind) {
    refund.set("meta_data", mark.meta(kind));
    return refund;
  }
}
