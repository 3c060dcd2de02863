package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.gid;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.commerce.shopify.ShopifyActions.Payload;
import dev.shopbell.commerce.shopify.ShopifyApi.NoAnswer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Edits what is in an order. Nothing holds until the edit is committed, and an edit leaves no mark
 * that could be found: whether it was done is seen by what is in the order.
 */
@Component
class ShopifyItems {
  private static final int LONGEST_STAFF_NOTE = 255;

  private static final String BEGIN =
      """
      mutation BeginEdit($id: ID!) {
        orderEditBegin(id: $id) {
          calculatedOrder { id }
          userErrors { message }
        }
      }
      """;

  private static final String SET =
      """
      mutation SetQuantity($id: ID!, $line: ID!, $quantity: Int!) {
        orderEditSetQuantity(id: $id, lineItemId: $line, quantity: $quantity, restock: true) {
          userErrors { message }
        }
      }
      """;

  private static final String ADD =
      """
      mutation AddVariant($id: ID!, $variant: ID!, $quantity: Int!) {
        orderEditAddVariant(
          id: $id, variantId: $variant, quantity: $quantity, allowDuplicates: true
        ) {
          userErrors { message }
        }
      }
      """;

  private static final String COMMIT =
      """
      mutation CommitEdit($id: ID!, $note: String) {
        orderEditCommit(id: $id, notifyCustomer: false, staffNote: $note) {
          order { id }
          userErrors { message }
        }
      }
      """;

  private final ShopifyApi api;
  private final ShopifyOrders orders;

  ShopifyItems(ShopifyApi api, ShopifyOrders orders) {
    this.api = api;
    this.orders = orders;
  }

  /**
   * @param lines of the order before, by what shall stand of them
   * @param added variants, by how many
   */
  private record Goal(Map<String, Integer> lines, Map<String, Integer> added) {
    static Goal before(OrderState order) {
      Map<String, Integer> lines = new HashMap<>();
      for (OrderState.Line line : order.lines()) {
        lines.put(line.externalId(), line.quantity());
      }
      return new Goal(lines, Map.of());
    }

    static Goal of(OrderState order, ShopAction.ChangeItems change) {
      Map<String, Integer> lines = before(order).lines();
      for (LineQuantity one : change.quantities()) {
        lines.put(one.lineId(), one.quantity());
      }
      Map<String, Integer> added = new HashMap<>();
      for (ShopAction.Swap swap : change.swaps()) {
        lines.merge(swap.lineId(), -swap.quantity(), Integer::sum);
        added.merge(swap.variantId(), swap.quantity(), Integer::sum);
      }
      return new Goal(lines, added);
    }

    /** How an order stands now that was {@code before}. */
    static Goal reached(OrderState before, OrderState now) {
      Map<String, Integer> lines = new HashMap<>();
      for (OrderState.Line line : before.lines()) {
        lines.put(line.externalId(), 0);
      }
      Set<String> old = new HashSet<>(lines.keySet());
      Map<String, Integer> added = new HashMap<>();
      for (OrderState.Line line : now.lines()) {
        if (old.contains(line.externalId())) {
          lines.put(line.externalId(), line.quantity());
        } else {
          added.merge(String.valueOf(line.variantId()), line.quantity(), Integer::sum);
        }
      }
      return new Goal(lines, added);
    }
  }

  @Nullable Outcome look(ShopLink link, OrderState before, ShopAction.ChangeItems change)
      throws ShopTrouble {
    List<OrderState> now = orders.some(link, List.of(before.externalId()));
    if (now.isEmpty()) {
      return ShopifyActions.gone();
    }
    Goal reached = Goal.reached(before, now.getFirst());
    if (reached.equals(Goal.of(before, change))) {
      return new Outcome.Done(null, null);
    }
    return reached.equals(Goal.before(before))
        ? null
        : new Outcome.Unknown("What is in the order has changed in the shop meanwhile.");
  }

  Outcome change(ShopLink link, OrderState order, ShopAction.ChangeItems change, Mark mark)
      throws ShopTrouble, NoAnswer {
    Payload begun = draft(link, BEGIN, Map.of("id", gid("Order", order.externalId())));
    if (begun.refusal() != null) {
      return begun.refusal();
    }
    String edit = begun.node().path("calculatedOrder").path("id").stringValue("");
    Goal goal = Goal.of(order, change);
    for (Map.Entry<String, Integer> line : goal.lines().entrySet()) {
      if (line.getValue().equals(Goal.before(order).lines().get(line.getKey()))) {
        continue;
      }
      if (line.getValue() < 0) {
        return new Outcome.Refused("More would be taken out than is in the order.");
      }
      // Of a line that is in the order already, both ids end in the same number.
      Outcome refusal =
          draft(
                  link,
                  SET,
                  Map.of(
                      "id",
                      edit,
                      "line",
                      gid("CalculatedLineItem", line.getKey()),
                      "quantity",
                      line.getValue()))
              .refusal();
      if (refusal != null) {
        return refusal;
      }
    }
    for (Map.Entry<String, Integer> variant : goal.added().entrySet()) {
      Outcome refusal =
          draft(
                  link,
                  ADD,
                  Map.of(
                      "id",
                      edit,
                      "variant",
                      gid("ProductVariant", variant.getKey()),
                      "quantity",
                      variant.getValue()))
              .refusal();
      if (refusal != null) {
        return refusal;
      }
    }
    Payload done =
        Payload.of(
            api,
            link,
            COMMIT,
            Map.of("id", edit, "note", mark.in("Changed by an agent", LONGEST_STAFF_NOTE)));
    return done.refusal() == null ? new Outcome.Done(null, null) : done.refusal();
  }

  /** What holds only once it is committed: without an answer, nothing has happened. */
  private Payload draft(ShopLink link, String document, Map<String, ?> variables)
      throws ShopTrouble {
    try {
      JsonNode payload = api.ask(link, document, variables).valueStream().findFirst().orElseThrow();
      return new Payload(payload, ShopifyActions.refusal(payload, "userErrors"));
    } catch (NoAnswer e) {
      throw new ShopTrouble(ShopTrouble.Kind.unreachable, e.words());
    }
  }
}
