package dev.shopbell.commerce;

import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import dev.shopbell.commerce.DemoTill.Sample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Orders stand beside those who placed them. */
class OrdersTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api api = shopbell.api();
  private final Inbox inbox = new Inbox(shopbell);
  private final DemoTill till = new DemoTill(shopbell);

  private JsonNode ordersOf(long conversation) {
    long customer = inbox.conversation(conversation).path("customer").path("id").asLong();
    return api.get("/customers/" + customer).path("parts").path("orders");
  }

  @Test
  void whatSomebodyBoughtStandsBesideWhatTheyWrite() {
    String anna = address("anna");
    OrderState order = Sample.order(anna.toUpperCase(java.util.Locale.ROOT));
    till.place(order);
    JsonNode orders = ordersOf(inbox.begin(anna, "My mugs"));
    JsonNode row = orders.path("items").get(0);
    assertThat(row.path("number").asString()).isEqualTo(order.number());
    assertThat(row.path("total").asLong()).isEqualTo(4_500);
    assertThat(row.path("items").get(0).path("quantity").asInt()).isEqualTo(2);
    assertThat(orders.path("spent").get(0).path("total").asLong()).isEqualTo(4_500);
  }

  @Test
  void whoBuysWithAnAccountAndAnotherAddressIsOneCustomer() {
    String work = address("anna.work");
    String home = address("anna.home");
    String account = Inbox.word();
    till.place(with(Sample.order(work), account, work));
    till.place(with(Sample.order(home), account, home));
    long conversation = inbox.begin(work, "Both of them");
    assertThat(ordersOf(conversation).path("items")).hasSize(2);
  }

  private static OrderState with(OrderState order, String account, String email) {
    return Told.by(order, new OrderState.Buyer(account, email, null, "Anna", null));
  }

  @Test
  void aParcelThatWasNotHeardOfForDaysIsLate() {
    String anna = address("anna");
    Instant placed = Instant.now().minus(12, ChronoUnit.DAYS);
    OrderState.Parcel silent =
        Sample.parcel(ParcelState.in_transit, Instant.now().minus(5, ChronoUnit.DAYS));
    long late = till.place(Sample.order(anna, FulfilmentState.fulfilled, List.of(silent), placed));
    long arrived = till.place(Sample.delivered(anna, Instant.now().minus(9, ChronoUnit.DAYS)));
    assertThat(till.detail(late).path("row").path("late").asBoolean()).isTrue();
    assertThat(till.detail(arrived).path("row").path("late").asBoolean()).isFalse();
  }

  @Test
  void anOrderOfAMergedCustomerGoesAlongAndComesBack() {
    String anna = address("anna");
    String other = address("anna.other");
    till.place(Sample.order(anna));
    till.place(Sample.order(other));
    long first = inbox.begin(anna, "One");
    long second = inbox.begin(other, "Two");
    long kept = inbox.conversation(first).path("customer").path("id").asLong();
    long merged = inbox.conversation(second).path("customer").path("id").asLong();
    JsonNode merge = api.post("/customers/" + kept + "/merges", Map.of("customerId", merged));
    assertThat(ordersOf(first).path("items")).hasSize(2);
    api.post("/customers/" + kept + "/merges/" + merge.path("id").asLong() + "/undo", Map.of());
    assertThat(ordersOf(first).path("items")).hasSize(1);
    assertThat(ordersOf(second).path("items")).hasSize(1);
  }

  @Test
  void anOrderIsFoundByItsNumberHoweverItIsWritten() {
    OrderState order = Sample.order(address("anna"));
    till.place(order);
    String written =
        "%23"
            + order.number().charAt(0)
            + "-"
            + order.number().substring(1).toUpperCase(java.util.Locale.ROOT);
    assertThat(api.get("/orders?number=" + written).path("items")).hasSize(1);
  }
}
