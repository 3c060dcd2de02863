package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.GraphQl.connection;
import static dev.shopbell.commerce.shopify.GraphQl.list;
import static dev.shopbell.commerce.shopify.GraphQl.node;

import dev.shopbell.commerce.shopify.FakeShopifyParts.Back;
import dev.shopbell.commerce.shopify.FakeShopifyParts.Item;
import dev.shopbell.commerce.shopify.FakeShopifyParts.Payment;
import dev.shopbell.commerce.shopify.FakeShopifyParts.Return;
import dev.shopbell.commerce.shopify.FakeShopifyParts.Sent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** An order in the fake shop, and how Shopify shows it. */
final class FakeShopifyOrder {
  final long id;
  String name = "";
  final String currency;
  Instant placedAt = Instant.EPOCH;
  Instant updatedAt = Instant.EPOCH;
  Instant cancelledAt;
  String staffNote;
  String cancelReason;
  boolean taxesIncluded;
  String note;
  String email;
  long customerId;
  Map<String, Object> address;
  BigDecimal shipping = BigDecimal.ZERO;
  BigDecimal tax = BigDecimal.ZERO;
  BigDecimal stated;
  boolean free;
  Instant deliveredAt;
  final Set<String> tags = new LinkedHashSet<>();
  final Set<String> metafields = new LinkedHashSet<>();
  final List<Item> items = new ArrayList<>();
  final List<Payment> payments = new ArrayList<>();
  final List<Back> backs = new ArrayList<>();
  final List<Sent> sent = new ArrayList<>();
  final List<Return> returns = new ArrayList<>();

  FakeShopifyOrder(long id, String currency) {
    this.id = id;
    this.currency = currency;
  }

  String gid() {
    return "gid://shopify/Order/" + id;
  }

  Item item(long itemId) {
    return items.stream().filter(one -> one.id == itemId).findFirst().orElse(null);
  }

  BigDecimal total() {
    if (stated != null) {
      return stated;
    }
    BigDecimal total = shipping.add(taxesIncluded ? BigDecimal.ZERO : tax);
    for (Item item : items) {
      total =
          total.add(item.price.multiply(BigDecimal.valueOf(item.quantity))).subtract(item.discount);
    }
    return total;
  }

  BigDecimal paid() {
    return payments.stream().map(Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  BigDecimal refunded() {
    return backs.stream().map(Back::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  int sent(Item item) {
    return sent.stream()
        .filter(one -> one.part().item() == item)
        .mapToInt(one -> one.part().quantity())
        .sum();
  }

  private String financial() {
    if (paid().signum() == 0) {
      return free ? "PAID" : cancelledAt != null ? "VOIDED" : "PENDING";
    }
    if (refunded().signum() > 0) {
      return refunded().compareTo(paid()) >= 0 ? "REFUNDED" : "PARTIALLY_REFUNDED";
    }
    return paid().compareTo(total()) < 0 ? "PARTIALLY_PAID" : "PAID";
  }

  private String fulfilment() {
    int standing = items.stream().mapToInt(Item::standing).sum();
    int gone = items.stream().mapToInt(this::sent).sum();
    return gone == 0 ? "UNFULFILLED" : gone < standing ? "PARTIALLY_FULFILLED" : "FULFILLED";
  }

  static String amount(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return (plain.scale() < 1 ? plain.setScale(1) : plain).toPlainString();
  }

  /** What the customer pays, and something else in the shop's own currency. */
  Map<String, Object> bag(BigDecimal value) {
    BigDecimal own =
        currency.equals("EUR")
            ? value
            : value.multiply(new BigDecimal("0.37")).setScale(2, RoundingMode.HALF_UP);
    return node(
        "MoneyBag",
        "presentmentMoney",
        node("MoneyV2", "amount", amount(value), "currencyCode", currency),
        "shopMoney",
        node("MoneyV2", "amount", amount(own), "currencyCode", "EUR"));
  }

  static <T> List<Map<String, Object>> each(List<T> all, Function<T, Map<String, Object>> shown) {
    return all.stream().map(shown).toList();
  }

  static String time(Instant at) {
    return at == null ? null : at.toString();
  }

  Map<String, Object> shown() {
    boolean known = customerId != 0;
    Map<String, Object> taxLine = node("TaxLine", "title", "VAT", "priceSet", bag(tax));
    return node(
        "Order",
        "id",
        gid(),
        "name",
        name,
        "createdAt",
        time(placedAt),
        "processedAt",
        time(placedAt),
        "updatedAt",
        time(updatedAt),
        "cancelledAt",
        time(cancelledAt),
        "cancelReason",
        cancelReason,
        "cancellation",
        cancelledAt == null ? null : node("OrderCancellation", "staffNote", staffNote),
        "presentmentCurrencyCode",
        currency,
        "taxesIncluded",
        taxesIncluded,
        "dutiesIncluded",
        false,
        "test",
        false,
        "note",
        note,
        "tags",
        List.copyOf(tags),
        "email",
        email,
        "phone",
        null,
        "customerLocale",
        "de-DE",
        "discountCodes",
        List.of(),
        "displayFinancialStatus",
        financial(),
        "displayFulfillmentStatus",
        fulfilment(),
        "returnStatus",
        returns.isEmpty() ? "NO_RETURN" : "IN_PROGRESS",
        "customAttributes",
        List.of(),
        "customer",
        !known
            ? null
            : node(
                "Customer",
                "id",
                "gid://shopify/Customer/" + customerId,
                "firstName",
                "Ada",
                "lastName",
                "Lovelace",
                "defaultEmailAddress",
                email == null ? null : node("CustomerEmailAddress", "emailAddress", email),
                "defaultPhoneNumber",
                null),
        "shippingAddress",
        address,
        "billingAddress",
        address,
        "totalPriceSet",
        bag(total()),
        "totalTaxSet",
        bag(tax),
        "originalTotalDutiesSet",
        null,
        "taxLines",
        tax.signum() == 0 ? List.of() : List.of(taxLine),
        "additionalFees",
        List.of(),
        "shippingLines",
        connection(
            "ShippingLine",
            shipping.signum() == 0
                ? List.of()
                : List.of(
                    node(
                        "ShippingLine", "title", "Standard", "discountedPriceSet", bag(shipping)))),
        "lineItems",
        connection("LineItem", each(items, this::line)),
        "transactions",
        list(each(payments, this::transaction)),
        "refunds",
        list(each(backs, this::refund)),
        "fulfillments",
        list(each(sent, this::fulfilment)),
        "returns",
        connection("Return", each(returns, this::returned)),
        "metafield",
        (GraphQl.Resolver)
            arguments ->
                arguments.get("namespace").equals("shopbell")
                        && metafields.contains(arguments.get("key"))
                    ? node("Metafield", "id", "gid://shopify/Metafield/1")
                    : null,
        "suggestedRefund",
        (GraphQl.Resolver) arguments -> FakeShopifyMaking.suggested(this, arguments));
  }

  private Map<String, Object> line(Item item) {
    FakeShopifyGoods.Variant variant = item.variant;
    return node(
        "LineItem",
        "id",
        "gid://shopify/LineItem/" + item.id,
        "title",
        item.title,
        "variantTitle",
        variant == null ? null : variant.size(),
        "sku",
        variant == null ? null : "SKU-" + variant.id(),
        "quantity",
        item.quantity,
        "requiresShipping",
        true,
        "product",
        variant == null
            ? null
            : node("Product", "id", "gid://shopify/Product/" + variant.productId()),
        "variant",
        variant == null ? null : variant.shown(),
        "image",
        null,
        "customAttributes",
        List.of(),
        "originalUnitPriceSet",
        bag(item.price),
        "discountAllocations",
        item.discount.signum() == 0
            ? List.of()
            : List.of(node("DiscountAllocation", "allocatedAmountSet", bag(item.discount))));
  }

  Map<String, Object> transaction(Payment payment) {
    return node(
        "OrderTransaction",
        "id",
        "gid://shopify/OrderTransaction/" + payment.id(),
        "kind",
        payment.kind(),
        "status",
        "SUCCESS",
        "createdAt",
        time(payment.at()),
        "processedAt",
        time(payment.at()),
        "formattedGateway",
        "Shopify Payments",
        "accountNumber",
        "•••• •••• •••• 4242",
        "amountSet",
        bag(payment.amount()),
        "paymentDetails",
        node("CardPaymentDetails", "company", "Visa", "number", "•••• •••• •••• 4242"));
  }

  private Map<String, Object> refund(Back back) {
    return node(
        "Refund",
        "id",
        "gid://shopify/Refund/" + back.id(),
        "note",
        back.note(),
        "createdAt",
        time(back.at()),
        "processedAt",
        time(back.at()),
        "totalRefundedSet",
        bag(back.amount()),
        "return",
        null,
        "refundLineItems",
        connection(
            "RefundLineItem",
            each(
                back.parts(),
                part ->
                    node(
                        "RefundLineItem",
                        "quantity",
                        part.quantity(),
                        "lineItem",
                        line(part.item()),
                        "subtotalSet",
                        bag(part.item().price.multiply(BigDecimal.valueOf(part.quantity()))),
                        "totalTaxSet",
                        bag(BigDecimal.ZERO)))),
        "refundShippingLines",
        connection(
            "RefundShippingLine",
            back.shipping().signum() == 0
                ? List.of()
                : List.of(
                    node(
                        "RefundShippingLine",
                        "subtotalAmountSet",
                        bag(back.shipping()),
                        "taxAmountSet",
                        bag(BigDecimal.ZERO)))));
  }

  Map<String, Object> sentLine(Sent one) {
    return node(
        "FulfillmentLineItem",
        "id",
        "gid://shopify/FulfillmentLineItem/" + one.lineId(),
        "quantity",
        one.part().quantity(),
        "lineItem",
        line(one.part().item()));
  }

  private Map<String, Object> fulfilment(Sent one) {
    return node(
        "Fulfillment",
        "id",
        "gid://shopify/Fulfillment/" + one.id(),
        "createdAt",
        time(one.at()),
        "status",
        "SUCCESS",
        "displayStatus",
        deliveredAt == null ? "FULFILLED" : "DELIVERED",
        "inTransitAt",
        null,
        "deliveredAt",
        time(deliveredAt),
        "estimatedDeliveryAt",
        null,
        "trackingInfo",
        list(
            List.of(
                node(
                    "FulfillmentTrackingInfo",
                    "company",
                    one.carrier(),
                    "number",
                    one.number(),
                    "url",
                    "https://track.example.com/" + one.number()))),
        "fulfillmentLineItems",
        connection("FulfillmentLineItem", List.of(sentLine(one))),
        "events",
        connection("FulfillmentEvent", List.of()));
  }

  private Map<String, Object> returned(Return one) {
    return node(
        "Return",
        "id",
        "gid://shopify/Return/" + one.id(),
        "returnLineItems",
        connection(
            "ReturnLineItemType",
            each(one.parts(), part -> node("ReturnLineItem", "returnReasonNote", one.note()))));
  }
}
