package dev.shopbell.commerce;

import java.time.Instant;
import java.util.List;

/** The same order, told in another way. */
final class Told {
  private Told() {}

  static OrderState by(OrderState order, OrderState.Buyer buyer) {
    return of(order, buyer, order.changedAt(), order.payment(), order.note(), order.lines());
  }

  static OrderState later(OrderState order, Instant changedAt, PaymentState payment, String note) {
    return of(order, order.buyer(), changedAt, payment, note, order.lines());
  }

  private static OrderState of(
      OrderState order,
      OrderState.Buyer buyer,
      Instant changedAt,
      PaymentState payment,
      String note,
      List<OrderState.Line> lines) {
    return new OrderState(
        order.externalId(),
        order.number(),
        order.placedAt(),
        changedAt,
        order.currency(),
        buyer,
        payment,
        order.fulfilment(),
        order.cancellation(),
        lines,
        order.charges(),
        order.taxes(),
        order.payments(),
        order.refunds(),
        order.parcels(),
        order.discountCodes(),
        order.shipTo(),
        order.billTo(),
        note,
        order.test(),
        order.attributes());
  }
}
