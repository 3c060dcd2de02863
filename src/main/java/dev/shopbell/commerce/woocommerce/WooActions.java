package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.Money;
import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopAction.Kind;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Does something in the shop, after having looked whether it was done before. What takes two calls
 * is begun with the one that may be refused; what was begun is brought to its end, also by {@link
 * #find}.
 */
@Component
class WooActions {
  /** WooCommerce itself knows neither returns nor gift cards. */
  static final Set<Kind> KINDS =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(Kind.return_items, Kind.gift_card)));

  private static final String NOT_HERE = "WooCommerce itself cannot do this.";
  private static final String STALE =
      "Money was given back in the shop meanwhile. Look at the order again before you decide.";
  private static final String GONE = "The order is no more in the shop.";

  private final WooWire wire;
  private final WooRefunds refunds;
  private final WooItems items;
  private final WooNewOrders fresh;

  WooActions(WooWire wire, WooRefunds refunds, WooItems items, WooNewOrders fresh) {
    this.wire = wire;
    this.refunds = refunds;
    this.items = items;
    this.fresh = fresh;
  }

  Outcome act(ShopLink link, @Nullable OrderState known, ShopAction action, String key)
      throws ShopTrouble {
    Mark mark = Mark.of(key);
    return switch (action) {
      case ShopAction.PlaceOrder place -> fresh.place(link, place, mark);
      case ShopAction.DiscountCode code -> discount(link, code, mark);
      case ShopAction.Return _, ShopAction.GiftCard _ -> new Outcome.Refused(NOT_HERE);
      case ShopAction.Cancel _ -> cancel(link, known, order(link, known), mark);
      case ShopAction.Refund refund -> refund(link, known, order(link, known), refund, mark);
      case ShopAction.ChangeAddress change -> address(link, order(link, known), change, mark);
      case ShopAction.ChangeItems change -> items.change(link, order(link, known), change, mark);
      case ShopAction.Exchange exchange -> fresh.exchange(link, order(link, known), exchange, mark);
      case ShopAction.Resend resend -> fresh.resend(link, order(link, known), resend, mark);
      case ShopAction.AddNote note -> note(link, order(link, known), note, mark);
    };
  }

  Outcome find(ShopLink link, @Nullable OrderState before, ShopAction action, String key)
      throws ShopTrouble {
    Mark mark = Mark.of(key);
    JsonNode order = null;
    if (before != null) {
      order = wire.getOrNull(link, path(before.externalId()));
      if (order == null || !WooOrders.isOrder(order)) {
        return new Outcome.Unknown(GONE);
      }
    }
    if (isBegun(link, order, action, mark)) {
      return act(link, before, action, key);
    }
    boolean money = action instanceof ShopAction.Refund || action instanceof ShopAction.Cancel;
    if (order != null && money && hasStrangeRefund(link, order, before)) {
      return new Outcome.Unknown(
          "Somebody has given money back meanwhile. Look in the shop whether it was this.");
    }
    return new Outcome.Refused("It did not happen.");
  }

  private boolean isBegun(ShopLink link, @Nullable JsonNode order, ShopAction action, Mark mark)
      throws ShopTrouble {
    if (order == null) {
      return switch (action) {
        case ShopAction.PlaceOrder place -> fresh.placed(link, place, mark) != null;
        case ShopAction.DiscountCode code -> {
          JsonNode coupon = coupon(link, code);
          yield coupon != null && mark.on(coupon);
        }
        default -> false;
      };
    }
    return switch (action) {
      case ShopAction.Exchange _, ShopAction.Resend _ -> fresh.after(link, order, mark) != null;
      case ShopAction.AddNote _ -> noted(link, order, mark) != null;
      default -> mark.on(order) || refunds.marked(link, order, mark) != null;
    };
  }

  /**
   * One that we do not know and that does not bear a mark of ours. It may be ours all the same: the
   * shop writes the mark only after the gateway has answered.
   */
  private boolean hasStrangeRefund(ShopLink link, JsonNode order, @Nullable OrderState before)
      throws ShopTrouble {
    Set<String> known = new HashSet<>();
    if (before != null) {
      before.refunds().forEach(refund -> known.add(refund.externalId()));
    }
    for (JsonNode refund : refunds.list(link, order)) {
      boolean ours =
          WooJson.list(refund, "meta_data").stream()
              .anyMatch(meta -> WooJson.text(meta, "key").startsWith("_shopbell_"));
      if (!ours && !known.contains(WooJson.id(refund, "id"))) {
        return true;
      }
    }
    return false;
  }

  private JsonNode order(ShopLink link, @Nullable OrderState known) throws ShopTrouble {
    JsonNode order = known == null ? null : wire.getOrNull(link, path(known.externalId()));
    if (order == null || !WooOrders.isOrder(order)) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, GONE);
    }
    return order;
  }

  private static String path(String id) throws ShopTrouble {
    if (!id.matches("\\d{1,18}")) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, GONE);
    }
    return "orders/" + id + "?dp=6";
  }

  /** First the money, since a gateway may refuse; a refund of all ends the order already. */
  private Outcome cancel(ShopLink link, @Nullable OrderState known, JsonNode order, Mark mark)
      throws ShopTrouble {
    JsonNode refund = refunds.marked(link, order, mark);
    String reference = refund == null ? null : WooJson.id(refund, "id");
    if (mark.on(order)) {
      return new Outcome.Done(reference, null);
    }
    if (refund == null) {
      if (WooOrders.isOver(order)) {
        return new Outcome.Refused("The order is “" + WooOrders.status(order) + "” in the shop.");
      }
      if (hasStrangeRefund(link, order, known)) {
        return new Outcome.Refused(STALE);
      }
      if (WooOrders.isPaid(order) && WooRefunds.left(order) > 0) {
        ObjectNode whole = WooRefunds.marked(WooRefunds.whole(order), mark, Kind.cancel);
        switch (refunds.send(link, order, whole)) {
          case WooWire.Sent.Done done -> reference = WooJson.id(done.json(), "id");
          case WooWire.Sent.Refused refused -> {
            return new Outcome.Refused(refused.words());
          }
          case WooWire.Sent.Unknown unknown -> {
            return new Outcome.Unknown(unknown.words());
          }
        }
      }
    }
    ObjectNode change = WooJson.object();
    change.put("status", "cancelled");
    change.set("meta_data", mark.meta(Kind.cancel));
    Outcome ended = put(link, order, change, reference);
    return reference == null || ended instanceof Outcome.Done
        ? ended
        : new Outcome.Unknown("The money was given back, but the order is not yet cancelled.");
  }

  private Outcome refund(
      ShopLink link,
      @Nullable OrderState known,
      JsonNode order,
      ShopAction.Refund refund,
      Mark mark)
      throws ShopTrouble {
    JsonNode before = refunds.marked(link, order, mark);
    if (before != null) {
      return new Outcome.Done(WooJson.id(before, "id"), null);
    }
    if (refund.to() != ShopAction.RefundTo.original) {
      return new Outcome.Refused("WooCommerce gives money back only the way it was paid.");
    }
    if (hasStrangeRefund(link, order, known)) {
      return new Outcome.Refused(STALE);
    }
    ObjectNode body =
        WooRefunds.refund(
            order, refund.amount(), refund.shipping(), refund.lines(), refund.restock());
    WooRefunds.because(WooRefunds.marked(body, mark, Kind.refund), refund.note());
    return switch (refunds.send(link, order, body)) {
      case WooWire.Sent.Done done -> new Outcome.Done(WooJson.id(done.json(), "id"), null);
      case WooWire.Sent.Refused refused -> new Outcome.Refused(refused.words());
      case WooWire.Sent.Unknown unknown -> new Outcome.Unknown(unknown.words());
    };
  }

  private Outcome address(ShopLink link, JsonNode order, ShopAction.ChangeAddress change, Mark mark)
      throws ShopTrouble {
    if (mark.on(order)) {
      return new Outcome.Done(null, null);
    }
    if (WooOrders.isOver(order)) {
      return new Outcome.Refused("The order is “" + WooOrders.status(order) + "” in the shop.");
    }
    ObjectNode body = WooJson.object();
    body.set("shipping", WooJson.written(change.address()));
    body.set("meta_data", mark.meta(Kind.change_address));
    return put(link, order, body, null);
  }

  private Outcome put(ShopLink link, JsonNode order, ObjectNode change, @Nullable String reference)
      throws ShopTrouble {
    try {
      return switch (wire.send(link, "PUT", "orders/" + WooJson.id(order, "id"), change)) {
        case WooWire.Sent.Done _ -> new Outcome.Done(reference, null);
        case WooWire.Sent.Refused refused -> new Outcome.Refused(refused.words());
        case WooWire.Sent.Unknown unknown -> new Outcome.Unknown(unknown.words());
      };
    } catch (ShopTrouble e) {
      if (reference == null) {
        throw e;
      }
      return new Outcome.Unknown(e.words());
    }
  }

  /**
   * A note on an order has no meta data, so its reference stands at its end. The order gets it too,
   * where it is read with the order.
   */
  private Outcome note(ShopLink link, JsonNode order, ShopAction.AddNote note, Mark mark)
      throws ShopTrouble {
    String id = noted(link, order, mark);
    if (id == null) {
      ObjectNode body = WooJson.object();
      body.put("note", note.text() + reference(mark));
      body.put("customer_note", false);
      String path = "orders/" + WooJson.id(order, "id") + "/notes";
      switch (wire.send(link, "POST", path, body)) {
        case WooWire.Sent.Done done -> id = WooJson.id(done.json(), "id");
        case WooWire.Sent.Refused refused -> {
          return new Outcome.Refused(refused.words());
        }
        case WooWire.Sent.Unknown unknown -> {
          return new Outcome.Unknown(unknown.words());
        }
      }
      ObjectNode with = WooJson.object();
      with.putArray("meta_data")
          .addObject()
          .put("key", Mark.NOTE + mark.ref())
          .put("value", note.text());
      // What matters has happened, whatever becomes of this.
      put(link, order, with, id);
    }
    return new Outcome.Done(id, null);
  }

  private static String reference(Mark mark) {
    return " (Shopbell " + mark.ref() + ")";
  }

  private @Nullable String noted(ShopLink link, JsonNode order, Mark mark) throws ShopTrouble {
    JsonNode notes = wire.get(link, "orders/" + WooJson.id(order, "id") + "/notes");
    for (JsonNode note : notes.values()) {
      if (WooJson.text(note, "note").contains(reference(mark).strip())) {
        return WooJson.id(note, "id");
      }
    }
    return null;
  }

  private Outcome discount(ShopLink link, ShopAction.DiscountCode code, Mark mark)
      throws ShopTrouble {
    JsonNode before = coupon(link, code);
    if (before != null) {
      return mark.on(before)
          ? new Outcome.Done(WooJson.id(before, "id"), code.code())
          : new Outcome.Refused("The shop has a code “" + code.code() + "” already.");
    }
    String currency = WooJson.text(wire.get(link, "data/currencies/current"), "code");
    if (code.percent() == 0 && !currency.equals(code.currency())) {
      return new Outcome.Refused("The shop's discounts are in " + currency + ".");
    }
    ObjectNode coupon = WooJson.object();
    coupon.put("code", code.code());
    coupon.put("discount_type", code.percent() > 0 ? "percent" : "fixed_cart");
    coupon.put(
        "amount",
        code.percent() > 0
            ? Integer.toString(code.percent())
            : Money.decimal(code.amount(), code.currency()));
    coupon.put("usage_limit", 1);
    if (code.until() != null) {
      coupon.put("date_expires_gmt", WooJson.written(code.until()));
    }
    coupon.set("meta_data", mark.meta(Kind.discount_code));
    return switch (wire.send(link, "POST", "coupons", coupon)) {
      case WooWire.Sent.Done done -> new Outcome.Done(WooJson.id(done.json(), "id"), code.code());
      case WooWire.Sent.Refused refused -> new Outcome.Refused(refused.words());
      case WooWire.Sent.Unknown unknown -> new Outcome.Unknown(unknown.words());
    };
  }

  /** Whatever its letters' case: to WooCommerce that is one code. */
  private @Nullable JsonNode coupon(ShopLink link, ShopAction.DiscountCode code)
      throws ShopTrouble {
    String query = "coupons?code=" + URLEncoder.encode(code.code(), StandardCharsets.UTF_8);
    return wire.page(link, query).items().stream().findFirst().orElse(null);
  }
}
