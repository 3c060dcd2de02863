package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.address;
import static dev.shopbell.commerce.shopify.ShopifyValues.id;
import static dev.shopbell.commerce.shopify.ShopifyValues.idOrNull;
import static dev.shopbell.commerce.shopify.ShopifyValues.money;
import static dev.shopbell.commerce.shopify.ShopifyValues.text;
import static dev.shopbell.commerce.shopify.ShopifyValues.textOrNull;
import static dev.shopbell.commerce.shopify.ShopifyValues.time;

import dev.shopbell.commerce.FulfilmentState;
import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.PaymentState;
import dev.shopbell.commerce.PostalAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one order as {@link ShopifyOrders} asks for it. */
final class ShopifyOrder {
  private final JsonNode order;
  private final List<JsonNode> lines;
  private final String currency;
  private final Instant placedAt;
  private final boolean taxesIncluded;
  private final Map<String, Removed> removed = new HashMap<>();
  private long removedTax;

  /**
   * What was taken out of a line when the order was edited.
   *
   * @param value after discounts
   */
  private record Removed(int quantity, long value) {}

  /**
   * @param lines all of them, also those that did not fit into {@code order}
   */
  ShopifyOrder(JsonNode order, List<JsonNode> lines) {
    this.order = order;
    this.lines = lines;
    this.currency = text(order, "presentmentCurrencyCode");
    this.placedAt = time(order, "processedAt", time(order, "createdAt", Instant.EPOCH));
    this.taxesIncluded = order.path("taxesIncluded").asBoolean(false);
  }

  OrderState state() {
    findRemoved();
    Instant cancelledAt = time(order, "cancelledAt");
    OrderState state =
        new OrderState(
            id(order),
            text(order, "name"),
            placedAt,
            time(order, "updatedAt", placedAt),
            currency,
            buyer(),
            payment(),
            fulfilment(),
            cancelledAt == null
                ? null
                : new OrderState.Cancellation(
                    cancelledAt, lower(textOrNull(order, "cancelReason"))),
            lines.stream().map(this::line).filter(line -> line.quantity() > 0).toList(),
            charges(),
            taxes(),
            new ShopifyPayments(order, currency, placedAt).read(),
            refunds(),
            ShopifyParcels.read(order, placedAt),
            strings(order.path("discountCodes")),
            address(order.path("shippingAddress")),
            address(order.path("billingAddress")),
            textOrNull(order, "note"),
            order.path("test").asBoolean(false),
            attributes());
    long stated = money(order.path("totalPriceSet"), currency);
    // Shopify's total is the one before anything was taken out
    return state.total() == stated ? state : state.balanced(stated - removedValue());
  }

  private static @Nullable String lower(@Nullable String name) {
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(one -> one.stringValue("")).toList();
  }

  /** An edit that takes something out is a refund of no money to Shopify; so is a cancellation. */
  private void findRemoved() {
    Instant cancelledAt = time(order, "cancelledAt");
    for (JsonNode refund : order.path("refunds")) {
      Instant at = time(refund, "createdAt", placedAt);
      boolean byCancelling =
          cancelledAt != null && at.isAfter(cancelledAt.minus(Duration.ofMinutes(1)));
      if (isMoneyBack(refund) || byCancelling) {
        continue;
      }
      for (JsonNode one : refund.path("refundLineItems").path("nodes")) {
        removed.merge(
            id(one.path("lineItem")),
            new Removed(one.path("quantity").asInt(0), money(one.path("subtotalSet"), currency)),
            (a, b) -> new Removed(a.quantity() + b.quantity(), a.value() + b.value()));
        removedTax += money(one.path("totalTaxSet"), currency);
      }
    }
  }

  private boolean isMoneyBack(JsonNode refund) {
    return money(refund.path("totalRefundedSet"), currency) != 0
        || refund.path("return").isObject();
  }

  private long removedValue() {
    return removed.values().stream().mapToLong(Removed::value).sum()
        + (taxesIncluded ? 0 : removedTax);
  }

  private OrderState.Buyer buyer() {
    JsonNode customer = order.path("customer");
    String email = textOrNull(order, "email");
    String phone = textOrNull(order, "phone");
    String name = (text(customer, "firstName") + " " + text(customer, "lastName")).strip();
    return new OrderState.Buyer(
        idOrNull(customer),
        email == null ? textOrNull(customer.path("defaultEmailAddress"), "emailAddress") : email,
        phone == null ? textOrNull(customer.path("defaultPhoneNumber"), "phoneNumber") : phone,
        name.isEmpty() ? nameOnAddress() : name,
        textOrNull(order, "customerLocale"));
  }

  private @Nullable String nameOnAddress() {
    PostalAddress billed = address(order.path("billingAddress"));
    PostalAddress shipped = address(order.path("shippingAddress"));
    return billed != null && billed.name() != null
        ? billed.name()
        : shipped == null ? null : shipped.name();
  }

  private PaymentState payment() {
    return switch (text(order, "displayFinancialStatus")) {
      case "AUTHORIZED" -> PaymentState.authorized;
      case "PARTIALLY_PAID" -> PaymentState.partially_paid;
      case "PAID" -> PaymentState.paid;
      case "PARTIALLY_REFUNDED" -> PaymentState.partially_refunded;
      case "REFUNDED" -> PaymentState.refunded;
      case "VOIDED", "EXPIRED" -> PaymentState.voided;
      default -> PaymentState.pending;
    };
  }

  private FulfilmentState fulfilment() {
    return switch (text(order, "displayFulfillmentStatus")) {
      case "FULFILLED", "FULFILLMENT_NOT_REQUIRED" -> FulfilmentState.fulfilled;
      case "PARTIALLY_FULFILLED" -> FulfilmentState.partial;
      default -> FulfilmentState.unfulfilled;
    };
  }

  private OrderState.Line line(JsonNode line) {
    String id = id(line);
    long unit = money(line.path("originalUnitPriceSet"), currency);
    long discount = 0;
    for (JsonNode one : line.path("discountAllocations")) {
      discount += money(one.path("allocatedAmountSet"), currency);
    }
    Removed gone = removed.getOrDefault(id, new Removed(0, 0));
    String variant = textOrNull(line, "variantTitle");
    return new OrderState.Line(
        id,
        idOrNull(line.path("product")),
        idOrNull(line.path("variant")),
        textOrNull(line, "sku"),
        text(line, "title"),
        "Default Title".equals(variant) ? null : variant,
        line.path("quantity").asInt(0) - gone.quantity(),
        unit,
        discount - (unit * gone.quantity() - gone.value()),
        line.path("requiresShipping").asBoolean(true),
        textOrNull(line.path("image"), "url"),
        options(line));
  }

  /** Those of the variant, and what was entered besides, as an engraving. */
  private static Map<String, String> options(JsonNode line) {
    Map<String, String> options = new LinkedHashMap<>();
    for (JsonNode option : line.path("variant").path("selectedOptions")) {
      if (!text(option, "value").equals("Default Title")) {
        options.put(text(option, "name"), text(option, "value"));
      }
    }
    for (JsonNode entered : line.path("customAttributes")) {
      // By custom, what begins so is not for people.
      if (!text(entered, "key").startsWith("_")) {
        options.put(text(entered, "key"), text(entered, "value"));
      }
    }
    return options;
  }

  private List<OrderState.Charge> charges() {
    List<OrderState.Charge> charges = new ArrayList<>();
    for (JsonNode shipping : order.path("shippingLines").path("nodes")) {
      charges.add(
          new OrderState.Charge(
              OrderState.ChargeKind.shipping,
              text(shipping, "title"),
              money(shipping.path("discountedPriceSet"), currency)));
    }
    for (JsonNode fee : order.path("additionalFees")) {
      charges.add(
          new OrderState.Charge(
              OrderState.ChargeKind.fee, text(fee, "name"), money(fee.path("price"), currency)));
    }
    long duties = money(order.path("originalTotalDutiesSet"), currency);
    if (duties != 0 && !order.path("dutiesIncluded").asBoolean(false)) {
      charges.add(new OrderState.Charge(OrderState.ChargeKind.duty, "", duties));
    }
    return charges;
  }

  /** All that there is for one tax on lines is one entry; what shipping adds is the rest. */
  private List<OrderState.Tax> taxes() {
    Map<String, Long> amounts = new LinkedHashMap<>();
    long known = 0;
    for (JsonNode tax : order.path("taxLines")) {
      long amount = money(tax.path("priceSet"), currency);
      amounts.merge(text(tax, "title"), amount, Long::sum);
      known += amount;
    }
    long rest = money(order.path("totalTaxSet"), currency) - known;
    if (rest != 0) {
      String title = amounts.isEmpty() ? "" : amounts.keySet().iterator().next();
      amounts.merge(title, rest, Long::sum);
    }
    long gone = removedTax;
    List<OrderState.Tax> taxes = new ArrayList<>();
    for (Map.Entry<String, Long> tax : amounts.entrySet()) {
      long less = Math.min(gone, tax.getValue());
      gone -= less;
      if (tax.getValue() != less) {
        taxes.add(new OrderState.Tax(tax.getKey(), tax.getValue() - less, taxesIncluded));
      }
    }
    return taxes;
  }

  private List<OrderState.Refund> refunds() {
    List<OrderState.Refund> refunds = new ArrayList<>();
    for (JsonNode refund : order.path("refunds")) {
      if (!isMoneyBack(refund)) {
        continue;
      }
      long shipping = 0;
      for (JsonNode one : refund.path("refundShippingLines").path("nodes")) {
        shipping += money(one.path("subtotalAmountSet"), currency);
        shipping += taxesIncluded ? 0 : money(one.path("taxAmountSet"), currency);
      }
      refunds.add(
          new OrderState.Refund(
              id(refund),
              money(refund.path("totalRefundedSet"), currency),
              shipping,
              time(refund, "processedAt", time(refund, "createdAt", placedAt)),
              Mark.without(textOrNull(refund, "note")),
              quantities(refund.path("refundLineItems").path("nodes"))));
    }
    return refunds;
  }

  static List<OrderState.LineQuantity> quantities(JsonNode nodes) {
    return nodes
        .valueStream()
        .map(one ->
            new OrderState.LineQuantity(id(one.path("lineItem")), one.path("quantity").asInt(0)))
        .toList();
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (JsonNode one : order.path("customAttributes")) {
      if (!text(one, "key").startsWith("_")) {
        attributes.put(text(one, "key"), text(one, "value"));
      }
    }
    List<String> tags =
        strings(order.path("tags")).stream().filter(tag -> !Mark.isOne(tag)).toList();
    if (!tags.isEmpty()) {
      attributes.put("Tags", String.join(", ", tags));
    }
    String returned = text(order, "returnStatus");
    if (!returned.isEmpty() && !returned.equals("NO_RETURN")) {
      attributes.put("Return", returned.toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    return attributes;
  }
}
