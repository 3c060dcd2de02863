package dev.shopbell.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.commerce.DemoTill.Sample;
import dev.shopbell.commerce.OrderCase.Asker;
import dev.shopbell.commerce.OrderCase.Who;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.PolicyEngine.Decision;
import dev.shopbell.commerce.ShopAction.CancelReason;
import dev.shopbell.commerce.ShopAction.RefundTo;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every rule refuses what it is there to refuse, and names itself. */
class PolicyEngineTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final OrderPolicy USUAL = OrderPolicy.STANDARD;
  private static final OrderPolicy STRICT = OrderPolicy.STRICT;

  private static final ShopAction.Cancel CANCEL =
      new ShopAction.Cancel(CancelReason.no_longer_needed, true);
  private static final ShopAction RETURN =
      new ShopAction.Return(List.of(new LineQuantity("line-1", 1)), null);

  private static ShopAction refund(long amount, RefundTo to) {
    return new ShopAction.Refund(List.of(), 0, amount, to, false, null);
  }

  private static ShopAction exchange(int quantity, String variant) {
    return new ShopAction.Exchange(List.of(new ShopAction.Swap("line-1", quantity, variant)), null);
  }

  private static final OrderState NEW = Sample.order("anna@shop.example");

  private static OrderState delivered(int daysAgo) {
    return Sample.delivered("anna@shop.example", NOW.minus(Duration.ofDays(daysAgo)));
  }

  private static OrderState underWay() {
    return Sample.order(
        "anna@shop.example",
        FulfilmentState.fulfilled,
        List.of(Sample.parcel(ParcelState.in_transit, NOW)),
        NOW.minus(Duration.ofDays(2)));
  }

  private static OrderCase of(OrderState state, Who who, String role, ShopAction... past) {
    List<ParcelView> parcels =
        state.parcels().stream()
            .map(one ->
                new ParcelView(
                    1,
                    one.state(),
                    one.carrier(),
                    one.trackingNumber(),
                    null,
                    one.shippedAt(),
                    null,
                    one.deliveredAt(),
                    NOW,
                    one.lines(),
                    List.of()))
            .toList();
    return new OrderCase(
        new Asker(who, role),
        new Order(1, 1, 1, 1L, state.total(), state.refunded(), null, state),
        parcels,
        List.of(past),
        EnumSet.allOf(ShopAction.Kind.class),
        Map.of("mug", Sample.product("mug", 3)),
        null,
        NOW);
  }

  private static String rule(
      OrderPolicy policy, OrderState state, ShopAction action, ShopAction... past) {
    return rule(policy, of(state, Who.agent, "agent", past), action);
  }

  private static String rule(OrderPolicy policy, OrderCase one, ShopAction action) {
    return switch (PolicyEngine.decide(policy, one, action)) {
      case Decision.Allowed _ -> "allowed";
      case Decision.Refused refused -> refused.rule();
    };
  }

  @Test
  void anOrderIsCancelledForAnyReasonUntilItIsSent() {
    for (CancelReason reason : CancelReason.values()) {
      assertThat(rule(USUAL, NEW, new ShopAction.Cancel(reason, true))).isEqualTo("allowed");
    }
    assertThat(rule(USUAL, underWay(), CANCEL)).isEqualTo("cancel_until");
    assertThat(rule(USUAL, delivered(1), CANCEL)).isEqualTo("cancel_until");
  }

  @Test
  void strictlyItIsCancelledForTwoReasonsOnly() {
    assertThat(rule(STRICT, NEW, CANCEL)).isEqualTo("allowed");
    assertThat(rule(STRICT, NEW, new ShopAction.Cancel(CancelReason.ordered_by_mistake, true)))
        .isEqualTo("allowed");
    assertThat(rule(STRICT, NEW, new ShopAction.Cancel(CancelReason.out_of_stock, true)))
        .isEqualTo("cancel_reason");
    assertThat(rule(STRICT, underWay(), CANCEL)).isEqualTo("cancel_until");
  }

  @Test
  void moneyGoesBackAsFarAsItWasPaidAndWhereItMay() {
    assertThat(rule(USUAL, NEW, refund(4_500, RefundTo.original))).isEqualTo("allowed");
    assertThat(rule(USUAL, NEW, refund(4_501, RefundTo.original))).isEqualTo("refund_amount");
    assertThat(rule(USUAL, NEW, refund(0, RefundTo.original))).isEqualTo("refund_amount");
    assertThat(rule(USUAL, NEW, refund(100, RefundTo.gift_card))).isEqualTo("refund_to");
    assertThat(rule(STRICT, NEW, refund(100, RefundTo.gift_card))).isEqualTo("allowed");
    assertThat(rule(STRICT, NEW, refund(100, RefundTo.store_credit))).isEqualTo("refund_to");
    OrderState unpaid = Told.later(NEW, NEW.changedAt(), PaymentState.pending, null);
    assertThat(rule(USUAL, unpaid, refund(100, RefundTo.original))).isEqualTo("refund_paid");
  }

  @Test
  void whoHelpsOutGivesNothingBack() {
    assertThat(rule(USUAL, of(NEW, Who.agent, "guest"), refund(1, RefundTo.original)))
        .isEqualTo("most_by_role");
    assertThat(rule(USUAL, of(NEW, Who.bot, null), refund(1, RefundTo.original)))
        .isEqualTo("actor");
    assertThat(rule(USUAL, of(NEW, Who.shopper, null), CANCEL)).isEqualTo("allowed");
    assertThat(rule(USUAL, of(NEW, Who.bot, null), CANCEL)).isEqualTo("allowed");
  }

  @Test
  void deliveredItemsComeBackWithinThirtyDaysAndNeverMoreThanArrived() {
    assertThat(rule(USUAL, delivered(29), RETURN)).isEqualTo("allowed");
    assertThat(rule(USUAL, delivered(31), RETURN)).isEqualTo("return_days");
    assertThat(rule(USUAL, NEW, RETURN)).isEqualTo("return_quantity");
    assertThat(rule(USUAL, underWay(), RETURN)).isEqualTo("return_quantity");
    ShopAction three = new ShopAction.Return(List.of(new LineQuantity("line-1", 3)), null);
    assertThat(rule(USUAL, delivered(1), three)).isEqualTo("return_quantity");
    assertThat(rule(USUAL, delivered(1), RETURN, RETURN)).isEqualTo("allowed");
    assertThat(rule(USUAL, delivered(1), RETURN, RETURN, exchange(1, "mug-M")))
        .isEqualTo("return_quantity");
  }

  @Test
  void strictlyThereIsOneReturnOrExchange() {
    assertThat(rule(STRICT, delivered(1), RETURN)).isEqualTo("allowed");
    assertThat(rule(STRICT, delivered(1), RETURN, exchange(1, "mug-M")))
        .isEqualTo("one_return_or_exchange");
    assertThat(rule(STRICT, delivered(1), exchange(1, "mug-M"), RETURN))
        .isEqualTo("one_return_or_exchange");
  }

  @Test
  void anExchangeKeepsTheProductAndTakesWhatIsThere() {
    assertThat(rule(USUAL, delivered(1), exchange(1, "mug-M"))).isEqualTo("allowed");
    assertThat(rule(USUAL, delivered(1), exchange(1, "mug-L"))).isEqualTo("exchange_stock");
    assertThat(rule(USUAL, delivered(1), exchange(1, "plate-M"))).isEqualTo("exchange_product");
    assertThat(rule(USUAL, delivered(1), exchange(1, "mug-S"))).isEqualTo("exchange_variant");
    assertThat(rule(USUAL, delivered(1), exchange(3, "mug-M"))).isEqualTo("exchange_quantity");
  }

  @Test
  void strictlyItemsChangeOnceAndNothingAfterIt() {
    ShopAction fewer =
        new ShopAction.ChangeItems(List.of(new LineQuantity("line-1", 1)), List.of());
    ShopAction address = new ShopAction.ChangeAddress(NEW.shipTo());
    assertThat(rule(USUAL, NEW, fewer, fewer)).isEqualTo("allowed");
    assertThat(rule(STRICT, NEW, fewer)).isEqualTo("allowed");
    for (ShopAction after : List.of(fewer, CANCEL, address)) {
      assertThat(rule(STRICT, NEW, after, fewer)).isEqualTo("item_changes_once");
    }
  }

  @Test
  void whatWasSentStands() {
    ShopAction fewer =
        new ShopAction.ChangeItems(List.of(new LineQuantity("line-1", 1)), List.of());
    assertThat(rule(USUAL, underWay(), fewer)).isEqualTo("change_until");
    assertThat(rule(USUAL, underWay(), new ShopAction.ChangeAddress(NEW.shipTo())))
        .isEqualTo("change_until");
    ShopAction none = new ShopAction.ChangeItems(List.of(new LineQuantity("line-1", 0)), List.of());
    assertThat(rule(USUAL, NEW, none)).isEqualTo("items");
  }

  @Test
  void whatIsSentAgainWasSentBefore() {
    ShopAction again = new ShopAction.Resend(List.of(new LineQuantity("line-1", 2)), null);
    assertThat(rule(USUAL, NEW, again)).isEqualTo("resend_sent");
    assertThat(rule(USUAL, underWay(), again)).isEqualTo("allowed");
    ShopAction more = new ShopAction.Resend(List.of(new LineQuantity("line-1", 3)), null);
    assertThat(rule(USUAL, underWay(), more)).isEqualTo("resend_quantity");
  }

  @Test
  void aShopIsAskedForNothingThatItCannotDo() {
    OrderCase one = of(NEW, Who.agent, "agent");
    OrderCase poor =
        new OrderCase(
            one.asker(),
            one.order(),
            one.parcels(),
            one.past(),
            EnumSet.of(ShopAction.Kind.note),
            one.products(),
            null,
            NOW);
    assertThat(rule(USUAL, poor, CANCEL)).isEqualTo("offered");
  }
}
