package dev.shopbell.commerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.shopbell.commerce.ShopConnector.Batch;
import dev.shopbell.commerce.ShopUnderTest.Knows;
import dev.shopbell.commerce.ShopUnderTest.Wish;
import dev.shopbell.commerce.ShopUnderTest.WishLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every connector keeps, whatever the shop system. The test of a connector extends this, and
 * with it what is above.
 */
@Timeout(60)
public abstract class ShopConnectorContract extends ShopContactContract {
  private List<OrderState> readAll(@Nullable Instant since) throws ShopTrouble {
    List<OrderState> all = new ArrayList<>();
    String cursor = null;
    do {
      Batch<OrderState> page = connector.orders(shop.link(), since, cursor);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  private static List<String> ids(List<OrderState> orders) {
    return orders.stream().map(OrderState::externalId).toList();
  }

  @Test
  void readsAllOfAnOrder() throws ShopTrouble {
    ShopUnderTest.Product product = shop.offer("Beanie", "19.90", 5, List.of("S", "M"));
    Wish wish =
        wish(
            new WishLine(product.variantIds().getLast(), "Beanie", 2, "19.90", "3.80"),
            line("Wrapping", 1, "2.50"));
    String id = shop.place(wish);
    OrderState order = read(id);
    assertThat(order.externalId()).isEqualTo(id);
    assertThat(order.number()).isNotBlank();
    assertThat(order.currency()).isEqualTo("EUR");
    assertThat(order.total()).isEqualTo(4340).isEqualTo(wish.statedTotal());
    assertThat(order.charges())
        .containsExactly(
            new OrderState.Charge(
                OrderState.ChargeKind.shipping, order.charges().getFirst().title(), 490));
    assertThat(order.taxes())
        .singleElement()
        .satisfies(tax -> assertThat(tax.amount()).isEqualTo(319))
        .satisfies(tax -> assertThat(tax.included()).isTrue());
    assertThat(order.lines())
        .satisfiesExactly(
            first -> {
              assertThat(first.title()).isEqualTo("Beanie");
              assertThat(first.productId()).isEqualTo(product.id());
              assertThat(first.variantId()).isEqualTo(product.variantIds().getLast());
              assertThat(first.quantity()).isEqualTo(2);
              assertThat(first.unitPrice()).isEqualTo(1990);
              assertThat(first.discount()).isEqualTo(380);
              assertThat(first.options()).containsEntry("Size", "M");
            },
            second -> {
              assertThat(second.title()).isEqualTo("Wrapping");
              assertThat(second.unitPrice()).isEqualTo(250);
            });
    assertThat(order.buyer().email()).isEqualTo("ada@example.com");
    assertThat(order.buyer().externalId()).isNotBlank();
    assertThat(order.shipTo()).isEqualTo(HOME);
    assertThat(order.payment()).isEqualTo(PaymentState.paid);
    assertThat(order.payments())
        .singleElement()
        .satisfies(payment -> assertThat(payment.amount()).isEqualTo(4340))
        .satisfies(payment -> assertThat(payment.method()).isNotBlank());
    assertThat(order.fulfilment()).isEqualTo(FulfilmentState.unfulfilled);
    assertThat(order.cancellation()).isNull();
    assertThat(order.refunds()).isEmpty();
    assertThat(order.parcels()).isEmpty();
    assertThat(order.changedAt()).isAfterOrEqualTo(order.placedAt());
  }

  /** None, two and three digits; tax in the price and on top; totals that lines do not explain. */
  @ParameterizedTest
  @CsvSource({
    "EUR, 3, 19.99, 0.07, 4.90, 5.00, true,",
    "EUR, 3, 19.99, 0.07, 4.90, 5.00, false,",
    "JPY, 3, 1999, 100, 500, 250, false,",
    "KWD, 7, 1.125, 0.005, 0.750, 0.001, false,",
    "USD, 1, 0.00, 0.00, 0.00, 0.00, false,",
    "EUR, 2, 10.00, 0.00, 0.00, 0.00, true, 19.98",
    "CHF, 2, 10.02, 0.00, 0.00, 0.00, true, 20.05",
    "EUR, 1, 1000000.00, 0.00, 0.00, 190000.00, false,"
  })
  void totalsAlwaysAddUp(
      String currency,
      int quantity,
      String price,
      String discount,
      String shipping,
      String tax,
      boolean included,
      @Nullable String total)
      throws ShopTrouble {
    WishLine line = new WishLine(null, "Beanie", quantity, price, discount);
    Wish wish =
        new Wish(
            currency,
            List.of(line),
            shipping,
            tax,
            included,
            total,
            "ada@example.com",
            false,
            null,
            null,
            true);
    OrderState order = read(shop.place(wish));
    assertThat(order.currency()).isEqualTo(currency);
    assertThat(order.total()).isEqualTo(wish.statedTotal());
    assertThat(order.lines().getFirst().total())
        .isEqualTo(Money.minor(price, currency) * quantity - Money.minor(discount, currency));
    long unexplained =
        order.charges().stream()
            .filter(charge -> charge.kind() == OrderState.ChargeKind.adjustment)
            .count();
    assertThat(unexplained).isEqualTo(total == null ? 0 : 1);
  }

  @Test
  void readsWhoeverBoughtAndWherever() throws ShopTrouble {
    Wish guest =
        new Wish(
            "EUR",
            List.of(line("E-Book", 1, "9.00")),
            "0",
            "0",
            true,
            null,
            "guest@example.com",
            false,
            null,
            null,
            true);
    OrderState order = read(shop.place(guest));
    assertThat(order.buyer().externalId()).isNull();
    assertThat(order.buyer().email()).isEqualTo("guest@example.com");
    assertThat(order.shipTo()).isNull();
    Wish nobody =
        new Wish(
            "EUR",
            List.of(line("At the till", 1, "9.00")),
            "0",
            "0",
            true,
            null,
            null,
            false,
            null,
            null,
            false);
    order = read(shop.place(nobody));
    assertThat(order.buyer().email()).isNull();
    assertThat(order.payment()).isEqualTo(PaymentState.pending);
    assertThat(order.payments())
        .noneMatch(payment -> payment.kind() == OrderState.PaymentKind.capture);
  }

  @Test
  void keepsStrangeCharacters() throws ShopTrouble {
    String strange =
        "„Zoë“ \"O'Brien\" \\ <b>&amp;</b> \u05E9\u05DC\u05D5\u05DD 日本 👩‍👩‍👧 {$x} %20";
    PostalAddress address =
        new PostalAddress(strange, strange, strange, null, "0 0", strange, null, "IL", null);
    Wish wish =
        new Wish(
            "EUR",
            List.of(line(strange, 1, "9.00")),
            "0",
            "0",
            true,
            null,
            "o'brien+tag@example.com",
            false,
            address,
            strange + "\nsecond line",
            true);
    OrderState order = read(shop.place(wish));
    assertThat(order.lines().getFirst().title()).isEqualTo(strange);
    assertThat(order.shipTo()).isEqualTo(address);
    assertThat(order.note()).isEqualTo(strange + "\nsecond line");
    assertThat(order.buyer().email()).isEqualTo("o'brien+tag@example.com");
  }

  @Test
  void readsWhatWasCancelledAndGivenBack() throws ShopTrouble {
    String cancelled = shop.place(wish(line("Beanie", 2, "19.90")));
    shop.cancel(cancelled);
    assertThat(read(cancelled).cancellation()).isNotNull();

    String id = shop.place(wish(line("Beanie", 2, "19.90"), line("Scarf", 1, "30.00")));
    OrderState before = read(id);
    shop.refund(id, before.lines().getFirst().externalId(), 1);
    OrderState after = read(id);
    assertThat(after.refunded()).isEqualTo(1990);
    assertThat(after.payment()).isEqualTo(PaymentState.partially_refunded);
    assertThat(after.total()).as("what was bought stays").isEqualTo(before.total());
    assertThat(after.changedAt()).isAfter(before.changedAt());
    if (shop.knows().contains(Knows.refunded_lines)) {
      assertThat(after.refunded(after.lines().getFirst())).isEqualTo(1);
      assertThat(after.refunded(after.lines().getLast())).isZero();
    }
  }

  @Test
  void readsWhereTheParcelsAre() throws ShopTrouble {
    assumeThat(shop.knows()).contains(Knows.parcels);
    String id = shop.place(wish(line("Beanie", 2, "19.90"), line("Scarf", 1, "30.00")));
    OrderState.Line beanie = read(id).lines().getFirst();
    shop.ship(id, beanie.externalId(), 1, "DHL", "JD0146");
    OrderState order = read(id);
    assertThat(order.fulfilment()).isEqualTo(FulfilmentState.partial);
    assertThat(order.parcels())
        .singleElement()
        .satisfies(parcel -> {
          assertThat(parcel.carrier()).isEqualTo("DHL");
          assertThat(parcel.trackingNumber()).isEqualTo("JD0146");
          assertThat(parcel.state()).isEqualTo(ParcelState.in_transit);
          assertThat(parcel.shippedAt()).isNotNull();
          assertThat(parcel.deliveredAt()).isNull();
        });
    assertThat(order.sent(order.lines().getFirst())).isEqualTo(1);
    shop.ship(id, beanie.externalId(), 1, "DHL", "JD0147");
    shop.ship(id, order.lines().getLast().externalId(), 1, "UPS", "1Z9");
    assertThat(read(id).fulfilment()).isEqualTo(FulfilmentState.fulfilled);
    assertThat(read(id).parcels()).hasSize(3);
    assumeThat(shop.knows()).contains(Knows.delivery);
    shop.deliver(id);
    assertThat(read(id).parcels())
        .allSatisfy(parcel -> {
          assertThat(parcel.state()).isEqualTo(ParcelState.delivered);
          assertThat(parcel.deliveredAt()).isNotNull();
        });
  }

  @Test
  void readsOrdersOfMoreLinesThanAPageHolds() throws ShopTrouble {
    Wish wish = wish();
    for (int i = 1; i <= 130; i++) {
      wish = wish.with(line("Bead " + i, i % 3 + 1, "0.10"));
    }
    OrderState order = read(shop.place(wish));
    assertThat(order.lines())
        .hasSize(130)
        .extracting(OrderState.Line::title)
        .doesNotHaveDuplicates();
    assertThat(order.total()).isEqualTo(wish.statedTotal());
    assertThat(order.charges()).hasSize(1);
  }

  @Test
  void comesThroughAllOrdersInOrderOfChangeAndUponWhatChangesMeanwhile() throws ShopTrouble {
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < shop.ordersPerPage() * 2 + 3; i++) {
      placed.add(shop.place(wish(line("Beanie", 1, "19.90"))));
    }
    shop.changeNote(placed.getFirst(), "moved to the end");
    assertThat(ids(readAll(null))).startsWith(placed.get(1)).endsWith(placed.getFirst());
    assertThat(ids(readAll(null))).containsExactlyInAnyOrderElementsOf(placed);

    List<OrderState> seen = new ArrayList<>();
    Batch<OrderState> page = connector.orders(shop.link(), null, null);
    assertThat(page.items()).hasSize(shop.ordersPerPage());
    seen.addAll(page.items());
    String late = placed.get(2);
    shop.changeNote(late, "while you read");
    String fresh = shop.place(wish(line("Scarf", 1, "30.00")));
    while (page.next() != null) {
      page = shop.connector().orders(shop.link(), null, page.next());
      seen.addAll(page.items());
    }
    assertThat(ids(seen)).containsAll(placed).contains(fresh);
    assertThat(seen)
        .filteredOn(order -> order.externalId().equals(late))
        .last()
        .extracting(OrderState::note)
        .isEqualTo("while you read");

    Instant since = read(late).changedAt();
    assertThat(ids(readAll(since))).contains(late, fresh).doesNotContain(placed.get(3));
  }

  @Test
  void readsTheOrdersThatAreAskedForAndLeavesOutThoseThatAreNoMore() throws ShopTrouble {
    String first = shop.place(wish(line("Beanie", 1, "19.90")));
    String second = shop.place(wish(line("Scarf", 1, "30.00")));
    String third = shop.place(wish(line("Gloves", 1, "25.00")));
    shop.remove(second);
    assertThat(ids(connector.orders(shop.link(), List.of(third, second, first))))
        .containsExactlyInAnyOrder(first, third);
    assertThat(connector.orders(shop.link(), List.of())).isEmpty();
  }

  // Products

  @Test
  void readsProductsWithTheirVariants() throws ShopTrouble {
    ShopUnderTest.Product beanie = shop.offer("Beanie", "19.90", 5, List.of("S", "M"));
    ShopUnderTest.Product gone = shop.offer("Scarf", "30.00", 0, List.of("One"));
    shop.removeProduct(gone.id());
    Batch<ProductState> page = connector.products(shop.link(), null, null);
    assertThat(page.items())
        .filteredOn(product -> !product.removed())
        .singleElement()
        .satisfies(product -> {
          assertThat(product.externalId()).isEqualTo(beanie.id());
          assertThat(product.title()).isEqualTo("Beanie");
          assertThat(product.descriptionText()).doesNotContain("<");
          assertThat(product.variants())
              .extracting(ProductState.Variant::externalId)
              .containsExactlyElementsOf(beanie.variantIds());
          assertThat(product.variants())
              .allSatisfy(variant -> assertThat(variant.price()).isEqualTo(1990))
              .allSatisfy(variant -> assertThat(variant.stock()).isEqualTo(5))
              .extracting(variant -> variant.options().get("Size"))
              .containsExactly("S", "M");
          if (shop.knows().contains(Knows.attributes)) {
            assertThat(product.attributes()).containsEntry("Material", "Merino");
          }
        });
    assertThat(connector.products(shop.link(), List.of(beanie.id(), gone.id())))
        .filteredOn(product -> !product.removed())
        .extracting(ProductState::externalId)
        .containsExactly(beanie.id());
  }
}
