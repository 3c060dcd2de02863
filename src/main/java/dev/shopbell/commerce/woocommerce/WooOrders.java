package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.FulfilmentState;
import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.OrderState.Charge;
import dev.shopbell.commerce.OrderState.ChargeKind;
import dev.shopbell.commerce.OrderState.Line;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.OrderState.Parcel;
import dev.shopbell.commerce.OrderState.PaymentKind;
import dev.shopbell.commerce.PaymentState;
import dev.shopbell.commerce.ShopTrouble;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads an order. Where prices hold their tax, WooCommerce still keeps net amounts and taxes side
 * by side, so what customers saw is their sum.
 */
final class WooOrders {
  private static final Set<String> CORE =
      Set.of("pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed");

  /** Statuses of usual plug-ins besides {@code completed}. */
  private static final Set<String> SENT = Set.of("completed", "shipped", "delivered", "done");

  /** What is not an order yet, or no more. */
  private static final Set<String> NO_ORDER =
      Set.of("auto-draft", "draft", "checkout-draft", "trash", "new");

  private static final Pattern LONG_NUMBER = Pattern.compile("\\d[\\d -]{4,}(\\d{4})");
  private static final int MOST_OPTIONS = 20;

  private WooOrders() {}

  static boolean isOrder(JsonNode order) {
    return !NO_ORDER.contains(status(order));
  }

  static String status(JsonNode order) {
    return WooJson.text(order, "status");
  }

  /** Whether nothing of it can be changed any more. */
  static boolean isOver(JsonNode order) {
    String status = status(order);
    return SENT.contains(status) || Set.of("cancelled", "refunded", "failed").contains(status);
  }

  static boolean isPaid(JsonNode order) {
    return WooJson.at(order, "date_paid_gmt") != null;
  }

  /**
   * @param refunds as {@code /orders/{id}/refunds} lists them
   * @param fulfilments as {@code /orders/{id}/fulfillments} lists them
   * @throws ShopTrouble if no sense can be made of it
   */
  static OrderState read(JsonNode order, List<JsonNode> refunds, List<JsonNode> fulfilments)
      throws ShopTrouble {
    try {
      return state(
          WooTaken.without(order, refunds),
          refunds.stream().filter(refund -> !WooTaken.isTakenOut(refund)).toList(),
          fulfilments);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new ShopTrouble(
          ShopTrouble.Kind.invalid,
          "The order with the id " + WooJson.id(order, "id") + " has amounts that make no sense.");
    }
  }

  private static OrderState state(
      JsonNode order, List<JsonNode> refundList, List<JsonNode> fulfilments) throws ShopTrouble {
    String currency = WooJson.text(order, "currency");
    Instant placed = WooJson.at(order, "date_created_gmt");
    Instant changed = WooJson.at(order, "date_modified_gmt");
    String id = WooJson.id(order, "id");
    if (id.isEmpty() || placed == null || currency.isEmpty()) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, "This is no order of WooCommerce.");
    }
    long stated = WooJson.minor(WooJson.decimal(order, "total"), currency);
    boolean included = order.path("prices_include_tax").asBoolean(false);
    boolean physical = order.path("needs_processing").asBoolean(true);
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : WooJson.list(order, "line_items")) {
      lines.add(line(line, currency, included, physical));
    }
    List<OrderState.Refund> refunds = refunds(refundList, currency);
    List<Parcel> parcels = WooParcels.read(order, fulfilments, lines);
    String status = status(order);
    return new OrderState(
            id,
            "#" + WooJson.text(order, "number"),
            placed,
            changed == null ? placed : changed,
            currency,
            buyer(order),
            payment(order, stated, refunds),
            fulfilment(order, lines, parcels, refunds),
            status.equals("cancelled")
                ? new OrderState.Cancellation(changed == null ? placed : changed, null)
                : null,
            List.copyOf(lines),
            charges(order, currency, included),
            taxes(order, currency, included),
            payments(order, stated, placed),
            refunds,
            parcels,
            codes(order),
            WooJson.address(order.path("shipping")),
            WooJson.address(order.path("billing")),
            note(order),
            WooJson.metaText(order, "_wcpay_mode").equals("test"),
            CORE.contains(status) ? Map.of() : Map.of("Status", status))
        .balanced(stated);
  }

  /** The customer's, and what was noted through us. */
  private static @Nullable String note(JsonNode order) {
    List<String> notes = new ArrayList<>();
    notes.add(WooJson.text(order, "customer_note"));
    for (JsonNode meta : WooJson.list(order, "meta_data")) {
      if (WooJson.text(meta, "key").startsWith(Mark.NOTE)) {
        notes.add(WooJson.text(meta, "value"));
      }
    }
    String all = String.join("\n", notes).strip();
    return all.isEmpty() ? null : all;
  }

  private static OrderState.Buyer buyer(JsonNode order) {
    JsonNode billing = order.path("billing");
    String account = WooJson.id(order, "customer_id");
    String name = WooJson.name(billing);
    String phone = WooJson.text(billing, "phone");
    String locale = WooJson.metaText(order, "wpml_language");
    return new OrderState.Buyer(
        account.isEmpty() ? null : account,
        WooJson.orNull(billing, "email"),
        phone.isEmpty() ? WooJson.orNull(order.path("shipping"), "phone") : phone,
        name.isEmpty() ? WooJson.orNull(billing, "company") : name,
        locale.isEmpty() ? null : locale);
  }

  /** Of something with {@code total} and {@code total_tax}, or the same of another name. */
  static BigDecimal seen(JsonNode item, String field, boolean included) {
    BigDecimal net = WooJson.decimal(item, field);
    return included ? net.add(WooJson.decimal(item, field + "_tax")) : net;
  }

  private static Line line(JsonNode line, String currency, boolean included, boolean physical) {
    // Some plug-ins sell by weight: what is not whole counts as one more.
    int quantity =
        WooJson.decimal(line, "quantity").setScale(0, RoundingMode.CEILING).intValueExact();
    long total = WooJson.minor(seen(line, "total", included), currency);
    long before = Math.max(total, WooJson.minor(seen(line, "subtotal", included), currency));
    long unit = quantity > 0 ? Math.ceilDiv(before, quantity) : 0;
    Map<String, String> options = options(line);
    String parent = WooJson.text(line, "parent_name");
    String product = WooJson.id(line, "product_id");
    String variation = WooJson.id(line, "variation_id");
    String image = WooJson.text(line.path("image"), "src");
    String variant = variation.isEmpty() ? product : variation;
    return new Line(
        WooJson.id(line, "id"),
        product.isEmpty() ? null : product,
        variant.isEmpty() ? null : variant,
        WooJson.orNull(line, "sku"),
        WooJson.plain(parent.isEmpty() ? WooJson.text(line, "name") : parent),
        options.isEmpty() ? null : String.join(" / ", options.values()),
        quantity,
        unit,
        unit * quantity - total,
        physical,
        image.isEmpty() ? null : image,
        options);
  }

  /** What was chosen. Keys that begin with an underscore are the plug-ins' own business. */
  private static Map<String, String> options(JsonNode line) {
    Map<String, String> options = new LinkedHashMap<>();
    for (JsonNode meta : WooJson.list(line, "meta_data")) {
      String value = WooJson.plain(WooJson.text(meta, "display_value"));
      boolean shown = !WooJson.text(meta, "key").startsWith("_") && !value.isEmpty();
      if (shown && value.length() <= 200 && options.size() < MOST_OPTIONS) {
        options.put(WooJson.plain(WooJson.text(meta, "display_key")), value);
      }
    }
    return options;
  }

  private static List<Charge> charges(JsonNode order, String currency, boolean included) {
    List<Charge> charges = new ArrayList<>();
    for (JsonNode shipping : WooJson.list(order, "shipping_lines")) {
      charges.add(
          new Charge(
              ChargeKind.shipping,
              WooJson.plain(WooJson.text(shipping, "method_title")),
              WooJson.minor(seen(shipping, "total", included), currency)));
    }
    for (JsonNode fee : WooJson.list(order, "fee_lines")) {
      long amount = WooJson.minor(seen(fee, "total", included), currency);
      charges.add(
          new Charge(
              amount < 0 ? ChargeKind.discount : ChargeKind.fee,
              WooJson.plain(WooJson.text(fee, "name")),
              amount));
    }
    return List.copyOf(charges);
  }

  private static List<OrderState.Tax> taxes(JsonNode order, String currency, boolean included) {
    List<OrderState.Tax> taxes = new ArrayList<>();
    for (JsonNode tax : WooJson.list(order, "tax_lines")) {
      BigDecimal amount =
          WooJson.decimal(tax, "tax_total").add(WooJson.decimal(tax, "shipping_tax_total"));
      taxes.add(
          new OrderState.Tax(
              WooJson.plain(WooJson.text(tax, "label")),
              WooJson.minor(amount, currency),
              included));
    }
    return List.copyOf(taxes);
  }

  private static List<String> codes(JsonNode order) {
    return WooJson.list(order, "coupon_lines").stream()
        .map(coupon -> WooJson.text(coupon, "code"))
        .filter(code -> !code.isEmpty())
        .toList();
  }

  private static PaymentState payment(
      JsonNode order, long stated, List<OrderState.Refund> refunds) {
    long refunded = refunds.stream().mapToLong(OrderState.Refund::amount).sum();
    String status = status(order);
    if (status.equals("refunded") || (refunded > 0 && refunded >= stated)) {
      return PaymentState.refunded;
    }
    if (refunded > 0) {
      return PaymentState.partially_refunded;
    }
    if (isPaid(order) || (stated == 0 && !status.equals("pending"))) {
      return PaymentState.paid;
    }
    if (status.equals("cancelled")) {
      return PaymentState.voided;
    }
    boolean held = status.equals("on-hold") && !WooJson.text(order, "transaction_id").isEmpty();
    return held ? PaymentState.authorized : PaymentState.pending;
  }

  private static List<OrderState.Payment> payments(JsonNode order, long stated, Instant placed) {
    String transaction = WooJson.text(order, "transaction_id");
    Instant paid = WooJson.at(order, "date_paid_gmt");
    PaymentKind kind;
    if (paid != null) {
      kind = PaymentKind.capture;
    } else if (status(order).equals("failed")) {
      kind = PaymentKind.failed;
    } else if (status(order).equals("on-hold") && !transaction.isEmpty()) {
      kind = PaymentKind.authorization;
    } else {
      return List.of();
    }
    String title = WooJson.plain(WooJson.text(order, "payment_method_title"));
    String method = title.isEmpty() ? WooJson.text(order, "payment_method") : title;
    return List.of(
        new OrderState.Payment(
            transaction.isEmpty() ? null : transaction,
            kind,
            masked(method.isEmpty() ? "Without a method" : method),
            stated,
            paid == null ? placed : paid));
  }

  /** Some gateways write the number of an account behind the method's name. */
  private static String masked(String method) {
    return LONG_NUMBER.matcher(method).replaceAll("•••• $1");
  }

  private static List<OrderState.Refund> refunds(List<JsonNode> list, String currency)
      throws ShopTrouble {
    List<OrderState.Refund> refunds = new ArrayList<>();
    for (JsonNode refund : list) {
      Instant at = WooJson.at(refund, "date_created_gmt");
      if (at == null) {
        throw new ShopTrouble(ShopTrouble.Kind.invalid, "This is no refund of WooCommerce.");
      }
      BigDecimal shipping = BigDecimal.ZERO;
      for (JsonNode line : WooJson.list(refund, "shipping_lines")) {
        shipping = shipping.add(seen(line, "total", true).abs());
      }
      List<LineQuantity> lines = new ArrayList<>();
      for (JsonNode line : WooJson.list(refund, "line_items")) {
        int quantity = Math.abs(line.path("quantity").asInt(0));
        String of = WooJson.metaText(line, "_refunded_item_id");
        if (quantity > 0 && !of.isEmpty()) {
          lines.add(new LineQuantity(of, quantity));
        }
      }
      refunds.add(
          new OrderState.Refund(
              WooJson.id(refund, "id"),
              WooJson.minor(WooJson.decimal(refund, "amount").abs(), currency),
              WooJson.minor(shipping, currency),
              at,
              WooJson.plainOrNull(refund, "reason"),
              List.copyOf(lines)));
    }
    return List.copyOf(refunds);
  }

  private static FulfilmentState fulfilment(
      JsonNode order, List<Line> lines, List<Parcel> parcels, List<OrderState.Refund> refunds) {
    String status = status(order);
    boolean completed =
        status.equals("refunded") && WooJson.at(order, "date_completed_gmt") != null;
    if (SENT.contains(status) || completed) {
      return FulfilmentState.fulfilled;
    }
    boolean something = status.startsWith("partial") && status.endsWith("shipped");
    boolean everything = !lines.isEmpty();
    for (Line line : lines) {
      int sent = sum(parcels.stream().flatMap(parcel -> parcel.lines().stream()).toList(), line);
      int back = sum(refunds.stream().flatMap(refund -> refund.lines().stream()).toList(), line);
      something |= sent > 0;
      everything &= sent >= line.quantity() - back;
    }
    something |= !parcels.isEmpty();
    if (something) {
      return everything ? FulfilmentState.fulfilled : FulfilmentState.partial;
    }
    return FulfilmentState.unfulfilled;
  }

  private static int sum(List<LineQuantity> all, Line line) {
    return all.stream()
        .filter(one -> one.lineId().equals(line.externalId()))
        .mapToInt(LineQuantity::quantity)
        .sum();
  }

  static @Nullable JsonNode lineOf(JsonNode order, String lineId) {
    for (JsonNode line : WooJson.list(order, "line_items")) {
      if (WooJson.id(line, "id").equals(lineId)) {
        return line;
      }
    }
    return null;
  }
}
