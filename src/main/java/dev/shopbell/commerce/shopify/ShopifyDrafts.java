package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.gid;
import static dev.shopbell.commerce.shopify.ShopifyValues.id;
import static dev.shopbell.commerce.shopify.ShopifyValues.money;
import static dev.shopbell.commerce.shopify.ShopifyValues.text;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.PostalAddress;
import dev.shopbell.commerce.ShopAction;
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

/**
 * Places orders, by a draft: Shopify reckons prices, taxes and stock then, and the draft with our
 * mark on it becomes an order once only.
 */
@Component
class ShopifyDrafts {
  private static final int MOST_LINES = 250;

  /** The newest drafts as they stand, and those that the search knows, which is a little behind. */
  private static final String LOOK =
      """
      query LookForDraft($query: String!) {
        newest: draftOrders(first: 50, sortKey: ID, reverse: true) {
          nodes { id tags order { id } }
        }
        tagged: draftOrders(first: 5, query: $query) { nodes { id tags order { id } } }
      }
      """;

  private static final String CREATE =
      """
      mutation Draft($input: DraftOrderInput!) {
        draftOrderCreate(input: $input) { draftOrder { id } userErrors { message } }
      }
      """;

  private static final String COMPLETE =
      """
      mutation CompleteDraft($id: ID!, $unpaid: Boolean!) {
        draftOrderComplete(id: $id, paymentPending: $unpaid) {
          draftOrder { order { id } }
          userErrors { message }
        }
      }
      """;

  private static final String INVOICE =
      """
      mutation AskToPay($id: ID!, $email: EmailInput) {
        orderInvoiceSend(id: $id, email: $email) { order { id } userErrors { message } }
      }
      """;

  private final ShopifyApi api;

  ShopifyDrafts(ShopifyApi api) {
    this.api = api;
  }

  @Nullable Outcome look(ShopLink link, Mark mark) throws ShopTrouble {
    JsonNode draft = draft(link, mark);
    return draft != null && draft.path("order").isObject()
        ? new Outcome.Done(id(draft.path("order")), null)
        : null;
  }

  private @Nullable JsonNode draft(ShopLink link, Mark mark) throws ShopTrouble {
    JsonNode data = api.ask(link, LOOK, Map.of("query", "tag:'" + mark.text() + "'"));
    for (String list : List.of("newest", "tagged")) {
      for (JsonNode draft : data.path(list).path("nodes")) {
        if (draft.path("tags").valueStream().anyMatch(tag -> mark.text().equals(tag.asString()))) {
          return draft;
        }
      }
    }
    return null;
  }

  Outcome resend(ShopLink link, OrderState order, ShopAction.Resend resend, Mark mark)
      throws ShopTrouble, NoAnswer {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (LineQuantity wanted : resend.lines()) {
      OrderState.Line line =
          order.lines().stream()
              .filter(one -> one.externalId().equals(wanted.lineId()))
              .findFirst()
              .orElse(null);
      if (line == null) {
        return new Outcome.Refused("That is not in the order.");
      }
      lines.add(again(line, wanted.quantity(), order.currency()));
    }
    Map<String, Object> input = new HashMap<>();
    input.put("note", "Sent again for " + order.number());
    input.put("presentmentCurrencyCode", order.currency());
    input.put(
        "appliedDiscount",
        Map.of(
            "title",
            "Sent again for " + order.number(),
            "value",
            100.0,
            "valueType",
            "PERCENTAGE"));
    if (order.buyer().email() != null) {
      input.put("email", order.buyer().email());
    }
    if (order.buyer().externalId() != null) {
      input.put(
          "purchasingEntity", Map.of("customerId", gid("Customer", order.buyer().externalId())));
    }
    PostalAddress address = resend.address() == null ? order.shipTo() : resend.address();
    if (address != null) {
      input.put("shippingAddress", ShopifyValues.address(address));
    }
    return complete(link, input, lines, false, mark);
  }

  private static Map<String, Object> again(OrderState.Line line, int quantity, String currency) {
    Map<String, Object> again = new HashMap<>();
    again.put("quantity", quantity);
    if (line.variantId() != null) {
      again.put("variantId", gid("ProductVariant", line.variantId()));
    } else {
      again.put("title", line.title());
      again.put("originalUnitPriceWithCurrency", money(line.unitPrice(), currency));
      again.put("requiresShipping", line.shipped());
    }
    return again;
  }

  Outcome place(ShopLink link, ShopAction.PlaceOrder place, Mark mark)
      throws ShopTrouble, NoAnswer {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (ShopAction.Wanted wanted : place.items()) {
      lines.add(
          Map.of(
              "variantId",
              gid("ProductVariant", wanted.variantId()),
              "quantity",
              wanted.quantity()));
    }
    Map<String, Object> input = new HashMap<>();
    input.put("email", place.email());
    input.put("shippingAddress", ShopifyValues.address(place.address()));
    if (place.note() != null) {
      input.put("note", place.note());
    }
    Outcome outcome = complete(link, input, lines, !place.paid(), mark);
    if (!place.paid() && outcome instanceof Outcome.Done done && done.reference() != null) {
      askToPay(link, done.reference(), place.email());
    }
    return outcome;
  }

  /**
   * @param unpaid whether the order waits for its payment
   */
  private Outcome complete(
      ShopLink link,
      Map<String, Object> input,
      List<Map<String, Object>> lines,
      boolean unpaid,
      Mark mark)
      throws ShopTrouble, NoAnswer {
    if (lines.size() > MOST_LINES) {
      return new Outcome.Refused("An order that we place has at most " + MOST_LINES + " lines.");
    }
    JsonNode draft = draft(link, mark);
    String id = draft == null ? "" : text(draft, "id");
    if (id.isEmpty()) {
      input.put("lineItems", lines);
      input.put("tags", List.of(mark.text()));
      Payload created = Payload.of(api, link, CREATE, Map.of("input", input));
      if (created.refusal() != null) {
        return created.refusal();
      }
      id = text(created.node().path("draftOrder"), "id");
    }
    Payload done = Payload.of(api, link, COMPLETE, Map.of("id", id, "unpaid", unpaid));
    return done.refusal() == null
        ? new Outcome.Done(id(done.node().path("draftOrder").path("order")), null)
        : done.refusal();
  }

  /** The order stands by then: where no mail can be sent, its page at Shopify shows it. */
  private void askToPay(ShopLink link, String orderId, String email) {
    try {
      api.change(link, INVOICE, Map.of("id", gid("Order", orderId), "email", Map.of("to", email)));
    } catch (ShopTrouble | NoAnswer e) {
      // the order is waiting for its payment either way
    }
  }
}
