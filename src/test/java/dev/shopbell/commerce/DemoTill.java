package dev.shopbell.commerce;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import dev.shopbell.commerce.demo.DemoCounter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A demo shop of its own for one test, and orders in it. */
public final class DemoTill {
  final RunningShopbell shopbell;
  public final long shopId;
  private final Api api;
  private final DemoCounter counter;

  public DemoTill(RunningShopbell shopbell) {
    this(shopbell, shopbell.api().get("/brands").path("items").get(0).path("id").asLong());
  }

  public DemoTill(RunningShopbell shopbell, long brand) {
    this.shopbell = shopbell;
    this.api = shopbell.api();
    this.counter = shopbell.bean(DemoCounter.class);
    this.shopId =
        api.post(
                "/shops",
                Map.of(
                    "brandId", brand, "kind", "demo", "address", "demo", "credentials", Map.of()))
            .path("id")
            .asLong();
    counter.put(shopId, Sample.product("mug", 40));
  }

  /** Puts the order into the shop, and has Shopbell read it. */
  public long place(OrderState order) {
    counter.put(shopId, order);
    api.post("/shops/" + shopId + "/read-again", Map.of());
    return Inbox.soon("order " + order.number())
        .until(() -> find(order), row -> row != null)
        .path("id")
        .asLong();
  }

  private JsonNode find(OrderState order) {
    for (JsonNode row : api.get("/orders?number=" + order.number()).path("items")) {
      if (row.path("shopId").asLong() == shopId
          && !Instant.parse(row.path("changedAt").asString()).isBefore(order.changedAt())) {
        return row;
      }
    }
    return null;
  }

  JsonNode detail(long orderId) {
    return api.get("/orders/" + orderId);
  }

  /** Asks for it as the owner, who has seen the order as it is. */
  Api.Answer ask(long orderId, Map<String, Object> action) {
    return api.send(
        "POST",
        "/orders/" + orderId + "/actions",
        Map.of(
            "action", action, "seenAt", detail(orderId).path("row").path("changedAt").asString()),
        Map.of());
  }

  /** The same, and waits for its end. */
  public JsonNode done(long orderId, Map<String, Object> action) {
    Api.Answer answer = ask(orderId, action);
    if (answer.status() != 202) {
      throw new AssertionError(answer.body());
    }
    long id = answer.json().path("id").asLong();
    return Inbox.soon("the end of it")
        .until(
            () -> api.get("/order-actions/" + id),
            one -> !one.path("endedAt").isMissingNode() && !one.path("endedAt").isNull());
  }

  /** Orders that nobody else has. */
  public static final class Sample {
    private Sample() {}

    static ProductState product(String id, int stock) {
      List<ProductState.Variant> variants = new ArrayList<>();
      for (String size : List.of("S", "M", "L")) {
        variants.add(
            new ProductState.Variant(
                id + "-" + size,
                id + size,
                size,
                2_000,
                "EUR",
                size.equals("L") ? 0 : stock,
                Map.of("Size", size)));
      }
      return new ProductState(
          id,
          "A " + id,
          null,
          null,
          "Holds tea.",
          null,
          null,
          Instant.parse("2026-01-01T00:00:00Z"),
          false,
          Map.of(),
          variants);
    }

    /** Two mugs of one size, paid, with shipping, and nothing sent. */
    public static OrderState order(String email) {
      return order(
          email, FulfilmentState.unfulfilled, List.of(), Instant.now().minus(2, ChronoUnit.HOURS));
    }

    public static OrderState delivered(String email, Instant at) {
      return order(
          email,
          FulfilmentState.fulfilled,
          List.of(parcel(ParcelState.delivered, at)),
          at.minus(3, ChronoUnit.DAYS));
    }

    static OrderState.Parcel parcel(ParcelState state, Instant at) {
      return new OrderState.Parcel(
          "parcel-1",
          state,
          "DHL",
          "JJD" + Inbox.word(),
          null,
          at.minus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS),
          null,
          state == ParcelState.delivered ? at.truncatedTo(ChronoUnit.MILLIS) : null,
          List.of(new OrderState.LineQuantity("line-1", 2)),
          List.of());
    }

    static OrderState order(
        String email,
        FulfilmentState fulfilment,
        List<OrderState.Parcel> parcels,
        Instant placedAt) {
      String number = "T" + Inbox.word();
      Instant at = placedAt.truncatedTo(ChronoUnit.MILLIS);
      PostalAddress address =
          new PostalAddress(
              "Anna Berg", null, "Mill Lane 4", null, "1234", "Aarhus", null, "DK", null);
      return new OrderState(
          number,
          number,
          at,
          at,
          "EUR",
          new OrderState.Buyer(null, email, null, "Anna Berg", null),
          PaymentState.paid,
          fulfilment,
          null,
          List.of(
              new OrderState.Line(
                  "line-1", "mug", "mug-S", "mugS", "A mug", "S", 2, 2_000, 0, true, null,
                  Map.of())),
          List.of(new OrderState.Charge(OrderState.ChargeKind.shipping, "Post", 500)),
          List.of(new OrderState.Tax("VAT", 900, true)),
          List.of(
              new OrderState.Payment(
                  "p-1", OrderState.PaymentKind.capture, "Visa •••• 4242", 4_500, at)),
          List.of(),
          parcels,
          List.of(),
          address,
          address,
          null,
          false,
          Map.of());
    }
  }
}
