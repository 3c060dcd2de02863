package dev.shopbell.commerce;

import dev.shopbell.commerce.OrderState.Line;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.PolicyEngine.Decision.Refused;
import dev.shopbell.commerce.ShopAction.Swap;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Which items of an order may be changed, sent back, exchanged or sent again. */
final class ItemRules {
  private ItemRules() {}

  static Optional<Refused> changeItems(
      OrderPolicy policy, OrderCase one, ShopAction.ChangeItems change) {
    if (one.isAnySent()) {
      return PolicyEngine.refused("change_until", "This order has been sent: its items stand.");
    }
    if (change.quantities().isEmpty() && change.swaps().isEmpty()) {
      return PolicyEngine.refused("items", "Say what is to be changed.");
    }
    OrderState state = one.state();
    for (LineQuantity wanted : change.quantities()) {
      Line line = one.line(wanted.lineId());
      if (line == null) {
        return PolicyEngine.refused("items", "That item is not in this order.");
      }
      if (wanted.quantity() < 0 || wanted.quantity() > line.quantity()) {
        return PolicyEngine.refused(
            "items", "Fewer of an item can be wanted, not more: place another order.");
      }
    }
    boolean nothingLeft =
        change.swaps().isEmpty()
            && state.lines().stream()
                .allMatch(line ->
                    change.quantities().stream()
                        .anyMatch(each ->
                            each.lineId().equals(line.externalId()) && each.quantity() == 0));
    if (nothingLeft) {
      return PolicyEngine.refused("items", "Nothing would be left: cancel the order instead.");
    }
    return swaps(policy, one, change.swaps(), Line::quantity);
  }

  static Optional<Refused> exchange(
      OrderPolicy policy, OrderCase one, ShopAction.Exchange exchange) {
    List<LineQuantity> back =
        exchange.swaps().stream()
            .map(swap -> new LineQuantity(swap.lineId(), swap.quantity()))
            .toList();
    return sendBack(policy, one, back, policy.exchangeDays(), "exchange")
        .or(() -> swaps(policy, one, exchange.swaps(), line -> one.delivered(line)));
  }

  /** Another variant of the same product, of which there are enough. */
  static Optional<Refused> swaps(
      OrderPolicy policy, OrderCase one, List<Swap> swaps, ToIntFunction<Line> most) {
    OrderState state = one.state();
    long difference = 0;
    Map<String, Integer> taken = new HashMap<>();
    for (Swap swap : swaps) {
      Line line = one.line(swap.lineId());
      if (line == null || swap.quantity() < 1 || swap.quantity() > most.applyAsInt(line)) {
        return PolicyEngine.refused(
            "exchange_quantity", "So many of that item cannot be exchanged.");
      }
      ProductState product = line.productId() == null ? null : one.products().get(line.productId());
      ProductState.Variant variant =
          product == null
              ? null
              : product.variants().stream()
                  .filter(each -> each.externalId().equals(swap.variantId()))
                  .findFirst()
                  .orElse(null);
      if (variant == null) {
        return PolicyEngine.refused(
            "exchange_product", "An item is exchanged for another variant of the same product.");
      }
      if (variant.externalId().equals(line.variantId())) {
        return PolicyEngine.refused("exchange_variant", "That is the variant that was ordered.");
      }
      int wanted = taken.merge(variant.externalId(), swap.quantity(), Integer::sum);
      if (variant.stock() != null && variant.stock() < wanted) {
        return PolicyEngine.refused("exchange_stock", "“" + variant.title() + "” is not in stock.");
      }
      difference += (variant.price() - line.unitPrice()) * swap.quantity();
    }
    boolean covered = one.giftCardBalance() != null && one.giftCardBalance() >= difference;
    return policy.giftCardCoversDifference()
            && difference > 0
            && one.giftCardBalance() != null
            && !covered
        ? PolicyEngine.refused("gift_card_balance", "The gift card does not cover the difference.")
        : Optional.empty();
  }

  static Optional<Refused> sendBack(
      OrderPolicy policy, OrderCase one, List<LineQuantity> lines, int days, String what) {
    if (days == 0) {
      return PolicyEngine.refused(what + "_days", "This shop takes nothing back in that way.");
    }
    if (lines.isEmpty()) {
      return PolicyEngine.refused(what + "_lines", "Say which items.");
    }
    OrderState state = one.state();
    if (policy.oneReturnOrExchange() && one.wasSentBack()) {
      return PolicyEngine.refused(
          "one_return_or_exchange", "Of this order something was returned or exchanged before.");
    }
    Map<String, Integer> before = one.sentBack();
    Optional<Refused> tooMany =
        quantities(
            one,
            lines,
            line -> one.delivered(line) - before.getOrDefault(line.externalId(), 0),
            what + "_quantity",
            "has been delivered and not sent back yet");
    if (tooMany.isPresent()) {
      return tooMany;
    }
    Instant from = one.deliveredAt().orElse(state.placedAt());
    if (one.now().isAfter(from.plus(Duration.ofDays(days)))) {
      return PolicyEngine.refused(
          what + "_days",
          "This is possible within " + days + " days of the delivery, which are over.");
    }
    PostalAddress to = state.shipTo();
    if (to != null
        && to.country() != null
        && policy.withoutCountries().stream().anyMatch(to.country()::equalsIgnoreCase)) {
      return PolicyEngine.refused("country", "This shop takes nothing back from there.");
    }
    boolean isFinal =
        lines.stream()
            .map(each -> Objects.requireNonNull(one.line(each.lineId())))
            .anyMatch(line ->
                PolicyEngine.holdsAny(line.title(), policy.finalSale())
                    || PolicyEngine.holdsAny(line.sku(), policy.finalSale()));
    return isFinal
        ? PolicyEngine.refused("final_sale", "One of these items is not taken back.")
        : Optional.empty();
  }

  static Optional<Refused> resend(OrderCase one, ShopAction.Resend resend) {
    if (resend.lines().isEmpty()) {
      return PolicyEngine.refused("resend_lines", "Say which items.");
    }
    if (!one.isAnySent()) {
      return PolicyEngine.refused("resend_sent", "Nothing of this order has been sent yet.");
    }
    return quantities(one, resend.lines(), Line::quantity, "resend_quantity", "is in this order");
  }

  static Optional<Refused> quantities(
      OrderCase one,
      List<LineQuantity> wanted,
      ToIntFunction<Line> most,
      String rule,
      String words) {
    Map<String, Integer> sum = new HashMap<>();
    for (LineQuantity each : wanted) {
      Line line = one.line(each.lineId());
      if (line == null || each.quantity() < 1) {
        return PolicyEngine.refused(rule, "That item is not in this order.");
      }
      int all = sum.merge(each.lineId(), each.quantity(), Integer::sum);
      int possible = Math.max(0, most.applyAsInt(line));
      if (all > possible) {
        return PolicyEngine.refused(
            rule, "Of “" + line.title() + "” no more than " + possible + " " + words + ".");
      }
    }
    return Optional.empty();
  }
}
