package dev.shopbell.commerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ShopAction.Kind;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopUnderTest.Bad;
import dev.shopbell.commerce.ShopUnderTest.Wish;
import dev.shopbell.commerce.ShopUnderTest.WishLine;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every connector keeps when something is done in the shop, wholly, once, or not at all. */
@Timeout(60)
abstract class ShopActionContract {
  protected static final PostalAddress HOME =
      new PostalAddress(
          "Ada Lovelace",
          null,
          "Kastanienallee 12",
          "Hinterhaus",
          "10435",
          "Berlin",
          null,
          "DE",
          "+493012345678");

  private static final PostalAddress ELSEWHERE =
      new PostalAddress(
          "Ada King", null, "10 Rue de la Paix", null, "75002", "Paris", null, "FR", null);

  private static final String KEY = "0198f5a0-7c1e-7f3a-9b2d-51a6c0ffee01";
  private static final String OTHER_KEY = "0198f5a0-7c1e-7f3a-9b2d-51a6c0ffee02";
  private static final String WORDS = "That is not how we do it here.";

  protected ShopUnderTest shop;
  protected ShopConnector connector;

  /** A new shop, in which nothing has happened. */
  protected abstract ShopUnderTest open() throws Exception;

  @BeforeEach
  void openTheShop() throws Exception {
    shop = open();
    connector = shop.connector();
  }

  @AfterEach
  void closeTheShop() {
    shop.close();
  }

  /** Of Ada, paid, to her home, with shipping and tax. */
  protected static Wish wish(WishLine... lines) {
    return new Wish(
        "EUR",
        List.of(lines),
        "4.90",
        "3.19",
        true,
        null,
        "ada@example.com",
        true,
        HOME,
        "By the side door",
        true);
  }

  protected static WishLine line(String title, int quantity, String unitPrice) {
    return new WishLine(null, title, quantity, unitPrice, "0");
  }

  protected OrderState read(String orderId) throws ShopTrouble {
    List<OrderState> orders = connector.orders(shop.link(), List.of(orderId));
    assertThat(orders).hasSize(1);
    return orders.getFirst();
  }

  /**
   * @param order null for what concerns none
   * @param small the variant of two that were bought, and of another one
   */
  private record Scene(@Nullable OrderState order, ShopAction action, String small, String large) {
    String id() {
      assertThat(order).isNotNull();
      return order.externalId();
    }
  }

  private Scene scene(Kind kind) throws ShopTrouble {
    assumeThat(connector.actions()).contains(kind);
    ShopUnderTest.Product beanie = shop.offer("Beanie", "19.90", 50, List.of("S", "L"));
    ShopUnderTest.Product scarf = shop.offer("Scarf", "30.00", 50, List.of("One"));
    String small = beanie.variantIds().getFirst();
    String large = beanie.variantIds().getLast();
    boolean concernsNone =
        switch (kind) {
          case place_order, discount_code, gift_card -> true;
          case cancel, refund, change_address, change_items, return_items, exchange, resend, note ->
              false;
        };
    if (concernsNone) {
      return new Scene(null, withoutOrder(kind, small), small, large);
    }
    String id =
        shop.place(
            wish(
                new WishLine(small, "Beanie", 2, "19.90", "0"),
                new WishLine(scarf.variantIds().getFirst(), "Scarf", 1, "30.00", "0")));
    OrderState order = read(id);
    String first = order.lines().getFirst().externalId();
    String last = order.lines().getLast().externalId();
    if (kind == Kind.return_items || kind == Kind.exchange || kind == Kind.resend) {
      shop.ship(id, first, 2, "DHL", "JD0146");
      shop.ship(id, last, 1, "DHL", "JD0147");
      order = read(id);
    }
    return new Scene(order, withOrder(kind, first, last, large), small, large);
  }

  private static ShopAction withoutOrder(Kind kind, String variant) {
    return switch (kind) {
      case place_order ->
          new ShopAction.PlaceOrder(
              "grace@example.com",
              List.of(new ShopAction.Wanted(variant, 3)),
              ELSEWHERE,
              false,
              "Asked for by mail");
      case discount_code -> new ShopAction.DiscountCode("SORRY-7Q2X", "EUR", 0, 15, null);
      case gift_card -> new ShopAction.GiftCard("ada@example.com", "EUR", 2500, "Sorry");
      default -> throw new AssertionError(kind);
    };
  }

  private static ShopAction withOrder(Kind kind, String first, String last, String large) {
    List<LineQuantity> one = List.of(new LineQuantity(first, 1));
    return switch (kind) {
      case cancel -> new ShopAction.Cancel(ShopAction.CancelReason.no_longer_needed, true);
      case refund ->
          new ShopAction.Refund(one, 490, 2480, ShopAction.RefundTo.original, true, "Torn");
      case change_address -> new ShopAction.ChangeAddress(ELSEWHERE);
      case change_items ->
          new ShopAction.ChangeItems(
              List.of(new LineQuantity(last, 0)), List.of(new ShopAction.Swap(first, 1, large)));
      case return_items -> new ShopAction.Return(one, "Too small");
      case exchange ->
          new ShopAction.Exchange(List.of(new ShopAction.Swap(first, 1, large)), "Too small");
      case resend -> new ShopAction.Resend(one, null);
      case note -> new ShopAction.AddNote("Called: „leave it at the neighbour’s“");
      default -> throw new AssertionError(kind);
    };
  }

  private Outcome act(Scene scene, String key) throws ShopTrouble {
    return connector.act(shop.link(), scene.order(), scene.action(), key);
  }

  private Outcome find(Scene scene, String key) throws ShopTrouble {
    return connector.find(shop.link(), scene.order(), scene.action(), key);
  }

  private Outcome.Done done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return (Outcome.Done) outcome;
  }

  private void happened(Scene scene, int times) {
    assertThat(shop.happened(scene.action().kind())).isEqualTo(times);
  }

  /** The same as before, but for what notes and labels the shop keeps with it. */
  private void unchanged(Scene scene) throws ShopTrouble {
    happened(scene, 0);
    if (scene.order() != null) {
      OrderState now = read(scene.id());
      assertThat(now)
          .usingRecursiveComparison()
          .ignoringFields("changedAt", "attributes")
          .isEqualTo(scene.order());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void doesWhatItOffers(Kind kind) throws ShopTrouble {
    Scene scene = scene(kind);
    Outcome.Done done = done(act(scene, KEY));
    happened(scene, 1);
    switch (scene.action()) {
      case ShopAction.Cancel _ -> {
        OrderState now = read(scene.id());
        assertThat(now.cancellation()).isNotNull();
        assertThat(now.refunded()).isEqualTo(scene.order().total());
      }
      case ShopAction.Refund refund -> {
        OrderState now = read(scene.id());
        assertThat(now.payment()).isEqualTo(PaymentState.partially_refunded);
        assertThat(now.refunds())
            .singleElement()
            .satisfies(one -> assertThat(one.amount()).isEqualTo(refund.amount()))
            .satisfies(one -> assertThat(one.externalId()).isEqualTo(done.reference()));
        assertThat(now.total()).isEqualTo(scene.order().total());
      }
      case ShopAction.ChangeAddress change ->
          assertThat(read(scene.id()).shipTo()).isEqualTo(change.address());
      case ShopAction.ChangeItems _ ->
          assertThat(quantities(read(scene.id())))
              .isEqualTo(Map.of(scene.small(), 1, scene.large(), 1));
      case ShopAction.Return _, ShopAction.Exchange _ -> assertThat(done.reference()).isNotBlank();
      case ShopAction.Resend _ -> {
        OrderState again = read(done.reference());
        assertThat(again.externalId()).isNotEqualTo(scene.id());
        assertThat(quantities(again)).isEqualTo(Map.of(scene.small(), 1));
        assertThat(again.total()).isZero();
        assertThat(again.shipTo()).isEqualTo(HOME);
        assertThat(again.buyer().email()).isEqualTo("ada@example.com");
      }
      case ShopAction.AddNote note ->
          assertThat(read(scene.id()).note()).contains("By the side door").contains(note.text());
      case ShopAction.PlaceOrder place -> {
        OrderState fresh = read(done.reference());
        assertThat(quantities(fresh)).isEqualTo(Map.of(scene.small(), 3));
        assertThat(fresh.total()).isEqualTo(5970);
        assertThat(fresh.payment()).isEqualTo(PaymentState.pending);
        assertThat(fresh.buyer().email()).isEqualTo(place.email());
        assertThat(fresh.shipTo()).isEqualTo(place.address());
      }
      case ShopAction.DiscountCode code -> assertThat(done.code()).isEqualTo(code.code());
      case ShopAction.GiftCard _ -> assertThat(done.code()).isNotBlank();
    }
  }

  private static Map<String, Integer> quantities(OrderState order) {
    return order.lines().stream()
        .filter(line -> line.quantity() > 0)
        .collect(
            Collectors.toMap(
                line -> String.valueOf(line.variantId()), OrderState.Line::quantity, Integer::sum));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void doesItOnceForAKey(Kind kind) throws ShopTrouble {
    Scene scene = scene(kind);
    Outcome.Done first = done(act(scene, KEY));
    Outcome.Done second = done(act(scene, KEY));
    assertThat(second.reference()).isEqualTo(first.reference());
    happened(scene, 1);
    assertThat(find(scene, KEY)).isInstanceOf(Outcome.Done.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"refund", "note", "resend", "place_order", "gift_card", "return_items"})
  void doesItAgainForAnotherKey(Kind kind) throws ShopTrouble {
    Scene scene = scene(kind);
    done(act(scene, KEY));
    Scene later =
        scene.order() == null
            ? scene
            : new Scene(read(scene.id()), scene.action(), scene.small(), scene.large());
    assertThat(find(later, OTHER_KEY)).isInstanceOf(Outcome.Refused.class);
    done(act(later, OTHER_KEY));
    happened(scene, 2);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void findsWhatWasDoneWhenTheLineBroke(Kind kind) throws ShopTrouble {
    Scene scene = scene(kind);
    shop.nextChange(Bad.cut_after);
    assertThat(act(scene, KEY)).isInstanceOf(Outcome.Unknown.class);
    happened(scene, 1);
    Outcome.Done found = done(find(scene, KEY));
    if (kind == Kind.resend || kind == Kind.place_order || kind == Kind.return_items) {
      assertThat(found.reference()).isNotBlank();
    }
    done(act(scene, KEY));
    happened(scene, 1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void findsThatNothingWasDoneWhenTheLineBroke(Kind kind) throws ShopTrouble {
    for (Bad bad : List.of(Bad.cut_before, Bad.broken)) {
      shop.close();
      openAgain();
      Scene scene = scene(kind);
      shop.nextChange(bad);
      try {
        assertThat(act(scene, KEY)).isInstanceOf(Outcome.Unknown.class);
      } catch (ShopTrouble trouble) {
        assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.unreachable);
      }
      happened(scene, 0);
      assertThat(find(scene, KEY)).isInstanceOf(Outcome.Refused.class);
      done(act(scene, KEY));
      happened(scene, 1);
    }
  }

  private void openAgain() {
    try {
      openTheShop();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void tellsWhyTheShopRefuses(Kind kind) throws ShopTrouble {
    Scene scene = scene(kind);
    shop.refuseNextChange(WORDS);
    assertThat(act(scene, KEY))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.words()).contains(WORDS));
    unchanged(scene);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void changesNothingWhereTheShopIsAskedTooMuch(Kind kind) throws ShopTrouble {
    Scene scene = scene(kind);
    shop.nextChange(Bad.throttled);
    assertThatExceptionOfType(ShopTrouble.class)
        .isThrownBy(() -> act(scene, KEY))
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.throttled);
          assertThat(trouble.retryAfter()).isGreaterThanOrEqualTo(ShopUnderTest.THROTTLED_FOR);
        });
    unchanged(scene);
    done(act(scene, KEY));
    happened(scene, 1);
  }

  @Test
  void doesNothingToAnOrderThatIsNoMore() throws ShopTrouble {
    Scene scene = scene(Kind.note);
    shop.remove(scene.id());
    try {
      assertThat(act(scene, KEY)).isInstanceOf(Outcome.Refused.class);
    } catch (ShopTrouble trouble) {
      assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.invalid);
    }
    happened(scene, 0);
  }

  @Test
  void doesNothingWithAWrongKey() throws ShopTrouble {
    Scene scene = scene(Kind.note);
    assertThatExceptionOfType(ShopTrouble.class)
        .isThrownBy(
            () -> connector.act(shop.linkWithWrongKey(), scene.order(), scene.action(), KEY))
        .satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.refused));
    unchanged(scene);
  }

  @Test
  void saysWhereAnAgentOpensAnOrderInTheShop() {
    String id = shop.place(wish(line("Beanie", 1, "19.90")));
    String url = connector.adminUrl(shop.link(), id);
    if (url != null) {
      assertThat(url).startsWith("http").doesNotContain("null");
    }
  }
}
