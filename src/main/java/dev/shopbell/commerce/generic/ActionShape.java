package dev.shopbell.commerce.generic;

import dev.shopbell.commerce.Money;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.PostalAddress;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopAction.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes actions as docs/developers/shop-api.md has them: amounts as decimal strings. */
final class ActionShape {
  private ActionShape() {}

  /** As the shop API calls it. */
  static String name(Kind kind) {
    return kind == Kind.return_items ? "return" : kind.name();
  }

  /**
   * @param currency of the order; for actions that name their own it is not used
   */
  static ObjectNode write(ShopAction action, String currency) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", name(action.kind()));
    switch (action) {
      case ShopAction.Cancel cancel ->
          json.put("reason", cancel.reason().name()).put("restock", cancel.restock());
      case ShopAction.Refund refund -> {
        json.set("lines", lines(refund.lines()));
        json.put("shipping", Money.decimal(refund.shipping(), currency));
        json.put("amount", Money.decimal(refund.amount(), currency)).put("currency", currency);
        json.put("to", refund.to().name()).put("restock", refund.restock());
        put(json, "note", refund.note());
      }
      case ShopAction.ChangeAddress change -> json.set("address", address(change.address()));
      case ShopAction.ChangeItems change -> {
        json.set("quantities", lines(change.quantities()));
        json.set("swaps", swaps(change.swaps()));
      }
      case ShopAction.Return back -> {
        json.set("lines", lines(back.lines()));
        put(json, "reason", back.reason());
      }
      case ShopAction.Exchange exchange -> {
        json.set("swaps", swaps(exchange.swaps()));
        put(json, "reason", exchange.reason());
      }
      case ShopAction.Resend resend -> {
        json.set("lines", lines(resend.lines()));
        if (resend.address() != null) {
          json.set("address", address(resend.address()));
        }
      }
      case ShopAction.AddNote note -> json.put("text", note.text());
      case ShopAction.PlaceOrder place -> {
        json.put("email", place.email());
        ArrayNode items = json.putArray("items");
        for (ShopAction.Wanted wanted : place.items()) {
          items.addObject().put("variantId", wanted.variantId()).put("quantity", wanted.quantity());
        }
        json.set("address", address(place.address()));
        json.put("paid", place.paid());
        put(json, "note", place.note());
      }
      case ShopAction.DiscountCode code -> {
        json.put("code", code.code());
        if (code.percent() > 0) {
          json.put("percent", code.percent());
        } else {
          json.put("amount", Money.decimal(code.amount(), code.currency()));
          json.put("currency", code.currency());
        }
        put(json, "until", code.until() == null ? null : code.until().toString());
      }
      case ShopAction.GiftCard card -> {
        json.put("email", card.email());
        json.put("amount", Money.decimal(card.amount(), card.currency()));
        json.put("currency", card.currency());
        put(json, "note", card.note());
      }
    }
    return json;
  }

  private static void put(ObjectNode json, String field, @Nullable String text) {
    if (text != null) {
      json.put(field, text);
    }
  }

  private static ArrayNode lines(List<LineQuantity> lines) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (LineQuantity line : lines) {
      array.addObject().put("lineId", line.lineId()).put("quantity", line.quantity());
    }
    return array;
  }

  private static ArrayNode swaps(List<ShopAction.Swap> swaps) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (ShopAction.Swap swap : swaps) {
      array
          .addObject()
          .put("lineId", swap.lineId())
          .put("quantity", swap.quantity())
          .put("variantId", swap.variantId());
    }
    return array;
  }

  private static ObjectNode address(PostalAddress address) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    put(json, "name", address.name());
    put(json, "company", address.company());
    put(json, "line1", address.line1());
    put(json, "line2", address.line2());
    put(json, "postcode", address.postcode());
    put(json, "city", address.city());
    put(json, "region", address.region());
    put(json, "country", address.country());
    put(json, "phone", address.phone());
    return json;
  }
}
