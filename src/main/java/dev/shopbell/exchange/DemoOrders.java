package dev.shopbell.exchange;

import dev.shopbell.brands.Brands;
import dev.shopbell.commerce.FulfilmentState;
import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ParcelState;
import dev.shopbell.commerce.PaymentState;
import dev.shopbell.commerce.PostalAddress;
import dev.shopbell.commerce.ProductState;
import dev.shopbell.commerce.Shop;
import dev.shopbell.commerce.Shops;
import dev.shopbell.commerce.demo.DemoCounter;
import dev.shopbell.platform.facts.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the demo shop sells and has sold, from {@code demo/orders.json}. */
@Component
class DemoOrders {
  private static final String KIND = "demo";

  private final Brands brands;
  private final Shops shops;
  private final DemoCounter counter;
  private final JsonMapper json;
  private final Clock clock;

  DemoOrders(Brands brands, Shops shops, DemoCounter counter, JsonMapper json, Clock clock) {
    this.brands = brands;
    this.shops = shops;
    this.counter = counter;
    this.json = json;
    this.clock = clock;
  }

  record Script(List<Article> products, List<Sale> orders) {}

  /**
   * @param variants of which each has its price in cents
   */
  record Article(
      String id,
      String title,
      String type,
      String text,
      Map<String, String> attributes,
      List<ProductState.Variant> variants) {}

  /**
   * @param number as in the conversations
   * @param items variants and how many
   * @param sent null where nothing has left yet
   * @param cancelledHours when it was cancelled; null where it was not
   * @param refund what was given back, in cents
   */
  record Sale(
      String number,
      double hoursAgo,
      String name,
      String email,
      PostalAddress address,
      List<Item> items,
      long shipping,
      String paid,
      @Nullable Sent sent,
      @Nullable Double cancelledHours,
      long refund,
      @Nullable String note) {}

  record Item(String variant, int quantity) {}

  /**
   * @param scans from the last to the first
   */
  record Sent(
      String carrier, String tracking, @Nullable Double expectedHoursAgo, List<Scan> scans) {}

  record Scan(double hoursAgo, ParcelState state, String words, String place) {}

  void load() {
    Script script = read();
    long brandId = brands.all().getFirst().id();
    Shop shop = shops.connect(Actor.SYSTEM, brandId, KIND, "the demo shop", Map.of());
    Instant known = clock.instant().minus(Duration.ofDays(90)).truncatedTo(ChronoUnit.SECONDS);
    script.products().forEach(article -> counter.put(shop.id(), product(article, known)));
    script.orders().forEach(sale -> counter.put(shop.id(), order(sale, script.products())));
  }

  void remove(Actor actor) {
    shops.all().stream()
        .filter(shop -> shop.kind().equals(KIND))
        .forEach(shop -> shops.remove(actor, shop.id()));
  }

  private static ProductState product(Article article, Instant known) {
    return new ProductState(
        article.id(),
        article.title(),
        "Brinewell",
        article.type(),
        article.text(),
        null,
        null,
        known,
        false,
        article.attributes(),
        article.variants());
  }

  private Instant ago(double hours) {
    return clock
        .instant()
        .minus(Duration.ofSeconds((long) (hours * 3600)))
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private OrderState order(Sale sale, List<Article> articles) {
    Instant placed = ago(sale.hoursAgo());
    List<OrderState.Line> lines = new ArrayList<>();
    for (Item item : sale.items()) {
      lines.add(line(item, articles, lines.size() + 1));
    }
    long total = lines.stream().mapToLong(OrderState.Line::total).sum() + sale.shipping();
    Sent sent = sale.sent();
    Instant cancelled = sale.cancelledHours() == null ? null : ago(sale.cancelledHours());
    List<OrderState.LineQuantity> all =
        lines.stream()
            .map(line -> new OrderState.LineQuantity(line.externalId(), line.quantity()))
            .toList();
    Instant changed =
        cancelled != null
            ? cancelled
            : sent == null ? placed : ago(sent.scans().getFirst().hoursAgo());
    return new OrderState(
        sale.number(),
        sale.number(),
        placed,
        changed,
        "EUR",
        new OrderState.Buyer(null, sale.email(), null, sale.name(), null),
        sale.refund() == 0
            ? PaymentState.paid
            : sale.refund() == total ? PaymentState.refunded : PaymentState.partially_refunded,
        sent == null ? FulfilmentState.unfulfilled : FulfilmentState.fulfilled,
        cancelled == null ? null : new OrderState.Cancellation(cancelled, "no_longer_needed"),
        lines,
        List.of(new OrderState.Charge(OrderState.ChargeKind.shipping, "Standard", sale.shipping())),
        List.of(new OrderState.Tax("VAT 23 %", Math.round(total * 23 / 123.0), true)),
        List.of(
            new OrderState.Payment(
                sale.number() + "-payment",
                OrderState.PaymentKind.capture,
                sale.paid(),
                total,
                placed)),
        sale.refund() == 0
            ? List.of()
            : List.of(
                new OrderState.Refund(
                    sale.number() + "-refund-1", sale.refund(), 0, changed, null, List.of())),
        sent == null ? List.of() : List.of(parcel(sale.number(), sent, all)),
        List.of(),
        sale.address(),
        sale.address(),
        sale.note(),
        false,
        Map.of());
  }

  private static OrderState.Line line(Item item, List<Article> articles, int place) {
    for (Article article : articles) {
      for (ProductState.Variant variant : article.variants()) {
        if (variant.externalId().equals(item.variant())) {
          return new OrderState.Line(
              "line-" + place,
              article.id(),
              variant.externalId(),
              variant.sku(),
              article.title(),
              variant.title(),
              item.quantity(),
              variant.price(),
              0,
              true,
              null,
              variant.options());
        }
      }
    }
    throw new IllegalArgumentException(item.variant());
  }

  private OrderState.Parcel parcel(String number, Sent sent, List<OrderState.LineQuantity> lines) {
    Scan last = sent.scans().getFirst();
    Instant delivered = last.state() == ParcelState.delivered ? ago(last.hoursAgo()) : null;
    return new OrderState.Parcel(
        number + "-parcel-1",
        last.state(),
        sent.carrier(),
        sent.tracking(),
        null,
        ago(sent.scans().getLast().hoursAgo()),
        sent.expectedHoursAgo() == null ? null : ago(sent.expectedHoursAgo()),
        delivered,
        lines,
        sent.scans().stream()
            .map(scan ->
                new OrderState.Checkpoint(
                    ago(scan.hoursAgo()), scan.state(), scan.words(), scan.place()))
            .toList());
  }

  private Script read() {
    try (InputStream script = new ClassPathResource("demo/orders.json").getInputStream()) {
      return Objects.requireNonNull(json.readValue(script, Script.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
