package dev.shopbell.commerce.woocommerce;

import static dev.shopbell.commerce.woocommerce.WooServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.shopbell.commerce.FulfilmentState;
import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ParcelState;
import dev.shopbell.commerce.PaymentState;
import dev.shopbell.commerce.ShopConnector;
import dev.shopbell.commerce.ShopConnector.Hook;
import dev.shopbell.commerce.ShopConnector.Label;
import dev.shopbell.commerce.ShopConnector.News;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.commerce.ShopUnderTest.Wish;
import dev.shopbell.commerce.ShopUnderTest.WishLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is WooCommerce's own, besides what every connector keeps. */
@Timeout(60)
class WooCommerceShopTest {
  private final WooShop shop = new WooShop();
  private final ShopConnector connector = shop.connector();

  @AfterEach
  void close() {
    shop.close();
  }

  private static Wish wish(WishLine... lines) {
    return new Wish(
        "EUR", List.of(lines), "4.90", "0", true, null, "ada@example.com", false, null, null, true);
  }

  private String place() {
    return shop.place(wish(new WishLine(null, "Beanie", 2, "19.90", "0")));
  }

  private OrderState read(String id) throws ShopTrouble {
    return connector.orders(shop.link(), List.of(id)).getFirst();
  }

  private List<String> readAll() throws ShopTrouble {
    List<String> ids = new ArrayList<>();
    String cursor = null;
    do {
      ShopConnector.Batch<OrderState> page = connector.orders(shop.link(), null, cursor);
      page.items().forEach(order -> ids.add(order.externalId()));
      cursor = page.next();
    } while (cursor != null);
    return ids;
  }

  // The key

  @Test
  void aKeyThatMayOnlyReadIsTold() throws ShopTrouble {
    shop.server.permit("read");
    assertThat(connector.introduce(shop.link()).missing()).containsExactly("Read/Write");
    OrderState order = read(place());
    assertThatExceptionOfType(ShopTrouble.class)
        .isThrownBy(() -> connector.act(shop.link(), order, WooActionsTest.ALL, "key"))
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.not_allowed);
          assertThat(trouble.words()).contains("Read/Write");
        });
  }

  @Test
  void aServerThatKeepsTheKeyToItselfIsTold() {
    shop.server.dropAuthorization();
    assertThatExceptionOfType(ShopTrouble.class)
        .isThrownBy(() -> connector.introduce(shop.link()))
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.refused);
          assertThat(trouble.words()).contains("Authorization").contains("web server");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example, https://shop.example",
    "https://shop.example/, https://shop.example",
    "' HTTPS://shop.example/blog// ', HTTPS://shop.example/blog",
    "https://shop.example/wp-admin/admin.php?page=wc-orders, https://shop.example",
    "https://shop.example/de/wp-json/wc/v3, https://shop.example/de"
  })
  void theAddressIsFoundInWhatWasEntered(String entered, String base) {
    ShopLink link = new ShopLink(1, 1, entered, Map.of(), null, "");
    assertThat(connector.adminUrl(link, "7"))
        .isEqualTo(base + "/wp-admin/admin.php?page=wc-orders&action=edit&id=7");
  }

  // Reading all

  @Test
  void ordersThatChangedInTheSameSecondAreAllReadOnce() throws ShopTrouble {
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < WooCommerceConnector.PAGE * 3; i++) {
      placed.add(place());
    }
    for (ObjectNode order : shop.store.orders.values()) {
      order.put("date_modified_gmt", "2026-03-02T10:00:00");
    }
    assertThat(readAll()).containsExactlyElementsOf(placed);
  }

  @Test
  void noneIsPassedOverWhereOneOfThatSecondMovesToTheEndMeanwhile() throws ShopTrouble {
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < WooCommerceConnector.PAGE * 2; i++) {
      placed.add(place());
    }
    for (ObjectNode order : shop.store.orders.values()) {
      order.put("date_modified_gmt", "2026-02-01T10:00:00");
    }
    HashSet<String> seen = new HashSet<>();
    ShopConnector.Batch<OrderState> page = connector.orders(shop.link(), null, null);
    page.items().forEach(order -> seen.add(order.externalId()));
    shop.changeNote(placed.getFirst(), "moved");
    while (page.next() != null) {
      page = connector.orders(shop.link(), null, page.next());
      page.items().forEach(order -> seen.add(order.externalId()));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(placed);
  }

  @Test
  void anOrderThatMakesNoSenseKeepsNoOtherFromBeingRead() throws ShopTrouble {
    String first = place();
    String odd = place();
    String draft = place();
    String last = place();
    shop.store.order(odd).put("currency", "DOGE");
    shop.store.order(draft).put("status", "checkout-draft");
    assertThat(readAll()).containsExactly(first, last);
  }

  // States

  @ParameterizedTest
  @CsvSource({
    "pending, , pending, unfulfilled",
    "on-hold, , pending, unfulfilled",
    "on-hold, pi_1, authorized, unfulfilled",
    "processing, , pending, unfulfilled",
    "failed, , pending, unfulfilled",
    "cancelled, , voided, unfulfilled",
    "completed, , pending, fulfilled",
    "shipped, , pending, fulfilled",
    "partial-shipped, , pending, partial",
    "being-knitted, , pending, unfulfilled"
  })
  void statusesAreUnderstood(
      String status, @Nullable String transaction, PaymentState payment, FulfilmentState fulfilment)
      throws ShopTrouble {
    String id = place();
    ObjectNode order = shop.store.order(id);
    order.put("status", status).putNull("date_paid_gmt");
    order.put("transaction_id", transaction == null ? "" : transaction);
    OrderState read = read(id);
    assertThat(read.payment()).isEqualTo(payment);
    assertThat(read.fulfilment()).isEqualTo(fulfilment);
    assertThat(read.attributes())
        .isEqualTo(
            status.equals("being-knitted") || status.contains("shipped")
                ? Map.of("Status", status)
                : Map.of());
  }

  @Test
  void aPaymentsNumberIsMasked() throws ShopTrouble {
    String id = place();
    shop.store.order(id).put("payment_method_title", "Lastschrift DE89 3704 0044 0532 0130 00");
    assertThat(read(id).payments().getFirst().method()).doesNotContain("3704").contains("••••");
  }

  // Parcels

  private ObjectNode parcel(String id, String list) {
    ObjectNode order = shop.store.order(id);
    var parcels = JSON.createArrayNode();
    ObjectNode parcel = parcels.addObject();
    shop.store.setMeta(order, list, parcels);
    return parcel;
  }

  @Test
  void aParcelWithoutContentsHoldsAll() throws ShopTrouble {
    String id = place();
    parcel(id, "_wc_shipment_tracking_items")
        .put("tracking_provider", "dhl-germany")
        .put("tracking_number", "JD01")
        .put("custom_tracking_link", "javascript:alert(1)")
        .put("date_shipped", "1772359200");
    OrderState order = read(id);
    assertThat(order.fulfilment()).isEqualTo(FulfilmentState.fulfilled);
    assertThat(order.parcels())
        .singleElement()
        .satisfies(parcel -> {
          assertThat(parcel.carrier()).isEqualTo("DHL Germany");
          assertThat(parcel.trackingUrl()).isNull();
          assertThat(parcel.shippedAt()).isEqualTo("2026-03-01T10:00:00Z");
          assertThat(parcel.lines())
              .containsExactly(new LineQuantity(order.lines().getFirst().externalId(), 2));
        });
  }

  @Test
  void whatTrackShipKnowsOfAParcelIsRead() throws ShopTrouble {
    String id = place();
    parcel(id, "_wc_shipment_tracking_items").put("tracking_number", "JD01");
    parcel(id, "shipment_status")
        .put("status", "out_for_delivery")
        .put("est_delivery_date", "2026-03-04");
    OrderState.Parcel parcel = read(id).parcels().getFirst();
    assertThat(parcel.state()).isEqualTo(ParcelState.out_for_delivery);
    assertThat(parcel.expectedAt()).isEqualTo("2026-03-04T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "_tracking_number, _tracking_provider",
    "_aftership_tracking_number, _aftership_tracking_provider_name",
    "_wot_tracking_number, _wot_tracking_carrier",
    "ywot_tracking_code, ywot_carrier_name"
  })
  void parcelsInFieldsOfTheirOwnAreRead(String number, String carrier) throws ShopTrouble {
    String id = place();
    ObjectNode order = shop.store.order(id);
    shop.store.setMeta(order, number, JSON.getNodeFactory().stringNode("1Z9"));
    shop.store.setMeta(order, carrier, JSON.getNodeFactory().stringNode("ups"));
    OrderState.Parcel parcel = read(id).parcels().getFirst();
    assertThat(parcel.trackingNumber()).isEqualTo("1Z9");
    assertThat(parcel.carrier()).isEqualTo("UPS");
  }

  @Test
  void wooCommercesOwnFulfilmentsAreRead() throws ShopTrouble {
    String id = place();
    ObjectNode order = shop.store.order(id);
    shop.store.setMeta(
        order, "_fulfillment_status", JSON.getNodeFactory().stringNode("partially_fulfilled"));
    for (boolean sent : List.of(true, false)) {
      ObjectNode fulfilment = JSON.createObjectNode().put("id", sent ? 1 : 2);
      fulfilment.put("is_fulfilled", sent).putNull("date_deleted").putArray("meta_data");
      var items = JSON.createArrayNode();
      items
          .addObject()
          .put("item_id", order.path("line_items").get(0).path("id").asLong())
          .put("qty", 1);
      shop.store.setMeta(fulfilment, "_items", items);
      for (var meta :
          Map.of(
                  "_tracking_number",
                  "RR1",
                  "_shipping_provider",
                  "usps",
                  "_date_fulfilled",
                  "2026-03-02 09:30:00")
              .entrySet()) {
        shop.store.setMeta(
            fulfilment, meta.getKey(), JSON.getNodeFactory().stringNode(meta.getValue()));
      }
      shop.store.belonging(order, "fulfilment").add(fulfilment);
    }
    assertThat(read(id).parcels())
        .extracting(
            OrderState.Parcel::externalId, OrderState.Parcel::state, OrderState.Parcel::carrier)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("1", ParcelState.in_transit, "USPS"),
            org.assertj.core.groups.Tuple.tuple("2", ParcelState.preparing, "USPS"));
    assertThat(read(id).parcels().getFirst().shippedAt()).isEqualTo("2026-03-02T09:30:00Z");
  }

  // Webhooks

  @Test
  void thePingIsTakenAndTellsNothing() throws ShopTrouble {
    Hook ping = new Hook(Map.of(), "webhook_id=17".getBytes(StandardCharsets.UTF_8));
    Label label = connector.verify(shop.link(), ping);
    assertThat(label).isNotNull();
    assertThat(connector.read(shop.link(), label, ping)).isEmpty();
    for (String no : List.of("webhook_id=17&id=4", "webhook_id=", "webhook_id=x", "{\"id\":1}")) {
      Hook other = new Hook(Map.of(), no.getBytes(StandardCharsets.UTF_8));
      assertThat(connector.verify(shop.link(), other)).isNull();
    }
  }

  @Test
  void whatComesInTheSameSecondIsNotTakenForARepeat() {
    List<Label> labels = new ArrayList<>();
    for (String id : List.of("1", "2")) {
      byte[] body = ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8);
      labels.add(connector.verify(shop.link(), shop.webhook("order.updated", body, "same")));
    }
    assertThat(labels).doesNotContainNull().doesNotHaveDuplicates();
  }

  @Test
  void aVariationsWebhookIsAboutItsProduct() throws ShopTrouble {
    byte[] body = "{\"id\":12,\"parent_id\":7}".getBytes(StandardCharsets.UTF_8);
    Hook hook = shop.webhook("product.updated", body, "one");
    Label label = connector.verify(shop.link(), hook);
    assertThat(label).isNotNull();
    assertThat(connector.read(shop.link(), label, hook))
        .containsExactly(new News.ProductTouched("7"));
  }

  /** The topic is not signed, and what was deleted may be restored before we hear of it. */
  @Test
  void whatWasDeletedIsAskedFor() throws ShopTrouble {
    String id = place();
    byte[] body = ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8);
    Hook hook = shop.webhook("order.deleted", body, "one");
    Label label = connector.verify(shop.link(), hook);
    assertThat(label).isNotNull();
    assertThat(connector.read(shop.link(), label, hook)).containsExactly(new News.OrderTouched(id));
    shop.remove(id);
    assertThat(connector.orders(shop.link(), List.of(id))).isEmpty();
  }

  @Test
  void aWebhookThatWasDisabledIsWokenUp() throws ShopTrouble {
    connector.subscribe(shop.link());
    shop.store.webhooks.forEach(webhook -> webhook.put("status", "disabled"));
    connector.subscribe(shop.link());
    assertThat(shop.store.webhooks)
        .hasSize(8)
        .allMatch(webhook -> webhook.path("status").asString().equals("active"))
        .extracting((JsonNode webhook) -> webhook.path("secret").asString())
        .containsOnly(shop.link().hookSecret());
  }
}
