package dev.shopbell.commerce;

import dev.shopbell.commerce.OrderState.Line;
import dev.shopbell.commerce.OrderState.LineQuantity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision about an order depends on.
 *
 * @param parcels as carriers and the shop say, which may be newer than the order
 * @param past what was done with this order before, and has happened or may yet
 * @param offered what the shop can do
 * @param products of the order's lines, as far as known, by the shop's ids
 * @param giftCardBalance of the gift card that is to cover a difference; null where none is
 */
record OrderCase(
    Asker asker,
    Order order,
    List<ParcelView> parcels,
    List<ShopAction> past,
    Set<ShopAction.Kind> offered,
    Map<String, ProductState> products,
    @Nullable Long giftCardBalance,
    Instant now) {

  enum Who {
    agent,
    shopper,
    bot
  }

  /**
   * @param role of an agent, by its id; null for all others
   */
  record Asker(Who who, @Nullable String role) {}

  OrderState state() {
    return order.state();
  }

  /** What could still be given back. */
  long left() {
    return order.total() - order.refunded();
  }

  @Nullable Line line(String lineId) {
    return state().lines().stream()
        .filter(line -> line.externalId().equals(lineId))
        .findFirst()
        .orElse(null);
  }

  boolean isAnySent() {
    return state().fulfilment() != FulfilmentState.unfulfilled
        || parcels.stream()
            .anyMatch(parcel ->
                parcel.state() != ParcelState.preparing && parcel.state() != ParcelState.cancelled);
  }

  boolean isDelivered() {
    return parcels.stream().anyMatch(parcel -> parcel.state() == ParcelState.delivered);
  }

  Optional<Instant> deliveredAt() {
    return parcels.stream()
        .filter(parcel -> parcel.state() == ParcelState.delivered)
        .map(parcel -> Objects.requireNonNullElse(parcel.deliveredAt(), parcel.movedAt()))
        .max(Instant::compareTo);
  }

  /** How many of a line have arrived; all of it where the parcels do not say what is in them. */
  int delivered(Line line) {
    List<ParcelView> arrived =
        parcels.stream().filter(parcel -> parcel.state() == ParcelState.delivered).toList();
    if (arrived.stream().anyMatch(parcel -> parcel.lines().isEmpty())) {
      return line.quantity();
    }
    int count =
        arrived.stream()
            .flatMap(parcel -> parcel.lines().stream())
            .filter(one -> one.lineId().equals(line.externalId()))
            .mapToInt(LineQuantity::quantity)
            .sum();
    return Math.min(count, line.quantity());
  }

  boolean wasSentBack() {
    return past.stream()
        .anyMatch(one -> one instanceof ShopAction.Return || one instanceof ShopAction.Exchange);
  }

  /** How many of each line were returned or exchanged before. */
  Map<String, Integer> sentBack() {
    Map<String, Integer> sum = new HashMap<>();
    for (ShopAction action : past) {
      if (action instanceof ShopAction.Return back) {
        back.lines().forEach(one -> sum.merge(one.lineId(), one.quantity(), Integer::sum));
      } else if (action instanceof ShopAction.Exchange exchange) {
        exchange.swaps().forEach(one -> sum.merge(one.lineId(), one.quantity(), Integer::sum));
      }
    }
    return sum;
  }

  /** What these were bought for. */
  long worth(List<LineQuantity> lines) {
    long worth = 0;
    for (LineQuantity one : lines) {
      Line line = line(one.lineId());
      if (line != null && line.quantity() > 0) {
        worth += line.total() * Math.min(one.quantity(), line.quantity()) / line.quantity();
      }
    }
    return worth;
  }
}
