package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.FakeShopifyDoing.address;
import static dev.shopbell.commerce.shopify.FakeShopifyDoing.map;
import static dev.shopbell.commerce.shopify.FakeShopifyDoing.maps;
import static dev.shopbell.commerce.shopify.GraphQl.node;

import dev.shopbell.commerce.ShopAction.Kind;
import dev.shopbell.commerce.shopify.FakeShopifyDoing.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be made in the fake shop: returns, orders, codes, cards, registrations. */
final class FakeShopifyMaking {
  private static final class Draft {
    final String id;
    final Map<String, Object> input;
    @Nullable FakeShopifyOrder order;

    Draft(String id, Map<String, Object> input) {
      this.id = id;
      this.input = input;
    }
  }

  private final FakeShopifyServer shop;
  private final FakeShopifyDoing doing;
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<String, Map<String, Object>> discounts = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> cards = new LinkedHashMap<>();

  FakeShopifyMaking(FakeShopifyServer shop, FakeShopifyDoing doing) {
    this.shop = shop;
    this.doing = doing;
  }

  private int returnable(FakeShopifyOrder order, FakeShopifyParts.Sent sent) {
    int gone =
        order.returns.stream()
            .flatMap(one -> one.parts().stream())
            .filter(part -> part.item() == sent.part().item())
            .mapToInt(FakeShopifyParts.Part::quantity)
            .sum();
    return Math.max(0, sent.part().quantity() - gone);
  }

  Object returnable(Map<String, Object> arguments) {
    FakeShopifyOrder order = doing.order(arguments.get("orderId"));
    return GraphQl.connection(
            "ReturnableFulfillment",
            order.sent.stream()
                .filter(sent -> returnable(order, sent) > 0)
                .map(sent ->
                    node(
                        "ReturnableFulfillment",
                        "returnableFulfillmentLineItems",
                        GraphQl.connection(
                            "ReturnableFulfillmentLineItem",
                            List.of(
                                node(
                                    "ReturnableFulfillmentLineItem",
                                    "quantity",
                                    returnable(order, sent),
                                    "fulfillmentLineItem",
                                    order.sentLine(sent))))))
                .toList())
        .apply(arguments);
  }

  Object createReturn(Map<String, Object> arguments) {
    Map<String, Object> input = map(arguments.get("returnInput"));
    FakeShopifyOrder order = doing.order(input.get("orderId"));
    List<FakeShopifyParts.Part> parts = new ArrayList<>();
    String note = "";
    for (Map<String, Object> line : maps(input.get("returnLineItems"))) {
      FakeShopifyParts.Sent sent =
          order.sent.stream()
              .filter(one ->
                  ("gid://shopify/FulfillmentLineItem/" + one.lineId())
                      .equals(line.get("fulfillmentLineItemId")))
              .findFirst()
              .orElseThrow();
      int quantity = (int) line.get("quantity");
      if (quantity > returnable(order, sent)) {
        throw new Refusal("Quantity is more than can be returned");
      }
      parts.add(new FakeShopifyParts.Part(sent.part().item(), quantity));
      note = (String) line.get("returnReasonNote");
    }
    List<Map<String, Object>> instead = maps(input.get("exchangeLineItems"));
    instead.forEach(one -> shop.variant((String) one.get("variantId")));
    FakeShopifyParts.Return back = new FakeShopifyParts.Return(shop.nextId(), parts, note);
    order.returns.add(back);
    order.updatedAt = shop.tick();
    doing.did(instead.isEmpty() ? Kind.return_items : Kind.exchange);
    return node("Return", "id", "gid://shopify/Return/" + back.id());
  }

  Object createDraft(Map<String, Object> arguments) {
    Draft draft =
        new Draft("gid://shopify/DraftOrder/" + shop.nextId(), map(arguments.get("input")));
    drafts.add(draft);
    return shown(draft);
  }

  private static Map<String, Object> shown(Draft draft) {
    FakeShopifyOrder order = draft.order;
    return node(
        "DraftOrder",
        "id",
        draft.id,
        "tags",
        draft.input.get("tags"),
        "order",
        order == null ? null : order.shown());
  }

  /** The search knows nothing yet. */
  Object drafts(Map<String, Object> arguments) {
    List<Map<String, Object>> all =
        arguments.containsKey("query")
            ? List.of()
            : drafts.reversed().stream().map(FakeShopifyMaking::shown).toList();
    return GraphQl.connection("DraftOrder", all).apply(arguments);
  }

  Object completeDraft(Map<String, Object> arguments) {
    Draft draft =
        drafts.stream().filter(one -> one.id.equals(arguments.get("id"))).findFirst().orElseThrow();
    if (draft.order != null) {
      throw new Refusal("This order has already been completed");
    }
    Map<String, Object> input = draft.input;
    FakeShopifyOrder order = new FakeShopifyOrder(shop.nextId(), "EUR");
    order.name = "#" + (1001 + shop.orders.size());
    order.placedAt = shop.tick();
    order.updatedAt = order.placedAt;
    order.email = (String) input.get("email");
    order.note = (String) input.get("note");
    order.address =
        input.containsKey("shippingAddress") ? address(map(input.get("shippingAddress"))) : null;
    boolean discounted = input.containsKey("appliedDiscount");
    for (Map<String, Object> line : maps(input.get("lineItems"))) {
      FakeShopifyGoods.Variant variant = shop.variant((String) line.get("variantId"));
      int quantity = (int) line.get("quantity");
      BigDecimal all = variant.price().multiply(BigDecimal.valueOf(quantity));
      order.items.add(
          new FakeShopifyParts.Item(
              shop.nextId(),
              variant,
              variant.title(),
              quantity,
              variant.price(),
              discounted ? all.setScale(2, RoundingMode.UNNECESSARY) : BigDecimal.ZERO));
    }
    order.free = order.total().signum() == 0;
    if (!order.free && !Boolean.TRUE.equals(arguments.get("paymentPending"))) {
      order.payments.add(
          new FakeShopifyParts.Payment(shop.nextId(), "SALE", order.total(), order.placedAt));
    }
    for (Object tag : (List<?>) input.get("tags")) {
      order.tags.add((String) tag);
    }
    shop.orders.put(order.id, order);
    draft.order = order;
    doing.did(discounted ? Kind.resend : Kind.place_order);
    return shown(draft);
  }

  Object sendInvoice(Map<String, Object> arguments) {
    return doing.order(arguments.get("id")).shown();
  }

  Object createDiscount(Map<String, Object> arguments) {
    Map<String, Object> input = map(arguments.get("basicCodeDiscount"));
    String code = (String) input.get("code");
    if (discounts.containsKey(code)) {
      throw new Refusal("Code must be unique. Please try a different code.");
    }
    Map<String, Object> shown =
        node(
            "DiscountCodeNode",
            "id",
            "gid://shopify/DiscountCodeNode/" + shop.nextId(),
            "codeDiscount",
            node("DiscountCodeBasic", "tags", input.get("tags")));
    discounts.put(code, shown);
    doing.did(Kind.discount_code);
    return shown;
  }

  Object discount(Map<String, Object> arguments) {
    return discounts.get(arguments.get("code"));
  }

  Object createGiftCard(Map<String, Object> arguments) {
    Map<String, Object> input = map(arguments.get("input"));
    String code = (String) input.get("code");
    if (!code.matches("[a-z0-9]{8,20}")) {
      throw new Refusal("Code is invalid");
    }
    if (cards.containsKey(code)) {
      throw new Refusal("Code has already been taken");
    }
    Map<String, Object> shown =
        node(
            "GiftCard", "id", "gid://shopify/GiftCard/" + shop.nextId(), "note", input.get("note"));
    cards.put(code, shown);
    doing.did(Kind.gift_card);
    return shown;
  }

  Object giftCards(Map<String, Object> arguments) {
    return GraphQl.connection("GiftCard", new ArrayList<>(cards.values()).reversed())
        .apply(arguments);
  }

  Object createSubscription(Map<String, Object> arguments) {
    String id = "gid://shopify/WebhookSubscription/" + shop.nextId();
    String uri = (String) map(arguments.get("webhookSubscription")).get("uri");
    if (!uri.startsWith("https://")) {
      throw new Refusal("Address protocol http:// is not supported");
    }
    shop.subscriptions.put(id, new String[] {(String) arguments.get("topic"), uri});
    return node("WebhookSubscription", "id", id);
  }

  static Map<String, Object> suggested(FakeShopifyOrder order, Map<String, Object> arguments) {
    if (!Boolean.TRUE.equals(arguments.get("suggestFullRefund"))) {
      throw new IllegalStateException("the fake knows only how to give back everything");
    }
    BigDecimal open = order.paid().subtract(order.refunded());
    return node(
        "SuggestedRefund",
        "suggestedTransactions",
        FakeShopifyOrder.each(
            order.payments,
            payment ->
                node(
                    "SuggestedOrderTransaction",
                    "gateway",
                    "shopify_payments",
                    "parentTransaction",
                    order.transaction(payment),
                    "amountSet",
                    order.bag(open),
                    "maximumRefundableSet",
                    order.bag(open))));
  }
}
