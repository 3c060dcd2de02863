package dev.shopbell.commerce;

import java.util.List;
import java.util.Map;

/**
 * An order of somebody whose data was erased: what was sold and for how much, and nothing of them.
 */
final class Erased {
  private Erased() {}

  static OrderState of(OrderState state) {
    return new OrderState(
        state.externalId(),
        state.number(),
        state.placedAt(),
        state.changedAt(),
        state.currency(),
        new OrderState.Buyer(null, null, null, null, null),
        state.payment(),
        state.fulfilment(),
        state.cancellation(),
        state.lines().stream()
            .map(line ->
                new OrderState.Line(
                    line.externalId(),
                    line.productId(),
                    line.variantId(),
                    line.sku(),
                    line.title(),
                    line.variant(),
                    line.quantity(),
                    line.unitPrice(),
                    line.discount(),
                    line.shipped(),
                    line.imageUrl(),
                    Map.of()))
            .toList(),
        state.charges(),
        state.taxes(),
        List.of(),
        state.refunds().stream()
            .map(refund ->
                new OrderState.Refund(
                    refund.externalId(),
                    refund.amount(),
                    refund.shipping(),
                    refund.at(),
                    null,
                    refund.lines()))
            .toList(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        state.test(),
        Map.of());
  }
}
