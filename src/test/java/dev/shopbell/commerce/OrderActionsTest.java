package dev.shopbell.commerce;

import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.RunningShopbell;
import dev.shopbell.commerce.DemoTill.Sample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an agent does with an order happens in the shop, wholly or not at all. */
class OrderActionsTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final DemoTill till = new DemoTill(shopbell);

  private static Map<String, Object> refund(long amount) {
    return Map.of(
        "kind",
        "refund",
        "lines",
        List.of(),
        "shipping",
        0,
        "amount",
        amount,
        "to",
        "original",
        "restock",
        false);
  }

  private static Map<String, Object> cancel() {
    return Map.of("kind", "cancel", "reason", "no_longer_needed", "restock", true);
  }

  private JsonNode row(long order) {
    return till.detail(order).path("row");
  }

  @Test
  void anOrderThatWasNotSentIsCancelledAndWhatWasPaidGoesBack() {
    long order = till.place(Sample.order(address("anna")));
    JsonNode action = till.done(order, cancel());
    assertThat(action.path("state").asString()).isEqualTo("done");
    assertThat(action.path("amount").asLong()).isEqualTo(4_500);
    assertThat(row(order).path("cancelledAt").isNull()).isFalse();
    assertThat(row(order).path("payment").asString()).isEqualTo("refunded");
    assertThat(row(order).path("refunded").asLong()).isEqualTo(4_500);
    assertThat(till.detail(order).path("journal")).hasSize(1);
  }

  @Test
  void aDeliveredOrderIsNotCancelledAndTheRuleIsNamed() {
    long order =
        till.place(Sample.delivered(address("anna"), Instant.now().minus(2, ChronoUnit.DAYS)));
    JsonNode before = till.detail(order);
    Api.Answer answer = till.ask(order, cancel());
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("errors").get(0).path("field").asString())
        .isEqualTo("policy:cancel_until");
    assertThat(till.detail(order)).isEqualTo(before);
  }

  @Test
  void moneyGoesBackInPartsAndNeverMoreThanWasPaid() {
    long order = till.place(Sample.order(address("anna")));
    assertThat(till.done(order, refund(3_000)).path("state").asString()).isEqualTo("done");
    assertThat(row(order).path("payment").asString()).isEqualTo("partially_refunded");
    Api.Answer tooMuch = till.ask(order, refund(1_501));
    assertThat(tooMuch.status()).isEqualTo(409);
    assertThat(tooMuch.json().path("detail").asString()).contains("15.00 EUR");
    assertThat(till.done(order, refund(1_500)).path("state").asString()).isEqualTo("done");
    assertThat(row(order).path("refunded").asLong()).isEqualTo(4_500);
    assertThat(row(order).path("payment").asString()).isEqualTo("refunded");
  }

  @Test
  void whoHasSeenAnOlderStateDecidesNothing() {
    long order = till.place(Sample.order(address("anna")));
    String seen = row(order).path("changedAt").asString();
    till.done(order, refund(100));
    Api.Answer answer =
        shopbell
            .api()
            .send(
                "POST",
                "/orders/" + order + "/actions",
                Map.of("action", refund(200), "seenAt", seen),
                Map.of());
    assertThat(answer.status()).isEqualTo(409);
    assertThat(row(order).path("refunded").asLong()).isEqualTo(100);
  }

  @Test
  void theSameRequestTwiceHappensOnce() {
    long order = till.place(Sample.order(address("anna")));
    Map<String, Object> body =
        Map.of("action", refund(700), "seenAt", row(order).path("changedAt").asString());
    Map<String, String> key = Map.of("Idempotency-Key", dev.shopbell.Inbox.word());
    Api api = shopbell.api();
    long first =
        api.send("POST", "/orders/" + order + "/actions", body, key).json().path("id").asLong();
    long again =
        api.send("POST", "/orders/" + order + "/actions", body, key).json().path("id").asLong();
    assertThat(again).isEqualTo(first);
    dev.shopbell.Inbox.soon("the refund")
        .until(() -> row(order).path("refunded").asLong(), refunded -> refunded == 700);
    assertThat(till.detail(order).path("journal")).hasSize(1);
  }

  @Test
  void theAddressChangesWhileNothingIsSentAndWithinTheCountry() {
    long order = till.place(Sample.order(address("anna")));
    Map<String, Object> to = new HashMap<>(Map.of("name", "Anna Berg", "line1", "Park Row 9"));
    to.putAll(Map.of("postcode", "8000", "city", "Aarhus", "country", "DK"));
    till.done(order, Map.of("kind", "change_address", "address", to));
    assertThat(till.detail(order).path("state").path("shipTo").path("line1").asString())
        .isEqualTo("Park Row 9");
    to.put("country", "SE");
    Api.Answer abroad = till.ask(order, Map.of("kind", "change_address", "address", to));
    assertThat(abroad.json().path("errors").get(0).path("field").asString())
        .isEqualTo("policy:address_country");
  }

  @Test
  void deliveredItemsAreExchangedForAnotherSizeThatIsThere() {
    long order =
        till.place(Sample.delivered(address("anna"), Instant.now().minus(2, ChronoUnit.DAYS)));
    Map<String, Object> toMedium =
        Map.of("kind", "exchange", "swaps", List.of(swap("mug-M", 1)), "reason", "too small");
    JsonNode done = till.done(order, toMedium);
    assertThat(done.path("state").asString()).isEqualTo("done");
    assertThat(done.path("reference").asString()).contains("exchange");
    Api.Answer soldOut =
        till.ask(order, Map.of("kind", "exchange", "swaps", List.of(swap("mug-L", 1))));
    assertThat(soldOut.json().path("errors").get(0).path("field").asString())
        .isEqualTo("policy:exchange_stock");
    Api.Answer tooMany =
        till.ask(order, Map.of("kind", "exchange", "swaps", List.of(swap("mug-M", 2))));
    assertThat(tooMany.json().path("errors").get(0).path("field").asString())
        .isEqualTo("policy:exchange_quantity");
  }

  private static Map<String, Object> swap(String variant, int quantity) {
    return Map.of("lineId", "line-1", "quantity", quantity, "variantId", variant);
  }
}
