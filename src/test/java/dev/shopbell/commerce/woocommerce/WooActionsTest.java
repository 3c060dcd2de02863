package dev.shopbell.commerce.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.PaymentState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopAction.Kind;
import dev.shopbell.commerce.ShopConnector;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.commerce.ShopUnderTest.Product;
import dev.shopbell.commerce.ShopUnderTest.Wish;
import dev.shopbell.commerce.ShopUnderTest.WishLine;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How WooCommerce is made to do what it has no single call for. */
@Timeout(60)
class WooActionsTest {
  static final ShopAction ALL = new ShopAction.Cancel(ShopAction.CancelReason.other, true);

  private final WooShop shop = new WooShop();
  private final ShopConnector connector = shop.connector();

  @AfterEach
  void close() {
    shop.close();
  }

  private OrderState order(boolean paid, WishLine... lines) throws ShopTrouble {
    Wish wish =
        new Wish(
            "EUR",
            List.of(lines),
            "4.90",
            "7.00",
            true,
            null,
            "ada@example.com",
            false,
            null,
            null,
            paid);
    return read(shop.place(wish));
  }

  private OrderState read(String id) throws ShopTrouble {
    return connector.orders(shop.link(), List.of(id)).getFirst();
  }

  private Outcome act(OrderState order, ShopAction action) throws ShopTrouble {
    return connector.act(shop.link(), order, action, "key");
  }

  private static BigDecimal sum(JsonNode refund) {
    BigDecimal sum = BigDecimal.ZERO;
    for (String list : List.of("line_items", "shipping_lines")) {
      for (JsonNode item : refund.path(list)) {
        sum = sum.add(WooStore.decimal(item, "total")).add(WooStore.decimal(item, "total_tax"));
      }
    }
    return sum.negate();
  }

  /** Whole lines, a part for a scratch, with and without shipping, odd cents. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1990",
    "2, 490, 4470",
    "3, 490, 6460",
    "2, 0, 1001",
    "3, 333, 1000",
    "1, 0, 1"
  })
  void whatIsGivenBackIsSpreadOverLinesAndTaxesToTheCent(int quantity, long shipping, long amount)
      throws ShopTrouble {
    OrderState order = order(true, new WishLine(null, "Beanie", 3, "19.90", "0"));
    String line = order.lines().getFirst().externalId();
    ShopAction refund =
        new ShopAction.Refund(
            List.of(new LineQuantity(line, quantity)),
            shipping,
            amount,
            ShopAction.RefundTo.original,
            false,
            null);
    assertThat(act(order, refund)).isInstanceOf(Outcome.Done.class);
    ObjectNode stored = shop.store.order(order.externalId());
    ObjectNode given = shop.store.belonging(stored, "refund").getFirst();
    assertThat(sum(given)).isEqualByComparingTo(BigDecimal.valueOf(amount, 2));
    assertThat(read(order.externalId()).refunds().getFirst().shipping()).isEqualTo(shipping);
    assertThat(WooStore.decimal(given.path("line_items").get(0).path("taxes").get(0), "total"))
        .isNotPositive();
  }

  @Test
  void aGestureOfMoreThanTheGoodsStandsInTheSum() throws ShopTrouble {
    OrderState order = order(true, new WishLine(null, "Beanie", 3, "19.90", "0"));
    LineQuantity one = new LineQuantity(order.lines().getFirst().externalId(), 1);
    ShopAction refund =
        new ShopAction.Refund(List.of(one), 0, 2500, ShopAction.RefundTo.original, false, "Sorry");
    assertThat(act(order, refund)).isInstanceOf(Outcome.Done.class);
    assertThat(read(order.externalId()).refunds().getFirst())
        .satisfies(given -> assertThat(given.amount()).isEqualTo(2500))
        .satisfies(given -> assertThat(given.reason()).isEqualTo("Sorry"));
  }

  @Test
  void aGatewayThatCannotGiveBackChangesNothing() throws ShopTrouble {
    shop.store.refundsByGateway = false;
    Product beanie = shop.offer("Beanie", "19.90", 9, List.of("S", "L"));
    String small = beanie.variantIds().getFirst();
    OrderState order =
        order(
            true,
            new WishLine(small, "Beanie", 1, "19.90", "0"),
            new WishLine(null, "Scarf", 1, "30.00", "0"));
    assertThat(act(order, ALL))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.words()).contains("automatic refunds"));
    ShopAction change =
        new ShopAction.ChangeItems(
            List.of(new LineQuantity(order.lines().getLast().externalId(), 0)),
            List.of(
                new ShopAction.Swap(
                    order.lines().getFirst().externalId(), 1, beanie.variantIds().getLast())));
    assertThat(act(order, change)).isInstanceOf(Outcome.Refused.class);
    assertThat(read(order.externalId())).isEqualTo(order);
  }

  @Test
  void aRefundThatIsNotOursLeavesTheAnswerToAPerson() throws ShopTrouble {
    OrderState order = order(true, new WishLine(null, "Beanie", 3, "19.90", "0"));
    shop.refund(order.externalId(), order.lines().getFirst().externalId(), 1);
    assertThat(connector.find(shop.link(), order, ALL, "key")).isInstanceOf(Outcome.Unknown.class);
    assertThat(act(order, ALL)).as("nor is it done over it").isInstanceOf(Outcome.Refused.class);
    assertThat(act(read(order.externalId()), ALL)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void anOrderThatIsNotPaidIsCancelledWithoutMoney() throws ShopTrouble {
    OrderState order = order(false, new WishLine(null, "Beanie", 3, "19.90", "0"));
    assertThat(act(order, ALL)).isInstanceOf(Outcome.Done.class);
    OrderState now = read(order.externalId());
    assertThat(now.cancellation()).isNotNull();
    assertThat(now.payment()).isEqualTo(PaymentState.voided);
    assertThat(now.refunds()).isEmpty();
    assertThat(connector.act(shop.link(), now, ALL, "another")).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void whatIsTakenOutOfAPaidOrderIsGivenBackAndNoLongerInIt() throws ShopTrouble {
    OrderState order =
        order(
            true,
            new WishLine(null, "Beanie", 3, "19.90", "0"),
            new WishLine(null, "Scarf", 1, "30.00", "0"));
    String beanie = order.lines().getFirst().externalId();
    ShopAction change = new ShopAction.ChangeItems(List.of(new LineQuantity(beanie, 1)), List.of());
    assertThat(act(order, change)).isInstanceOf(Outcome.Done.class);
    OrderState now = read(order.externalId());
    assertThat(now.total()).isEqualTo(order.total() - 2 * 1990);
    assertThat(now.lines()).extracting(OrderState.Line::quantity).containsExactly(1, 1);
    assertThat(now.lines().getFirst().unitPrice()).isEqualTo(1990);
    assertThat(now.charges()).as("nothing is unexplained").hasSize(1);
    assertThat(now.refunds()).isEmpty();
    assertThat(now.payment()).isEqualTo(PaymentState.paid);
    assertThat(now.payments().getFirst().amount()).isEqualTo(now.total());
    assertThat(now.taxes().getFirst().amount()).isBetween(230L, 240L);
    assertThat(act(now, change)).isInstanceOf(Outcome.Done.class);
    assertThat(read(order.externalId())).isEqualTo(now);
  }

  @Test
  void ofAPaidOrderNothingIsMadeDearer() throws ShopTrouble {
    Product beanie = shop.offer("Beanie", "19.90", 9, List.of("S", "L"));
    Product scarf = shop.offer("Scarf", "30.00", 9, List.of("One"));
    OrderState order =
        order(true, new WishLine(beanie.variantIds().getFirst(), "Beanie", 1, "19.90", "0"));
    String line = order.lines().getFirst().externalId();
    String large = beanie.variantIds().getLast();
    ObjectNode variation = shop.store.product(Long.parseLong(large));
    assertThat(variation).isNotNull();
    variation.put("price", "24.90");
    for (ShopAction.ChangeItems change :
        List.of(
            new ShopAction.ChangeItems(List.of(new LineQuantity(line, 2)), List.of()),
            new ShopAction.ChangeItems(List.of(), List.of(new ShopAction.Swap(line, 1, large))),
            new ShopAction.ChangeItems(
                List.of(), List.of(new ShopAction.Swap(line, 1, scarf.variantIds().getFirst()))))) {
      assertThat(act(order, change)).isInstanceOf(Outcome.Refused.class);
    }
    assertThat(read(order.externalId())).isEqualTo(order);
  }

  @Test
  void linesOfAnOrderThatIsNotPaidAreChangedInOneCall() throws ShopTrouble {
    Product beanie = shop.offer("Beanie", "19.90", 9, List.of("S", "L"));
    String large = beanie.variantIds().getLast();
    OrderState order =
        order(
            false,
            new WishLine(null, "Scarf", 1, "30.00", "0"),
            new WishLine(beanie.variantIds().getFirst(), "Beanie", 2, "19.90", "0"));
    String scarf = order.lines().getFirst().externalId();
    String line = order.lines().getLast().externalId();
    ShopAction change =
        new ShopAction.ChangeItems(
            List.of(new LineQuantity(scarf, 2)), List.of(new ShopAction.Swap(line, 2, large)));
    assertThat(act(order, change)).isInstanceOf(Outcome.Done.class);
    OrderState now = read(order.externalId());
    assertThat(now.lines()).extracting(OrderState.Line::quantity).containsExactly(2, 2);
    assertThat(now.lines().getLast().variantId()).isEqualTo(large);
    assertThat(shop.server.asked()).filteredOn(asked -> !asked.startsWith("GET")).hasSize(1);
  }

  @Test
  void anExchangeIsANewOrderForNothingThatKnowsItsFirst() throws ShopTrouble {
    Product beanie = shop.offer("Beanie", "19.90", 1, List.of("S", "L"));
    OrderState order =
        order(true, new WishLine(beanie.variantIds().getFirst(), "Beanie", 2, "19.90", "0"));
    String line = order.lines().getFirst().externalId();
    String large = beanie.variantIds().getLast();
    assertThat(
            act(order, new ShopAction.Exchange(List.of(new ShopAction.Swap(line, 2, large)), null)))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.words()).contains("not in stock"));
    Outcome outcome =
        act(order, new ShopAction.Exchange(List.of(new ShopAction.Swap(line, 1, large)), null));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    String fresh = String.valueOf(((Outcome.Done) outcome).reference());
    assertThat(read(fresh).total()).isZero();
    assertThat(shop.store.order(fresh).path("parent_id").asString()).isEqualTo(order.externalId());
  }

  @Test
  void aCodeThatTheShopHasAlreadyIsNotTakenForOurs() throws ShopTrouble {
    ShopAction code = new ShopAction.DiscountCode("WINTER", "EUR", 500, 0, null);
    assertThat(connector.act(shop.link(), null, code, "one")).isInstanceOf(Outcome.Done.class);
    assertThat(connector.act(shop.link(), null, code, "two")).isInstanceOf(Outcome.Refused.class);
    ShopAction yen = new ShopAction.DiscountCode("YEN", "JPY", 500, 0, null);
    assertThat(connector.act(shop.link(), null, yen, "three")).isInstanceOf(Outcome.Refused.class);
    assertThat(shop.store.coupons)
        .singleElement()
        .satisfies(coupon -> {
          assertThat(coupon.path("discount_type").asString()).isEqualTo("fixed_cart");
          assertThat(coupon.path("amount").asString()).isEqualTo("5.00");
          assertThat(coupon.path("usage_limit").asInt()).isEqualTo(1);
        });
  }

  @Test
  void offersNoReturnsAndNoGiftCards() {
    assertThat(connector.actions()).doesNotContain(Kind.return_items, Kind.gift_card).hasSize(9);
  }
}
