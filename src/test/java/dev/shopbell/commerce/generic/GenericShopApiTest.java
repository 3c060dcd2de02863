package dev.shopbell.commerce.generic;

import static dev.shopbell.commerce.generic.GenericServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ProductState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector;
import dev.shopbell.commerce.ShopConnector.Hook;
import dev.shopbell.commerce.ShopConnector.Introduction;
import dev.shopbell.commerce.ShopConnector.Label;
import dev.shopbell.commerce.ShopConnector.News;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.commerce.ShopUnderTest.Event;
import dev.shopbell.commerce.ShopUnderTest.Wish;
import dev.shopbell.commerce.ShopUnderTest.WishLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the shop API promises to those who write one. */
@Timeout(60)
class GenericShopApiTest {
  private final GenericShop shop = new GenericShop();
  private final ShopConnector connector = shop.connector();

  @AfterEach
  void close() {
    shop.close();
  }

  private String place(String currency) {
    return shop.place(
        new Wish(
            currency,
            List.of(
                new WishLine(null, "Beanie", 2, currency.equals("JPY") ? "1990" : "19.90", "0")),
            "0",
            "0",
            true,
            null,
            "ada@example.com",
            false,
            null,
            null,
            true));
  }

  private void invalid(String words, ThrowingCallable call) {
    assertThatExceptionOfType(ShopTrouble.class)
        .isThrownBy(call)
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.invalid);
          assertThat(trouble.words()).contains(words);
        });
  }

  /** To change a field: {@code path} is as the answer names it. */
  private static void set(JsonNode in, String path, JsonNode value) {
    JsonNode at = in;
    String[] steps = path.split("\\.");
    for (int i = 0; i < steps.length - 1; i++) {
      Matcher indexed = Pattern.compile("(\\w+)\\[(\\d+)]").matcher(steps[i]);
      at =
          indexed.matches()
              ? at.path(indexed.group(1)).get(Integer.parseInt(indexed.group(2)))
              : at.path(steps[i]);
    }
    ((ObjectNode) at).set(steps[steps.length - 1], value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id; null; is missing",
        "id; 7; must be a string",
        "number; ''; must not be empty",
        "placedAt; '\"20.11.2026\"'; must be a time with its zone, as 2026-11-20T10:15:00Z",
        "changedAt; '\"2026-11-20T10:15:00\"'; must be a time with its zone",
        "currency; '\"Euro\"'; must be a currency by ISO 4217",
        "total; 39.8; must be an amount in a string, with a point, as \"19.90\"",
        "total; '\"39,80\"'; must be an amount in a string",
        "total; '\"39.801\"'; has more digits behind the point than EUR has: 2",
        "payment; '\"payed\"'; must be one of pending, authorized",
        "fulfilment; null; is missing",
        "lines; null; is missing",
        "lines; {}; must be a list",
        "lines[0].quantity; 1.5; must be a whole number from 0",
        "lines[0].quantity; -1; must be a whole number from 0",
        "lines[0].unitPrice; null; is missing",
        "lines[0].unitprice; '\"1.00\"'; is no field here. Known are discount, id",
        "lines[0].imageUrl; '\"javascript:alert(1)\"'; must be an address that begins with",
        "lines[0].options; [\"M\"]; must be an object of strings",
        "buyer.email; [\"a\"]; must be a string",
        "payments[0].method; '\"4111 1111 1111 1111\"'; must be masked",
        "test; '\"no\"'; must be true or false",
        "attributes; {\"a\":1}; must be an object of strings",
        "refunds; '[{\"id\":\"r\",\"amount\":\"1.00\",\"at\":\"2026-11-20T10:15:00Z\",\"lines\":[{\"lineId\":\"x\",\"quantity\":1}]}]'; is for a line that the order does not have"
      })
  void whatIsWrongIsToldByItsFieldAndNotByItsValue(String path, String value, String words) {
    ObjectNode order = shop.order(place("EUR"));
    set(order, path, value.isEmpty() ? JSON.readTree("\"\"") : JSON.readTree(value));
    String id = shop.orders.keySet().iterator().next();
    assertThatExceptionOfType(ShopTrouble.class)
        .isThrownBy(() -> connector.orders(shop.link(), List.of(id)))
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.invalid);
          assertThat(trouble.words())
              .startsWith("GET /orders: “items[0]." + path + "” " + words)
              .doesNotContain("4111")
              .doesNotContain("Euro");
        });
  }

  @Test
  void amountsAreCheckedByTheDigitsOfTheirCurrency() throws ShopTrouble {
    String id = place("JPY");
    assertThat(connector.orders(shop.link(), List.of(id)).getFirst().total()).isEqualTo(3980);
    shop.order(id).put("total", "3980.00");
    assertThat(connector.orders(shop.link(), List.of(id)).getFirst().total()).isEqualTo(3980);
    shop.order(id).put("total", "3980.50");
    invalid(
        "has more digits behind the point than JPY has: 0",
        () -> connector.orders(shop.link(), List.of(id)));
  }

  @Test
  void whoConnectsIsToldWhatIsWrongButLaterOneOrderKeepsNoOtherFromBeingRead() throws ShopTrouble {
    String first = place("EUR");
    String odd = place("EUR");
    shop.order(odd).put("paymnet", "paid");
    invalid("“items[1].paymnet” is no field here", () -> connector.introduce(shop.link()));
    assertThat(connector.orders(shop.link(), null, null).items())
        .extracting(OrderState::externalId)
        .containsExactly(first);
  }

  @Test
  void theShopSaysWhichActionsItOffers() throws ShopTrouble {
    shop.server.offered = List.of("cancel", "return");
    assertThat(connector.introduce(shop.link()).actions())
        .containsExactlyInAnyOrder(ShopAction.Kind.cancel, ShopAction.Kind.return_items);
    shop.server.offered = List.of("cancel", "undo");
    invalid(
        "“actions” holds what is no action. Known are cancel, refund",
        () -> connector.introduce(shop.link()));
    shop.server.offered = List.of();
    shop.server.extra = JSON.createObjectNode().put("curency", "EUR");
    invalid("“curency” is no field here", () -> connector.introduce(shop.link()));
  }

  @Test
  void amountsOfActionsAreDecimalAndTheKeyIsGiven() throws ShopTrouble {
    String id = place("JPY");
    OrderState order = connector.orders(shop.link(), List.of(id)).getFirst();
    LineQuantity one = new LineQuantity(order.lines().getFirst().externalId(), 1);
    ShopAction refund =
        new ShopAction.Refund(List.of(one), 0, 1990, ShopAction.RefundTo.original, true, null);
    Outcome outcome = connector.act(shop.link(), order, refund, "key-1");
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(shop.order(id).path("refunds").get(0).path("amount").asString()).isEqualTo("1990");
    assertThat(shop.server.asked()).last().isEqualTo("POST /shopbell/orders/" + id + "/actions");
    assertThat(connector.find(shop.link(), order, refund, "key-1")).isEqualTo(outcome);
    assertThat(shop.server.asked()).last().isEqualTo("GET /shopbell/actions/key-1");
    assertThat(connector.adminUrl(shop.link(), id)).isEqualTo("https://shop.example/o/" + id);
  }

  // A shop that only tells

  private ShopLink silent(String currency) {
    return new ShopLink(
        5,
        1,
        "https://wool.example/",
        Map.of(GenericConnector.CURRENCY, currency),
        "https://desk.example/hooks/5",
        shop.link().hookSecret());
  }

  @Test
  void aShopThatCannotBeAskedOnlyTells() throws ShopTrouble {
    assertThat(connector.introduce(silent("CHF")))
        .isEqualTo(new Introduction("wool.example", "CHF", List.of(), java.util.Set.of()));
    invalid("its currency", () -> connector.introduce(silent("")));
    assertThat(connector.orders(silent("CHF"), null, null).items()).isEmpty();
    invalid("only sends webhooks", () -> connector.orders(silent("CHF"), List.of("1")));
    String id = place("EUR");
    Hook whole = shop.webhook(Event.order_changed, id);
    Label label = connector.verify(silent("CHF"), whole);
    assertThat(label).isNotNull();
    assertThat(connector.read(silent("CHF"), label, whole))
        .singleElement()
        .isInstanceOf(News.OrderTold.class);
    Hook touched = hook("{\"type\":\"order.changed\",\"data\":{\"id\":\"1\"}}");
    invalid("“data” has to hold all of it", () -> connector.read(silent("CHF"), label, touched));
    assertThat(connector.read(shop.link(), label, touched))
        .containsExactly(new News.OrderTouched("1"));
    OrderState order = connector.orders(shop.link(), List.of(id)).getFirst();
    assertThat(connector.act(silent("CHF"), order, new ShopAction.AddNote("Hello"), "key"))
        .isInstanceOf(Outcome.Refused.class);
  }

  private Hook hook(String body) {
    return shop.signed("msg_1", Instant.now(), body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"data\":{\"id\":\"1\"}}; “type” is missing",
        "{\"type\":\"order.created\",\"data\":{\"id\":\"1\"}}; “type” must be one of",
        "{\"type\":\"order.removed\"}; “data” is missing",
        "{\"type\":\"order.changed\",\"data\":{\"id\":\"1\",\"number\":\"#1\"}}; “data.currency” is missing",
        "{\"type\":\"order.removed\",\"data\":{\"id\":\"1\"},\"shop\":\"a\"}; “shop” is no field"
      })
  void aWebhookThatIsWrongIsToldByItsField(String body, String words) {
    Hook hook = hook(body);
    Label label = connector.verify(shop.link(), hook);
    assertThat(label).isNotNull();
    invalid(words, () -> connector.read(shop.link(), label, hook));
  }

  @Test
  void aWebhookOfLongAgoIsNotBelieved() {
    byte[] body = "{\"type\":\"shop.disconnected\"}".getBytes(StandardCharsets.UTF_8);
    for (int minutes : List.of(-6, 6)) {
      Hook hook = shop.signed("msg_1", Instant.now().plusSeconds(minutes * 60L), body);
      assertThat(connector.verify(shop.link(), hook)).isNull();
    }
    Hook hook = shop.signed("msg_1", Instant.now().minusSeconds(240), body);
    assertThat(connector.verify(shop.link(), hook)).isEqualTo(new Label("msg_1", "webhook"));
  }

  // The document

  /** What developers copy from it works. */
  @Test
  void theExamplesOfTheDocumentAreRead() throws IOException, ShopTrouble, WrongShape {
    String text = Files.readString(Path.of("docs/developers/shop-api.md"));
    Matcher examples = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL).matcher(text);
    int orders = 0;
    int products = 0;
    int webhooks = 0;
    while (examples.find()) {
      JsonNode example = JSON.readTree(examples.group(1));
      if (example.has("placedAt")) {
        OrderState order = OrderShape.order(example, "");
        assertThat(order.charges())
            .noneMatch(charge -> charge.kind() == OrderState.ChargeKind.adjustment);
        orders++;
      } else if (example.has("variants")) {
        ProductState product = OrderShape.product(example, "");
        assertThat(product.variants()).isNotEmpty();
        products++;
      } else if (example.has("type")) {
        Hook hook = hook(example.toString());
        Label label = connector.verify(shop.link(), hook);
        assertThat(label).isNotNull();
        assertThat(connector.read(shop.link(), label, hook)).hasSize(1);
        webhooks++;
      }
    }
    assertThat(orders).isEqualTo(1);
    assertThat(products).isEqualTo(1);
    assertThat(webhooks).isGreaterThanOrEqualTo(3);
  }

  @Test
  void theDocumentNamesAllThatIsChosenFrom() throws IOException {
    String text = Files.readString(Path.of("docs/developers/shop-api.md"));
    for (ShopAction.Kind kind : ShopAction.Kind.values()) {
      assertThat(text).contains("`" + ActionShape.name(kind) + "`");
    }
    for (Class<? extends Enum<?>> type :
        List.of(
            dev.shopbell.commerce.PaymentState.class,
            dev.shopbell.commerce.FulfilmentState.class,
            dev.shopbell.commerce.ParcelState.class,
            OrderState.ChargeKind.class,
            OrderState.PaymentKind.class,
            ShopAction.CancelReason.class,
            ShopAction.RefundTo.class)) {
      for (Enum<?> constant : type.getEnumConstants()) {
        assertThat(text).contains("`" + constant.name() + "`");
      }
    }
  }
}
