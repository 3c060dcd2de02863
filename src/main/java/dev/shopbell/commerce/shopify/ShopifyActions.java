package dev.shopbell.commerce.shopify;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.commerce.shopify.ShopifyApi.NoAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Does things in the shop. Before each it is looked whether it was done with the same key: but for
 * refunds Shopify tells no repeat apart. The customer gets no mail of Shopify's for it, but for the
 * one that asks for a payment: who answers them says it.
 */
@Component
class ShopifyActions {
  private final ShopifyOrderChanges changes;
  private final ShopifyRefunds refunds;
  private final ShopifyItems items;
  private final ShopifyReturns returns;
  private final ShopifyDrafts drafts;
  private final ShopifyGifts gifts;

  ShopifyActions(
      ShopifyOrderChanges changes,
      ShopifyRefunds refunds,
      ShopifyItems items,
      ShopifyReturns returns,
      ShopifyDrafts drafts,
      ShopifyGifts gifts) {
    this.changes = changes;
    this.refunds = refunds;
    this.items = items;
    this.returns = returns;
    this.drafts = drafts;
    this.gifts = gifts;
  }

  Outcome act(ShopLink link, @Nullable OrderState order, ShopAction action, String key)
      throws ShopTrouble {
    Outcome seen = look(link, order, action, key);
    if (seen instanceof Outcome.Unknown unknown) {
      return new Outcome.Refused(unknown.words());
    }
    if (seen != null) {
      return seen;
    }
    Mark mark = Mark.of(key);
    try {
      return switch (action) {
        case ShopAction.Cancel cancel -> changes.cancel(link, known(order), cancel, mark);
        case ShopAction.AddNote note -> changes.note(link, known(order), note, mark);
        case ShopAction.ChangeAddress change -> changes.address(link, known(order), change, mark);
        case ShopAction.Refund refund -> refunds.refund(link, known(order), refund, key);
        case ShopAction.ChangeItems change -> items.change(link, known(order), change, mark);
        case ShopAction.Return back ->
            returns.create(link, known(order), back.lines(), List.of(), back.reason(), mark);
        case ShopAction.Exchange exchange ->
            returns.create(
                link,
                known(order),
                exchange.swaps().stream()
                    .map(swap -> new OrderState.LineQuantity(swap.lineId(), swap.quantity()))
                    .toList(),
                exchange.swaps(),
                exchange.reason(),
                mark);
        case ShopAction.Resend resend -> drafts.resend(link, known(order), resend, mark);
        case ShopAction.PlaceOrder place -> drafts.place(link, place, mark);
        case ShopAction.DiscountCode code -> gifts.discount(link, code, mark);
        case ShopAction.GiftCard card -> gifts.giftCard(link, card, key);
      };
    } catch (NoAnswer e) {
      return new Outcome.Unknown(e.words());
    }
  }

  Outcome find(ShopLink link, @Nullable OrderState before, ShopAction action, String key)
      throws ShopTrouble {
    Outcome seen = look(link, before, action, key);
    return seen == null ? new Outcome.Refused("Shopify has not done it.") : seen;
  }

  /** What the shop shows of it; null where it was not done and can be. */
  private @Nullable Outcome look(
      ShopLink link, @Nullable OrderState order, ShopAction action, String key) throws ShopTrouble {
    Mark mark = Mark.of(key);
    return switch (action) {
      case ShopAction.Cancel _ -> changes.lookForCancellation(link, known(order), mark);
      case ShopAction.AddNote _, ShopAction.ChangeAddress _ ->
          changes.lookForMark(link, known(order), mark);
      case ShopAction.Refund _ -> refunds.look(link, known(order), mark);
      case ShopAction.ChangeItems change -> items.look(link, known(order), change);
      case ShopAction.Return _, ShopAction.Exchange _ -> returns.look(link, known(order), mark);
      case ShopAction.Resend _, ShopAction.PlaceOrder _ -> drafts.look(link, mark);
      case ShopAction.DiscountCode code -> gifts.lookForDiscount(link, code, mark);
      case ShopAction.GiftCard _ -> gifts.lookForGiftCard(link, key);
    };
  }

  private static OrderState known(@Nullable OrderState order) {
    if (order == null) {
      throw new IllegalArgumentException("This concerns an order.");
    }
    return order;
  }

  static Outcome gone() {
    return new Outcome.Refused("This order is no longer in the shop.");
  }

  /**
   * What a mutation answered, if it is no refusal.
   *
   * @param list where its errors stand
   * @return null if there are none
   */
  static @Nullable Outcome refusal(JsonNode payload, String list) throws NoAnswer {
    if (!payload.isObject()) {
      throw new NoAnswer("What Shopify answered makes no sense.");
    }
    List<String> words = new ArrayList<>();
    for (JsonNode error : payload.path(list)) {
      words.add(error.path("message").stringValue(""));
    }
    return words.isEmpty() ? null : new Outcome.Refused(String.join(" ", words));
  }

  /** Of {@code data}, one mutation with its {@code userErrors}. */
  record Payload(JsonNode node, @Nullable Outcome refusal) {
    static Payload of(ShopifyApi api, ShopLink link, String document, Map<String, ?> variables)
        throws ShopTrouble, NoAnswer {
      JsonNode first = api.change(link, document, variables).valueStream().findFirst().orElse(null);
      if (first == null) {
        throw new NoAnswer("What Shopify answered makes no sense.");
      }
      return new Payload(first, ShopifyActions.refusal(first, "userErrors"));
    }
  }
}
