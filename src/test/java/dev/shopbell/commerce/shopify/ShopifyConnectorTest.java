package dev.shopbell.commerce.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.shopbell.ScriptedWeb;
import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector.Batch;
import dev.shopbell.commerce.ShopConnector.Hook;
import dev.shopbell.commerce.ShopConnector.Label;
import dev.shopbell.commerce.ShopConnector.News;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopConnectorContract;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.commerce.ShopUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopifyConnectorTest extends ShopConnectorContract {
  private static final String KEY = "b2f0c9de-5a0f-4c57-8d5c-0f6f9f6a7e11";

  @Override
  protected ShopUnderTest open() throws Exception {
    return new FakeShopify();
  }

  private FakeShopify shopify() {
    return (FakeShopify) shop;
  }

  @Test
  void asksForATokenOnceADayAndAgainWhenItIsNoLongerGood() throws ShopTrouble {
    for (int i = 0; i < 3; i++) {
      connector.introduce(shop.link());
    }
    assertThat(shopify().server.tokens).hasSize(2);
    shopify().clock.step(Duration.ofHours(24));
    connector.introduce(shop.link());
    assertThat(shopify().server.tokens).hasSize(3);
    shopify().server.tokens.clear();
    String id = shop.place(wish(line("Beanie", 1, "19.90")));
    act(read(id), new ShopAction.AddNote("Called"));
    assertThat(shopify().server.tokens).hasSize(1);
    assertThat(shop.happened(ShopAction.Kind.note)).isEqualTo(1);
  }

  @Test
  void takesTheTokenOfAnOlderApp() throws ShopTrouble {
    String address = shopify().server.address();
    connector.introduce(FakeShopify.link(address, "", "s", FakeShopifyServer.TOKEN + "\n"));
    assertThat(shopify().server.tokens).hasSize(1);
    for (String token : List.of("", "shpat_no_longer", "two words", "\u00e4")) {
      assertThatExceptionOfType(ShopTrouble.class)
          .isThrownBy(() -> connector.introduce(FakeShopify.link(address, "", "s", token)))
          .satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.refused));
    }
  }

  @Test
  void asksForLessWhereShopifyFindsItTooMuchAndStaysWithThat() throws ShopTrouble {
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      placed.add(shop.place(wish(line("Beanie", 1, "19.90"))));
    }
    shopify().server.tooMany = 3;
    Batch<OrderState> page = connector.orders(shop.link(), null, null);
    assertThat(page.items()).extracting(OrderState::externalId).isEqualTo(placed.subList(0, 2));
    int before = shopify().server.asked.size();
    page = connector.orders(shop.link(), null, page.next());
    assertThat(page.items()).extracting(OrderState::externalId).isEqualTo(placed.subList(2, 4));
    assertThat(shopify().server.asked).hasSize(before + 1);
    shopify().server.tooMany = 0;
    assertThatExceptionOfType(ShopTrouble.class)
        .isThrownBy(() -> connector.orders(shop.link(), null, null))
        .satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.invalid));
  }

  @Test
  void namesNoMoreOfACardThanItsLastDigits() throws ShopTrouble {
    OrderState order = read(shop.place(wish(line("Beanie", 1, "19.90"))));
    assertThat(order.payments().getFirst().method()).isEqualTo("Visa •••• 4242");
  }

  @Test
  void keepsItsMarksFromThoseWhoRead() throws ShopTrouble {
    String id = shop.place(wish(line("Beanie", 2, "19.90")));
    OrderState order = read(id);
    act(order, refund(order, 1990, ShopAction.RefundTo.original));
    assertThat(read(id).refunds())
        .singleElement()
        .satisfies(refund -> assertThat(refund.reason()).isEqualTo("Torn"));
    ShopUnderTest.Product beanie = shop.offer("Beanie", "19.90", 5, List.of("S"));
    Outcome.Done placed =
        (Outcome.Done)
            connector.act(
                shop.link(),
                null,
                new ShopAction.PlaceOrder(
                    "grace@example.com",
                    List.of(new ShopAction.Wanted(beanie.variantIds().getFirst(), 1)),
                    HOME,
                    true,
                    null),
                KEY);
    assertThat(placed.reference()).isNotNull();
    assertThat(read(placed.reference()).attributes()).isEmpty();
    assertThat(shopify().server.orders.get(Long.valueOf(placed.reference())).tags).hasSize(1);
  }

  private Outcome act(OrderState order, ShopAction action) throws ShopTrouble {
    return connector.act(shop.link(), order, action, KEY);
  }

  private static ShopAction.Refund refund(OrderState order, long amount, ShopAction.RefundTo to) {
    return new ShopAction.Refund(
        List.of(new LineQuantity(order.lines().getFirst().externalId(), 1)),
        0,
        amount,
        to,
        true,
        "Torn");
  }

  @Test
  void givesMoneyBackAsStoreCreditButNotAsAGiftCardNorMoreThanWasPaid() throws ShopTrouble {
    OrderState order = read(shop.place(wish(line("Beanie", 2, "19.90"))));
    assertThat(act(order, refund(order, 999_900, ShopAction.RefundTo.original)))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(act(order, refund(order, 1990, ShopAction.RefundTo.gift_card)))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(read(order.externalId())).isEqualTo(order);
    assertThat(act(order, refund(order, 1990, ShopAction.RefundTo.store_credit)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(read(order.externalId()).refunded()).isEqualTo(1990);
  }

  @Test
  void takesBackNoMoreThanWasSent() throws ShopTrouble {
    String id = shop.place(wish(line("Beanie", 3, "19.90")));
    String line = read(id).lines().getFirst().externalId();
    shop.ship(id, line, 1, "DHL", "JD0146");
    shop.ship(id, line, 1, "DHL", "JD0147");
    OrderState order = read(id);
    assertThat(act(order, new ShopAction.Return(List.of(new LineQuantity(line, 3)), null)))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.words()).contains("Only 2"));
    assertThat(act(order, new ShopAction.Return(List.of(new LineQuantity(line, 2)), null)))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void doesNotChangeItemsOfAnOrderThatHasChangedMeanwhile() throws ShopTrouble {
    ShopUnderTest.Product beanie = shop.offer("Beanie", "19.90", 5, List.of("S", "M"));
    String id =
        shop.place(
            wish(
                new ShopUnderTest.WishLine(
                    beanie.variantIds().getFirst(), "Beanie", 3, "19.90", "0")));
    OrderState order = read(id);
    String line = order.lines().getFirst().externalId();
    act(order, new ShopAction.ChangeItems(List.of(new LineQuantity(line, 2)), List.of()));
    OrderState changed = read(id);
    assertThat(changed.total()).isEqualTo(order.total() - 1990);
    assertThat(changed.refunds()).isEmpty();
    assertThat(
            act(order, new ShopAction.ChangeItems(List.of(new LineQuantity(line, 1)), List.of())))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(read(id)).isEqualTo(changed);
  }

  @Test
  void learnsOfTheOrderFromWhateverHappensToIt() throws ShopTrouble {
    Map<String, Map<String, Object>> told =
        Map.of(
            "orders/create", Map.of("id", 4711),
            "orders/edited", Map.of("order_edit", Map.of("id", 1, "order_id", 4711)),
            "fulfillments/update", Map.of("id", 1, "order_id", 4711),
            "fulfillment_events/create", Map.of("id", 1, "order_id", 4711),
            "refunds/create", Map.of("id", 1, "order_id", 4711),
            "returns/approve",
                Map.of("order", Map.of("admin_graphql_api_id", "gid://shopify/Order/4711")));
    for (Map.Entry<String, Map<String, Object>> one : told.entrySet()) {
      Hook hook = shopify().hook(one.getKey(), one.getValue());
      Label label = connector.verify(shop.link(), hook);
      assertThat(label).as(one.getKey()).isNotNull();
      assertThat(connector.read(shop.link(), label, hook))
          .as(one.getKey())
          .containsExactly(new News.OrderTouched("4711"));
    }
    Hook other = shopify().hook("carts/update", Map.of("id", "x"));
    Label label = connector.verify(shop.link(), other);
    assertThat(label).isNotNull();
    assertThat(connector.read(shop.link(), label, other)).isEmpty();
  }

  @Test
  void subscribesToWhatItReads() throws ShopTrouble {
    connector.subscribe(shop.link());
    assertThat(shopify().server.subscriptions.values())
        .extracting(one -> one[0])
        .containsExactlyInAnyOrderElementsOf(ShopifyWebhooks.TOPICS);
  }

  /** What Shopify says by the status of its answer. */
  @ParameterizedTest
  @CsvSource({
    "402 Payment Required, refused, '', ",
    "403 Forbidden, not_allowed, read_orders, ",
    "404 Not Found, invalid, .myshopify.com, ",
    "301 Moved Permanently, invalid, .myshopify.com, ",
    "423 Locked, refused, '', ",
    "429 Too Many Requests, throttled, '', 4",
    "430 Shopify Security Rejection, throttled, '', 4",
    "500 Internal Server Error, unreachable, '', ",
    "503 Service Unavailable, unreachable, '', "
  })
  void understandsTheStatus(
      String status, ShopTrouble.Kind kind, String words, @Nullable Integer seconds)
      throws Exception {
    byte[] body = "[API] This action requires merchant approval for read_orders scope.".getBytes();
    try (ScriptedWeb web =
        ScriptedWeb.of((request, out) ->
            out.write(
                ScriptedWeb.answer(
                    status, "Retry-After: 4.0\r\nLocation: /elsewhere\r\n", body)))) {
      assertThatExceptionOfType(ShopTrouble.class)
          .isThrownBy(() -> connector.introduce(FakeShopify.link(web.url("/"), "", "s", "t")))
          .satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(kind);
            assertThat(trouble.words()).contains(words);
            assertThat(trouble.retryAfter())
                .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
          });
      assertThat(web.asked()).hasSize(1);
    }
  }

  @Test
  void countsAsPerhapsDoneWhatIsAnsweredInPart() throws Exception {
    OrderState order = read(shop.place(wish(line("Beanie", 1, "19.90"))));
    String denied =
        "{\"errors\":[{\"message\":\"Access denied for id field.\",\"extensions\":{\"code\":"
            + "\"ACCESS_DENIED\",\"requiredAccess\":\"`read_orders` access scope.\"}}],\"data\":";
    try (ScriptedWeb web =
        ScriptedWeb.of((request, out) ->
            out.write(
                ScriptedWeb.answer(
                    "200 OK",
                    "",
                    (request.contains("mutation Update")
                            ? denied + "{\"orderUpdate\":{\"order\":null,\"userErrors\":[]}}}"
                            : request.contains("query Look")
                                ? "{\"data\":{\"order\":{\"id\":\"x\",\"metafield\":null}}}"
                                : denied + "{\"orders\":{\"nodes\":[null]}}}")
                        .getBytes())))) {
      ShopLink link = FakeShopify.link(web.url("/"), "", "s", "t");
      assertThat(connector.act(link, order, new ShopAction.AddNote("Called"), KEY))
          .isInstanceOf(Outcome.Unknown.class);
      assertThatExceptionOfType(ShopTrouble.class)
          .isThrownBy(() -> connector.orders(link, null, null))
          .satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.not_allowed));
    }
  }

  @Test
  void takesTheAddressHoweverItIsWritten() {
    for (String address :
        List.of(
            "wool.myshopify.com",
            " https://wool.myshopify.com/ ",
            "https://wool.myshopify.com/admin")) {
      assertThat(connector.adminUrl(FakeShopify.link(address, "", "s", "t"), "4711"))
          .isEqualTo("https://wool.myshopify.com/admin/orders/4711");
    }
    for (String address : List.of("", "wool shop", "https://")) {
      assertThatExceptionOfType(ShopTrouble.class)
          .isThrownBy(() -> connector.introduce(FakeShopify.link(address, "", "s", "t")))
          .satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.invalid));
    }
  }

  /** 127.0.0.2 is not among the hosts that are excepted. */
  @Test
  void sendsTheTokenNowhereUnencrypted() throws Exception {
    try (ScriptedWeb web =
        ScriptedWeb.on(
            "127.0.0.2",
            0,
            javax.net.ServerSocketFactory.getDefault(),
            (request, out) -> out.write(ScriptedWeb.answer("200 OK", "")))) {
      assertThatExceptionOfType(ShopTrouble.class)
          .isThrownBy(() ->
              connector.introduce(FakeShopify.link("http://127.0.0.2:" + web.port(), "", "s", "t")))
          .satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.unreachable));
      assertThat(web.asked()).isEmpty();
    }
  }
}
