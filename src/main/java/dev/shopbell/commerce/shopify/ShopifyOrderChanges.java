package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.gid;
import static dev.shopbell.commerce.shopify.ShopifyValues.text;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.commerce.shopify.ShopifyActions.Payload;
import dev.shopbell.commerce.shopify.ShopifyApi.NoAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Cancels an order, notes something on it, has it sent elsewhere. */
@Component
class ShopifyOrderChanges {
  private static final String NAMESPACE = "shopbell";
  private static final int LONGEST_NOTE = 5_000;
  private static final int LONGEST_STAFF_NOTE = 255;

  /** Cancelling is a job of Shopify's, which usually takes less than a second. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(50),
          Duration.ofMillis(250),
          Duration.ofMillis(700),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4));

  private static final String LOOK =
      """
      query Look($id: ID!, $key: String!) {
        order(id: $id) {
          id note cancelledAt
          cancellation { staffNote }
          metafield(namespace: "shopbell", key: $key) { id }
        }
      }
      """;

  private static final String CANCEL =
      """
      mutation Cancel(
        $id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $note: String
      ) {
        orderCancel(
          orderId: $id, reason: $reason, restock: $restock, staffNote: $note,
          refundMethod: { originalPaymentMethodsRefund: true }, notifyCustomer: false
        ) {
          jobResult { id done status errors { message } }
          orderCancelUserErrors { message }
        }
      }
      """;

  private static final String JOB =
      """
      query CancelJob($id: ID!) {
        node(id: $id) { ... on OrderCancelJobResult { id done status errors { message } } }
      }
      """;

  private static final String UPDATE =
      """
      mutation Update($input: OrderInput!) {
        orderUpdate(input: $input) { order { id } userErrors { message } }
      }
      """;

  private final ShopifyApi api;

  ShopifyOrderChanges(ShopifyApi api) {
    this.api = api;
  }

  private JsonNode order(ShopLink link, OrderState order, Mark mark) throws ShopTrouble {
    return api.ask(link, LOOK, Map.of("id", gid("Order", order.externalId()), "key", mark.text()))
        .path("order");
  }

  @Nullable Outcome lookForMark(ShopLink link, OrderState order, Mark mark) throws ShopTrouble {
    JsonNode now = order(link, order, mark);
    if (!now.isObject()) {
      return ShopifyActions.gone();
    }
    return now.path("metafield").isObject() ? new Outcome.Done(null, null) : null;
  }

  @Nullable Outcome lookForCancellation(ShopLink link, OrderState order, Mark mark)
      throws ShopTrouble {
    JsonNode now = order(link, order, mark);
    if (!now.isObject()) {
      return ShopifyActions.gone();
    }
    if (text(now, "cancelledAt").isEmpty()) {
      return null;
    }
    return mark.isIn(text(now.path("cancellation"), "staffNote"))
        ? new Outcome.Done(null, null)
        : new Outcome.Refused("The order was cancelled already.");
  }

  Outcome cancel(ShopLink link, OrderState order, ShopAction.Cancel cancel, Mark mark)
      throws ShopTrouble, NoAnswer {
    String reason =
        switch (cancel.reason()) {
          case no_longer_needed, ordered_by_mistake -> "CUSTOMER";
          case out_of_stock -> "INVENTORY";
          case payment -> "DECLINED";
          case fraud -> "FRAUD";
          case other -> "OTHER";
        };
    JsonNode payload =
        api.change(
                link,
                CANCEL,
                Map.of(
                    "id",
                    gid("Order", order.externalId()),
                    "reason",
                    reason,
                    "restock",
                    cancel.restock(),
                    "note",
                    mark.in(cancel.reason().name().replace('_', ' '), LONGEST_STAFF_NOTE)))
            .path("orderCancel");
    Outcome refusal = ShopifyActions.refusal(payload, "orderCancelUserErrors");
    return refusal == null ? awaited(link, payload.path("jobResult")) : refusal;
  }

  private Outcome awaited(ShopLink link, JsonNode job) throws NoAnswer {
    String id = text(job, "id");
    JsonNode now = job;
    for (Duration pause : PAUSES) {
      if (now.path("done").asBoolean(false)) {
        Outcome refusal = ShopifyActions.refusal(now, "errors");
        if (refusal != null) {
          return refusal;
        }
        return text(now, "status").equals("FAILED")
            ? new Outcome.Refused("Shopify could not cancel the order.")
            : new Outcome.Done(null, null);
      }
      try {
        Thread.sleep(pause);
        now = api.ask(link, JOB, Map.of("id", id)).path("node");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      } catch (ShopTrouble e) {
        throw new NoAnswer(e.words());
      }
    }
    return new Outcome.Unknown("Shopify is still cancelling the order.");
  }

  Outcome note(ShopLink link, OrderState order, ShopAction.AddNote note, Mark mark)
      throws ShopTrouble, NoAnswer {
    String before = text(order(link, order, mark), "note");
    String all = before.isBlank() ? note.text() : before + "\n" + note.text();
    if (all.length() > LONGEST_NOTE) {
      return new Outcome.Refused(
          "A note on an order has at most " + LONGEST_NOTE + " characters in Shopify.");
    }
    return update(link, order, "note", all, mark);
  }

  Outcome address(ShopLink link, OrderState order, ShopAction.ChangeAddress change, Mark mark)
      throws ShopTrouble, NoAnswer {
    return update(link, order, "shippingAddress", ShopifyValues.address(change.address()), mark);
  }

  /** With the mark in the same request, so that there is none without the other. */
  private Outcome update(ShopLink link, OrderState order, String field, Object value, Mark mark)
      throws ShopTrouble, NoAnswer {
    Map<String, Object> input = new HashMap<>();
    input.put("id", gid("Order", order.externalId()));
    input.put(field, value);
    input.put(
        "metafields",
        List.of(
            Map.of(
                "namespace",
                NAMESPACE,
                "key",
                mark.text(),
                "type",
                "single_line_text_field",
                "value",
                field)));
    Payload payload = Payload.of(api, link, UPDATE, Map.of("input", input));
    return payload.refusal() == null ? new Outcome.Done(null, null) : payload.refusal();
  }
}
