package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.ShopAction;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A paid order of WooCommerce keeps its lines: what is taken out of it is given back as a refund.
 * Where we did that, the order is read as what stands of it.
 */
final class WooTaken {
  private WooTaken() {}

  static boolean isTakenOut(JsonNode refund) {
    return Mark.isOf(refund, ShopAction.Kind.change_items);
  }

  /** The order without what such refunds were for. */
  static JsonNode without(JsonNode order, List<JsonNode> refunds) {
    ObjectNode left = (ObjectNode) order.deepCopy();
    for (JsonNode refund : refunds) {
      if (isTakenOut(refund)) {
        for (JsonNode taken : WooJson.list(refund, "line_items")) {
          JsonNode line = WooOrders.lineOf(left, WooJson.metaText(taken, "_refunded_item_id"));
          if (line instanceof ObjectNode stands) {
            take(left, stands, taken);
          }
        }
        subtract(left, "total", WooJson.decimal(refund, "amount").abs());
      }
    }
    return left;
  }

  private static void take(ObjectNode order, ObjectNode line, JsonNode taken) {
    BigDecimal before = WooJson.decimal(line, "quantity");
    BigDecimal after =
        before.subtract(WooJson.decimal(taken, "quantity").abs()).max(BigDecimal.ZERO);
    line.put("quantity", after);
    for (String field : List.of("subtotal", "subtotal_tax")) {
      if (before.signum() > 0) {
        BigDecimal part = WooJson.decimal(line, field).multiply(after);
        line.put(field, part.divide(before, java.math.MathContext.DECIMAL64).toPlainString());
      }
    }
    subtract(line, "total", WooJson.decimal(taken, "total").abs());
    subtract(line, "total_tax", WooJson.decimal(taken, "total_tax").abs());
    for (JsonNode tax : WooJson.list(taken, "taxes")) {
      for (JsonNode of : WooJson.list(order, "tax_lines")) {
        boolean same = WooJson.text(of, "rate_id").equals(WooJson.text(tax, "id"));
        if (same && of instanceof ObjectNode stands) {
          subtract(stands, "tax_total", WooJson.decimal(tax, "total").abs());
        }
      }
    }
  }

  private static void subtract(ObjectNode from, String field, BigDecimal amount) {
    from.put(field, WooJson.decimal(from, field).subtract(amount).toPlainString());
  }
}
