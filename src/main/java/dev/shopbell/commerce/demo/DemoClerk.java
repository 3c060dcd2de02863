package dev.shopbell.commerce.demo;

import dev.shopbell.commerce.FulfilmentState;
import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.OrderState.Line;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ParcelState;
import dev.shopbell.commerce.PaymentState;
import dev.shopbell.commerce.ProductState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopAction.Swap;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.platform.SecretKey;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Does what is asked of the demo shop, in the caller's transaction. */
@Component
class DemoClerk {
  private final DemoCounter counter;
  private final Clock clock;

  DemoClerk(DemoCounter counter, Clock clock) {
    this.counter = counter;
    this.clock = clock;
  }

  Outcome serve(long shopId, @Nullable String orderId, ShopAction action) {
    switch (action) {
      case ShopAction.PlaceOrder place -> {
        return place(shopId, place);
      }
      case ShopAction.DiscountCode code -> {
        return new Outcome.Done(code.code(), code.code());
      }
      case ShopAction.GiftCard _ -> {
        String code = SecretKey.randomToken(80).toUpperCase(Locale.ROOT);
        return new Outcome.Done("gift card", code);
      }
      default -> {
        // about an order
      }
    }
    ObjectNode tree = orderId == null ? null : counter.lock(shopId, orderId);
    if (tree == null) {
      return new Outcome.Refused("There is no such order.");
    }
    OrderState order = counter.read(tree);
    return switch (action) {
      case ShopAction.Cancel cancel -> cancel(shopId, tree, order, cancel);
      case ShopAction.Refund refund -> refund(shopId, tree, order, refund);
      case ShopAction.ChangeAddress change -> {
        tree.set("shipTo", counter.tree(change.address()));
        yield saved(shopId, tree, order, null);
      }
      case ShopAction.ChangeItems change -> changeItems(shopId, tree, order, change);
      case ShopAction.Exchange exchange ->
          again(shopId, order, swapped(shopId, order, exchange.swaps()), "exchange", null);
      case ShopAction.Resend resend ->
          again(shopId, order, same(order, resend.lines()), "resent", resend);
      case ShopAction.AddNote note -> {
        tree.put("note", order.note() == null ? note.text() : order.note() + "\n" + note.text());
        yield saved(shopId, tree, order, null);
      }
      case ShopAction.Return _,
          ShopAction.PlaceOrder _,
          ShopAction.DiscountCode _,
          ShopAction.GiftCard _ ->
          new Outcome.Refused("The demo shop does not do that.");
    };
  }

  /** Every change is later than the one before, however quickly they follow. */
  private Outcome saved(
      long shopId, ObjectNode tree, OrderState before, @Nullable String reference) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant at =
        now.isAfter(before.changedAt()) ? now : before.changedAt().plus(1, ChronoUnit.MILLIS);
    tree.put("changedAt", at.toString());
    counter.put(shopId, counter.read(tree));
    return new Outcome.Done(reference, null);
  }

  private Outcome cancel(long shopId, ObjectNode tree, OrderState order, ShopAction.Cancel cancel) {
    if (order.cancellation() != null) {
      return new Outcome.Refused("The order is cancelled already.");
    }
    if (order.fulfilment() == FulfilmentState.fulfilled) {
      return new Outcome.Refused("The order has been sent.");
    }
    Instant now = clock.instant();
    tree.set(
        "cancellation", counter.tree(new OrderState.Cancellation(now, cancel.reason().name())));
    for (JsonNode parcel : tree.withArray("parcels")) {
      ((ObjectNode) parcel).put("state", ParcelState.cancelled.name());
    }
    long left = order.total() - order.refunded();
    boolean paid =
        order.payment() == PaymentState.paid || order.payment() == PaymentState.partially_refunded;
    if (paid && left > 0) {
      addRefund(tree, order, left, 0, List.of(), "cancelled");
    }
    tree.put("payment", (paid ? PaymentState.refunded : PaymentState.voided).name());
    return saved(shopId, tree, order, null);
  }

  private Outcome refund(long shopId, ObjectNode tree, OrderState order, ShopAction.Refund refund) {
    long left = order.total() - order.refunded();
    if (refund.amount() > left) {
      return new Outcome.Refused("No more than what was paid can be given back.");
    }
    String id =
        addRefund(tree, order, refund.amount(), refund.shipping(), refund.lines(), refund.note());
    tree.put(
        "payment",
        (refund.amount() == left ? PaymentState.refunded : PaymentState.partially_refunded).name());
    return saved(shopId, tree, order, id);
  }

  private String addRefund(
      ObjectNode tree,
      OrderState order,
      long amount,
      long shipping,
      List<LineQuantity> lines,
      @Nullable String reason) {
    String id = order.externalId() + "-refund-" + (order.refunds().size() + 1);
    tree.withArray("refunds")
        .add(
            counter.tree(
                new OrderState.Refund(id, amount, shipping, clock.instant(), reason, lines)));
    return id;
  }

  private Outcome changeItems(
      long shopId, ObjectNode tree, OrderState order, ShopAction.ChangeItems change) {
    List<Line> lines = new ArrayList<>();
    for (Line line : order.lines()) {
      int swapped =
          change.swaps().stream()
              .filter(swap -> swap.lineId().equals(line.externalId()))
              .mapToInt(Swap::quantity)
              .sum();
      int wanted =
          change.quantities().stream()
              .filter(one -> one.lineId().equals(line.externalId()))
              .mapToInt(LineQuantity::quantity)
              .findFirst()
              .orElse(line.quantity());
      int left = wanted - swapped;
      if (left > 0) {
        long discount = line.quantity() == 0 ? 0 : line.discount() * left / line.quantity();
        lines.add(
            of(
                line,
                line.externalId(),
                line.variantId(),
                line.variant(),
                left,
                line.unitPrice(),
                discount,
                line.options()));
      }
    }
    lines.addAll(swapped(shopId, order, change.swaps()));
    ArrayNode all = tree.putArray("lines");
    lines.forEach(line -> all.add(counter.tree(line)));
    OrderState after = counter.read(tree);
    long less = order.total() - after.total();
    boolean paid = order.payment() == PaymentState.paid;
    if (paid && less > 0) {
      // What was paid too much goes back; the total is the new one already.
      tree.withObject("/attributes").put("Paid back for changed items", String.valueOf(less));
    } else if (paid && less < 0) {
      tree.put("payment", PaymentState.partially_paid.name());
    }
    return saved(shopId, tree, order, null);
  }

  private List<Line> swapped(long shopId, OrderState order, List<Swap> swaps) {
    List<Line> lines = new ArrayList<>();
    for (Swap swap : swaps) {
      Line line =
          order.lines().stream()
              .filter(one -> one.externalId().equals(swap.lineId()))
              .findFirst()
              .orElseThrow();
      ProductState.Variant variant = variant(shopId, line, swap.variantId()).orElseThrow();
      lines.add(
          of(
              line,
              line.externalId() + "-" + swap.variantId(),
              variant.externalId(),
              variant.title(),
              swap.quantity(),
              variant.price(),
              0,
              variant.options()));
    }
    return lines;
  }

  private Optional<ProductState.Variant> variant(long shopId, Line line, String id) {
    return counter
        .products(shopId, List.of(Objects.requireNonNullElse(line.productId(), "")))
        .stream()
        .flatMap(product -> product.variants().stream())
        .filter(one -> one.externalId().equals(id))
        .findFirst();
  }

  private static List<Line> same(OrderState order, List<LineQuantity> wanted) {
    return wanted.stream()
        .map(one -> {
          Line line =
              order.lines().stream()
                  .filter(each -> each.externalId().equals(one.lineId()))
                  .findFirst()
                  .orElseThrow();
          return of(
              line,
              line.externalId(),
              line.variantId(),
              line.variant(),
              one.quantity(),
              line.unitPrice(),
              0,
              line.options());
        })
        .toList();
  }

  private static Line of(
      Line line,
      String id,
      @Nullable String variantId,
      @Nullable String variant,
      int quantity,
      long price,
      long discount,
      Map<String, String> options) {
    return new Line(
        id,
        line.productId(),
        variantId,
        line.sku(),
        line.title(),
        variant,
        quantity,
        price,
        discount,
        true,
        line.imageUrl(),
        options);
  }

  /** Another order for nothing, which names the first. */
  private Outcome again(
      long shopId,
      OrderState order,
      List<Line> lines,
      String why,
      ShopAction.@Nullable Resend resend) {
    String id = order.externalId() + "-" + why + "-" + SecretKey.randomToken(20);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    long worth = lines.stream().mapToLong(Line::total).sum();
    OrderState made =
        new OrderState(
            id,
            order.number() + "-" + (why.equals("exchange") ? "X" : "R"),
            now,
            now,
            order.currency(),
            order.buyer(),
            PaymentState.paid,
            FulfilmentState.unfulfilled,
            null,
            lines,
            List.of(new OrderState.Charge(OrderState.ChargeKind.discount, why, -worth)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            resend == null || resend.address() == null ? order.shipTo() : resend.address(),
            order.billTo(),
            null,
            order.test(),
            Map.of("Instead of", order.number()));
    counter.put(shopId, made);
    return new Outcome.Done(id, null);
  }

  private Outcome place(long shopId, ShopAction.PlaceOrder place) {
    List<Line> lines = new ArrayList<>();
    String currency = "EUR";
    for (ShopAction.Wanted wanted : place.items()) {
      ProductState product =
          counter.products(shopId, Instant.EPOCH, "", 1_000).stream()
              .filter(one ->
                  one.variants().stream()
                      .anyMatch(variant -> variant.externalId().equals(wanted.variantId())))
              .findFirst()
              .orElse(null);
      if (product == null) {
        return new Outcome.Refused("There is no such article.");
      }
      ProductState.Variant variant =
          product.variants().stream()
              .filter(one -> one.externalId().equals(wanted.variantId()))
              .findFirst()
              .orElseThrow();
      currency = variant.currency();
      lines.add(
          new Line(
              "line-" + (lines.size() + 1),
              product.externalId(),
              variant.externalId(),
              variant.sku(),
              product.title(),
              variant.title(),
              wanted.quantity(),
              variant.price(),
              0,
              true,
              product.imageUrl(),
              variant.options()));
    }
    String id = "placed-" + SecretKey.randomToken(60);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    counter.put(
        shopId,
        new OrderState(
            id,
            "BW-P" + id.substring(7, 11).toUpperCase(Locale.ROOT),
            now,
            now,
            currency,
            new OrderState.Buyer(null, place.email(), null, place.address().name(), null),
            place.paid() ? PaymentState.paid : PaymentState.pending,
            FulfilmentState.unfulfilled,
            null,
            lines,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            place.address(),
            place.address(),
            place.note(),
            false,
            Map.of()));
    return new Outcome.Done(id, null);
  }
}
