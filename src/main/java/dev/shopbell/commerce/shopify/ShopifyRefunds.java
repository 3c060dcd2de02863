package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.gid;
import static dev.shopbell.commerce.shopify.ShopifyValues.id;
import static dev.shopbell.commerce.shopify.ShopifyValues.money;
import static dev.shopbell.commerce.shopify.ShopifyValues.text;

import dev.shopbell.commerce.Money;
import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopAction.RefundTo;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.commerce.shopify.ShopifyActions.Payload;
import dev.shopbell.commerce.shopify.ShopifyApi.NoAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Gives money back, to how it was paid or as store credit. */
@Component
class ShopifyRefunds {
  private static final int LONGEST_NOTE = 255;

  private static final String LOOK =
      """
      query LookForRefund($id: ID!) {
        order(id: $id) { id refunds(first: 100) { id note } }
      }
      """;

  /** What is left to be given back, and where unsent goods lie by default. */
  private static final String PLAN =
      """
      query PlanRefund($id: ID!, $restock: Boolean!) {
        order(id: $id) {
          id
          suggestedRefund(suggestFullRefund: true) {
            suggestedTransactions {
              gateway
              parentTransaction { id }
              amountSet { presentmentMoney { amount } }
              maximumRefundableSet { presentmentMoney { amount } }
            }
          }
        }
        location @include(if: $restock) { id }
      }
      """;

  private static final String REFUND =
      """
      mutation Refund($input: RefundInput!, $key: String!) {
        refundCreate(input: $input) @idempotent(key: $key) {
          refund { id }
          userErrors { message }
        }
      }
      """;

  private final ShopifyApi api;

  ShopifyRefunds(ShopifyApi api) {
    this.api = api;
  }

  @Nullable Outcome look(ShopLink link, OrderState order, Mark mark) throws ShopTrouble {
    JsonNode now =
        api.ask(link, LOOK, Map.of("id", gid("Order", order.externalId()))).path("order");
    if (!now.isObject()) {
      return ShopifyActions.gone();
    }
    for (JsonNode refund : now.path("refunds")) {
      if (mark.isIn(text(refund, "note"))) {
        return new Outcome.Done(id(refund), null);
      }
    }
    return null;
  }

  Outcome refund(ShopLink link, OrderState order, ShopAction.Refund refund, String key)
      throws ShopTrouble, NoAnswer {
    if (refund.to() == RefundTo.gift_card) {
      return new Outcome.Refused(
          "Shopify gives money back to how it was paid, or as store credit. A gift card is made"
              + " separately.");
    }
    boolean restock = refund.restock() && !refund.lines().isEmpty();
    JsonNode plan =
        api.ask(link, PLAN, Map.of("id", gid("Order", order.externalId()), "restock", restock));
    Map<String, Object> input = new HashMap<>();
    input.put("orderId", gid("Order", order.externalId()));
    input.put("currency", order.currency());
    input.put("note", Mark.of(key).in(refund.note(), LONGEST_NOTE));
    input.put("notify", false);
    input.put("refundLineItems", lines(order, refund, text(plan.path("location"), "id")));
    if (refund.shipping() > 0) {
      input.put("shipping", Map.of("amount", Money.decimal(refund.shipping(), order.currency())));
    }
    if (refund.lines().isEmpty()) {
      input.put("discrepancyReason", "OTHER");
    }
    if (refund.to() == RefundTo.store_credit) {
      input.put(
          "refundMethods",
          List.of(
              Map.of(
                  "storeCreditRefund",
                  Map.of("amount", money(refund.amount(), order.currency())))));
    } else {
      List<Map<String, String>> transactions = transactions(order, refund.amount(), plan);
      if (transactions == null) {
        return new Outcome.Refused(
            "Less than "
                + new Money(refund.amount(), order.currency())
                + " can be given back to how it was paid.");
      }
      input.put("transactions", transactions);
    }
    Payload payload = Payload.of(api, link, REFUND, Map.of("input", input, "key", key));
    return payload.refusal() == null
        ? new Outcome.Done(id(payload.node().path("refund")), null)
        : payload.refusal();
  }

  /** Back to where it came from, one payment after the other; null if that is not enough. */
  private static @Nullable List<Map<String, String>> transactions(
      OrderState order, long amount, JsonNode plan) {
    List<Map<String, String>> transactions = new ArrayList<>();
    long open = amount;
    JsonNode suggested = plan.path("order").path("suggestedRefund").path("suggestedTransactions");
    for (JsonNode one : suggested) {
      JsonNode most = one.path("maximumRefundableSet");
      long left = money(most.isObject() ? most : one.path("amountSet"), order.currency());
      long part = Math.min(open, left);
      String parent = text(one.path("parentTransaction"), "id");
      if (part > 0 && !parent.isEmpty()) {
        transactions.add(
            Map.of(
                "orderId",
                gid("Order", order.externalId()),
                "parentId",
                parent,
                "gateway",
                text(one, "gateway"),
                "kind",
                "REFUND",
                "amount",
                Money.decimal(part, order.currency())));
        open -= part;
      }
    }
    return open == 0 ? transactions : null;
  }

  /** What has not left is taken out of the order, what has left is expected back. */
  private static List<Map<String, Object>> lines(
      OrderState order, ShopAction.Refund refund, String location) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (OrderState.LineQuantity wanted : refund.lines()) {
      int unsent =
          order.lines().stream()
              .filter(line -> line.externalId().equals(wanted.lineId()))
              .mapToInt(line -> line.quantity() - order.sent(line) - order.refunded(line))
              .findFirst()
              .orElse(0);
      Map<String, Object> line = new HashMap<>();
      line.put("lineItemId", gid("LineItem", wanted.lineId()));
      line.put("quantity", wanted.quantity());
      if (refund.restock() && !location.isEmpty()) {
        line.put("restockType", wanted.quantity() <= unsent ? "CANCEL" : "RETURN");
        line.put("locationId", location);
      } else {
        line.put("restockType", "NO_RESTOCK");
      }
      lines.add(line);
    }
    return lines;
  }
}
