package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.GraphQl.node;

import dev.shopbell.commerce.ShopAction.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be changed in the fake shop, and what it refuses as Shopify does. */
final class FakeShopifyDoing {
  private static final Set<String> FOR_GOOD =
      Set.of(
          "orderCancel",
          "orderUpdate",
          "refundCreate",
          "orderEditCommit",
          "returnCreate",
          "draftOrderComplete",
          "discountCodeBasicCreate",
          "giftCardCreate");

  /** Told among the user errors. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String words) {
      super(words);
    }
  }

  private record Edit(
      FakeShopifyOrder order, Map<Long, Integer> quantities, List<Object[]> added) {}

  private final FakeShopifyServer shop;
  private final FakeShopifyMaking making;
  private final Map<Kind, Integer> happened = new EnumMap<>(Kind.class);
  private final Map<String, Map<String, Object>> refundsByKey = new HashMap<>();
  private final Map<String, Edit> edits = new HashMap<>();
  private @Nullable String refusing;

  FakeShopifyDoing(FakeShopifyServer shop) {
    this.shop = shop;
    this.making = new FakeShopifyMaking(shop, this);
  }

  boolean isForGood(List<String> fields) {
    return fields.stream().anyMatch(FOR_GOOD::contains);
  }

  FakeShopifyMaking making() {
    return making;
  }

  int happened(Kind kind) {
    return happened.getOrDefault(kind, 0);
  }

  void refuse(String words) {
    refusing = words;
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "orderCancel", "orderCancelUserErrors", "jobResult", this::cancel);
    put(fields, "orderUpdate", "userErrors", "order", this::update);
    put(fields, "refundCreate", "userErrors", "refund", this::refund);
    put(fields, "orderEditBegin", "userErrors", "calculatedOrder", this::beginEdit);
    put(fields, "orderEditSetQuantity", "userErrors", "calculatedOrder", this::setQuantity);
    put(fields, "orderEditAddVariant", "userErrors", "calculatedOrder", this::addVariant);
    put(fields, "orderEditCommit", "userErrors", "order", this::commitEdit);
    put(fields, "returnCreate", "userErrors", "return", making::createReturn);
    put(fields, "draftOrderCreate", "userErrors", "draftOrder", making::createDraft);
    put(fields, "draftOrderComplete", "userErrors", "draftOrder", making::completeDraft);
    put(fields, "orderInvoiceSend", "userErrors", "order", making::sendInvoice);
    put(
        fields,
        "discountCodeBasicCreate",
        "userErrors",
        "codeDiscountNode",
        making::createDiscount);
    put(fields, "giftCardCreate", "userErrors", "giftCard", making::createGiftCard);
    put(
        fields,
        "webhookSubscriptionCreate",
        "userErrors",
        "webhookSubscription",
        making::createSubscription);
    put(
        fields,
        "webhookSubscriptionDelete",
        "userErrors",
        "deletedWebhookSubscriptionId",
        arguments -> {
          shop.subscriptions.remove(arguments.get("id"));
          return arguments.get("id");
        });
    return fields;
  }

  private void put(
      Map<String, Object> fields,
      String name,
      String errors,
      String result,
      GraphQl.Resolver resolver) {
    fields.put(
        name,
        (GraphQl.Resolver)
            arguments -> {
              try {
                if (refusing != null && FOR_GOOD.contains(name)) {
                  String words = refusing;
                  refusing = null;
                  throw new Refusal(words);
                }
                return node("Payload", result, resolver.apply(arguments), errors, List.of());
              } catch (Refusal e) {
                return node(
                    "Payload",
                    result,
                    null,
                    errors,
                    List.of(node("UserError", "message", e.getMessage())));
              }
            });
  }

  void did(Kind kind) {
    happened.merge(kind, 1, Integer::sum);
  }

  FakeShopifyOrder order(Object gid) {
    FakeShopifyOrder order = shop.known((String) gid);
    if (order == null) {
      throw new Refusal("Order does not exist");
    }
    return order;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(@Nullable Object value) {
    return value == null ? List.of() : (List<Map<String, Object>>) value;
  }

  void cancelled(FakeShopifyOrder order, String reason, @Nullable String note) {
    order.cancelledAt = order.updatedAt;
    order.cancelReason = reason;
    order.staffNote = note;
    BigDecimal open = order.paid().subtract(order.refunded());
    order.backs.add(
        new FakeShopifyParts.Back(
            shop.nextId(),
            order.items.stream()
                .map(item -> new FakeShopifyParts.Part(item, item.standing()))
                .toList(),
            BigDecimal.ZERO,
            open,
            null,
            order.updatedAt));
  }

  private Object cancel(Map<String, Object> arguments) {
    FakeShopifyOrder order = order(arguments.get("orderId"));
    if (order.cancelledAt != null) {
      throw new Refusal("Order has already been cancelled");
    }
    if (!map(arguments.get("refundMethod")).equals(Map.of("originalPaymentMethodsRefund", true))) {
      throw new IllegalStateException("the fake gives back only to how it was paid");
    }
    order.updatedAt = shop.tick();
    cancelled(order, (String) arguments.get("reason"), (String) arguments.get("staffNote"));
    did(Kind.cancel);
    return job("gid://shopify/OrderCancelJobResult/" + order.id, false);
  }

  /** Under way at first, and done when it is asked for. */
  Object job(String gid) {
    return job(gid, true);
  }

  private static Map<String, Object> job(String gid, boolean done) {
    return node(
        "OrderCancelJobResult",
        "id",
        gid,
        "done",
        done,
        "status",
        done ? "SUCCEEDED" : "STARTED",
        "errors",
        List.of());
  }

  private Object update(Map<String, Object> arguments) {
    Map<String, Object> input = map(arguments.get("input"));
    FakeShopifyOrder order = order(input.get("id"));
    if (input.containsKey("note")) {
      order.note = (String) input.get("note");
      did(Kind.note);
    }
    if (input.containsKey("shippingAddress")) {
      order.address = address(map(input.get("shippingAddress")));
      did(Kind.change_address);
    }
    for (Map<String, Object> metafield : maps(input.get("metafields"))) {
      order.metafields.add((String) metafield.get("key"));
    }
    order.updatedAt = shop.tick();
    return order.shown();
  }

  static Map<String, Object> address(Map<String, Object> input) {
    return node(
        "MailingAddress",
        "name",
        (input.get("firstName") + " " + input.get("lastName")).strip(),
        "company",
        input.get("company"),
        "address1",
        input.get("address1"),
        "address2",
        input.get("address2"),
        "zip",
        input.get("zip"),
        "city",
        input.get("city"),
        "province",
        input.get("province"),
        "provinceCode",
        input.get("provinceCode"),
        "countryCodeV2",
        input.get("countryCode"),
        "phone",
        input.get("phone"));
  }

  private Object refund(Map<String, Object> arguments) {
    String key = (String) arguments.get("@idempotent.key");
    if (key == null) {
      throw new GraphQl.Failure("BAD_REQUEST", "refundCreate needs @idempotent", Map.of());
    }
    if (refundsByKey.containsKey(key)) {
      return refundsByKey.get(key);
    }
    Map<String, Object> input = map(arguments.get("input"));
    FakeShopifyOrder order = order(input.get("orderId"));
    if (!order.currency.equals(input.get("currency"))) {
      throw new Refusal("Currency must be the presentment currency");
    }
    List<FakeShopifyParts.Part> parts = new ArrayList<>();
    for (Map<String, Object> line : maps(input.get("refundLineItems"))) {
      if (!"NO_RESTOCK".equals(line.get("restockType")) && line.get("locationId") == null) {
        throw new Refusal("Location must be given to restock");
      }
      FakeShopifyParts.Item item =
          order.item(Long.parseLong(ShopifyValues.id((String) line.get("lineItemId"))));
      parts.add(new FakeShopifyParts.Part(item, (int) line.get("quantity")));
    }
    BigDecimal amount = BigDecimal.ZERO;
    for (Map<String, Object> transaction : maps(input.get("transactions"))) {
      if (order.payments.stream()
          .noneMatch(one ->
              ("gid://shopify/OrderTransaction/" + one.id()).equals(transaction.get("parentId")))) {
        throw new Refusal("Parent transaction does not exist");
      }
      amount = amount.add(new BigDecimal((String) transaction.get("amount")));
    }
    for (Map<String, Object> method : maps(input.get("refundMethods"))) {
      amount =
          amount.add(
              new BigDecimal(
                  (String) map(map(method.get("storeCreditRefund")).get("amount")).get("amount")));
    }
    if (amount.compareTo(order.paid().subtract(order.refunded())) > 0) {
      throw new Refusal("Refund amount is more than what can be refunded");
    }
    order.updatedAt = shop.tick();
    Object shipping = map(input.get("shipping")).get("amount");
    FakeShopifyParts.Back back =
        new FakeShopifyParts.Back(
            shop.nextId(),
            parts,
            shipping == null ? BigDecimal.ZERO : new BigDecimal((String) shipping),
            amount,
            (String) input.get("note"),
            order.updatedAt);
    order.backs.add(back);
    did(Kind.refund);
    Map<String, Object> shown = node("Refund", "id", "gid://shopify/Refund/" + back.id());
    refundsByKey.put(key, shown);
    return shown;
  }

  private Object beginEdit(Map<String, Object> arguments) {
    FakeShopifyOrder order = order(arguments.get("id"));
    if (order.cancelledAt != null) {
      throw new Refusal("The order cannot be edited.");
    }
    String id = "gid://shopify/CalculatedOrder/" + shop.nextId();
    edits.put(id, new Edit(order, new HashMap<>(), new ArrayList<>()));
    return node("CalculatedOrder", "id", id);
  }

  private Object setQuantity(Map<String, Object> arguments) {
    Edit edit = edits.get(arguments.get("id"));
    String line = (String) arguments.get("lineItemId");
    if (!line.startsWith("gid://shopify/CalculatedLineItem/")) {
      throw new IllegalStateException(line);
    }
    FakeShopifyParts.Item item = edit.order().item(Long.parseLong(ShopifyValues.id(line)));
    int quantity = (int) arguments.get("quantity");
    if (quantity < edit.order().sent(item)) {
      throw new Refusal("Quantity cannot be less than what was fulfilled");
    }
    edit.quantities().put(item.id, quantity);
    return node("CalculatedOrder", "id", arguments.get("id"));
  }

  private Object addVariant(Map<String, Object> arguments) {
    edits
        .get(arguments.get("id"))
        .added()
        .add(
            new Object[] {
              shop.variant((String) arguments.get("variantId")), arguments.get("quantity")
            });
    return node("CalculatedOrder", "id", arguments.get("id"));
  }

  /** What is taken out is a refund of nothing, as Shopify has it. */
  private Object commitEdit(Map<String, Object> arguments) {
    Edit edit = edits.remove(arguments.get("id"));
    FakeShopifyOrder order = edit.order();
    order.updatedAt = shop.tick();
    List<FakeShopifyParts.Part> out = new ArrayList<>();
    edit.quantities()
        .forEach((id, quantity) -> {
          FakeShopifyParts.Item item = order.item(id);
          if (quantity < item.standing()) {
            out.add(new FakeShopifyParts.Part(item, item.standing() - quantity));
            item.takenOut = item.quantity - quantity;
          } else {
            item.quantity = quantity + item.takenOut;
          }
        });
    for (Object[] one : edit.added()) {
      FakeShopifyGoods.Variant variant = (FakeShopifyGoods.Variant) one[0];
      order.items.add(
          new FakeShopifyParts.Item(
              shop.nextId(),
              variant,
              variant.title(),
              (int) one[1],
              variant.price(),
              BigDecimal.ZERO));
    }
    if (!out.isEmpty()) {
      order.backs.add(
          new FakeShopifyParts.Back(
              shop.nextId(), out, BigDecimal.ZERO, BigDecimal.ZERO, null, order.updatedAt));
    }
    did(Kind.change_items);
    return order.shown();
  }
}
