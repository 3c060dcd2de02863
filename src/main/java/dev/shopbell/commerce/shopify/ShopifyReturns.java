package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.gid;
import static dev.shopbell.commerce.shopify.ShopifyValues.id;
import static dev.shopbell.commerce.shopify.ShopifyValues.text;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ShopAction.Swap;
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

/** Opens returns, with what is sent instead where it is an exchange. */
@Component
class ShopifyReturns {
  private static final int LONGEST_NOTE = 255;

  private static final String LOOK =
      """
      query LookForReturn($id: ID!) {
        order(id: $id) {
          id
          returns(first: 50) {
            nodes { id returnLineItems(first: 50) { nodes { returnReasonNote } } }
          }
        }
      }
      """;

  private static final String RETURNABLE =
      """
      query Returnable($id: ID!) {
        returnableFulfillments(orderId: $id, first: 50) {
          nodes {
            returnableFulfillmentLineItems(first: 100) {
              nodes { quantity fulfillmentLineItem { id lineItem { id } } }
            }
          }
        }
      }
      """;

  private static final String CREATE =
      """
      mutation Return($input: ReturnInput!) {
        returnCreate(returnInput: $input) { return { id } userErrors { message } }
      }
      """;

  private final ShopifyApi api;

  ShopifyReturns(ShopifyApi api) {
    this.api = api;
  }

  @Nullable Outcome look(ShopLink link, OrderState order, Mark mark) throws ShopTrouble {
    JsonNode now =
        api.ask(link, LOOK, Map.of("id", gid("Order", order.externalId()))).path("order");
    if (!now.isObject()) {
      return ShopifyActions.gone();
    }
    for (JsonNode one : now.path("returns").path("nodes")) {
      for (JsonNode line : one.path("returnLineItems").path("nodes")) {
        if (mark.isIn(text(line, "returnReasonNote"))) {
          return new Outcome.Done(id(one), null);
        }
      }
    }
    return null;
  }

  /**
   * @param swaps what is sent instead; empty for a return
   */
  Outcome create(
      ShopLink link,
      OrderState order,
      List<LineQuantity> lines,
      List<Swap> swaps,
      @Nullable String reason,
      Mark mark)
      throws ShopTrouble, NoAnswer {
    String note = mark.in(reason, LONGEST_NOTE);
    List<Map<String, Object>> back = new ArrayList<>();
    Map<String, Integer> taken = new HashMap<>();
    List<JsonNode> returnable = returnable(link, order);
    for (LineQuantity line : lines) {
      int open = line.quantity();
      for (JsonNode one : returnable) {
        JsonNode sent = one.path("fulfillmentLineItem");
        String sentId = text(sent, "id");
        int left = one.path("quantity").asInt(0) - taken.getOrDefault(sentId, 0);
        int part = Math.min(open, left);
        if (part > 0 && id(sent.path("lineItem")).equals(line.lineId())) {
          back.add(
              Map.of(
                  "fulfillmentLineItemId",
                  sentId,
                  "quantity",
                  part,
                  "returnReason",
                  "OTHER",
                  "returnReasonNote",
                  note));
          taken.merge(sentId, part, Integer::sum);
          open -= part;
        }
      }
      if (open > 0) {
        return new Outcome.Refused(
            "Only " + (line.quantity() - open) + " of it can be sent back, says Shopify.");
      }
    }
    Map<String, Object> input = new HashMap<>();
    input.put("orderId", gid("Order", order.externalId()));
    input.put("returnLineItems", back);
    if (!swaps.isEmpty()) {
      input.put(
          "exchangeLineItems",
          swaps.stream()
              .map(swap ->
                  Map.of(
                      "variantId",
                      gid("ProductVariant", swap.variantId()),
                      "quantity",
                      swap.quantity()))
              .toList());
    }
    Payload payload = Payload.of(api, link, CREATE, Map.of("input", input));
    return payload.refusal() == null
        ? new Outcome.Done(id(payload.node().path("return")), null)
        : payload.refusal();
  }

  private List<JsonNode> returnable(ShopLink link, OrderState order) throws ShopTrouble {
    return api.ask(link, RETURNABLE, Map.of("id", gid("Order", order.externalId())))
        .path("returnableFulfillments")
        .path("nodes")
        .valueStream()
        .flatMap(fulfilment ->
            fulfilment.path("returnableFulfillmentLineItems").path("nodes").valueStream())
        .toList();
  }
}
