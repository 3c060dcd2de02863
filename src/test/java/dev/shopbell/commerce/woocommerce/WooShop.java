package dev.shopbell.commerce.woocommerce;

import static dev.shopbell.commerce.woocommerce.WooServer.JSON;

import dev.shopbell.commerce.PostalAddress;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopUnderTest;
import dev.shopbell.platform.outgoing.LocalHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A fake shop with WooCommerce, Advanced Shipment Tracking and a gateway that gives back. */
final class WooShop implements ShopUnderTest {
  private static final String HOOK_SECRET = "hook-secret-0123456789";

  final WooStore store = new WooStore();
  final WooServer server;
  private int deliveries;

  WooShop() {
    this(0);
  }

  WooShop(int port) {
    server = new WooServer(new WooApi(store), port);
  }

  @Override
  public ShopConnector connector() {
    WooWire wire = new WooWire(LocalHttp.create(), JSON);
    WooRefunds refunds = new WooRefunds(wire);
    WooItems items = new WooItems(wire, refunds);
    return new WooCommerceConnector(
        wire,
        new WooHooks(wire, JSON),
        new WooActions(wire, refunds, items, new WooNewOrders(wire, items)));
  }

  @Override
  public ShopLink link() {
    return link(server.address(), WooServer.SECRET, HOOK_SECRET);
  }

  private static ShopLink link(String address, String secret, String hookSecret) {
    return new ShopLink(
        3,
        1,
        address,
        Map.of(WooWire.KEY, WooServer.KEY, WooWire.SECRET, secret),
        "https://desk.example/hooks/3",
        hookSecret);
  }

  @Override
  public ShopLink linkWithWrongKey() {
    return link(server.address(), "cs_wrong", HOOK_SECRET);
  }

  @Override
  public ShopLink linkWithOtherHookSecret() {
    return link(server.address(), WooServer.SECRET, "another");
  }

  @Override
  public ShopLink linkToNowhere() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return link("http://127.0.0.1:" + socket.getLocalPort(), WooServer.SECRET, HOOK_SECRET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable String forbidOrders() {
    return null;
  }

  @Override
  public int ordersPerPage() {
    return WooCommerceConnector.PAGE;
  }

  @Override
  public Set<Knows> knows() {
    return Set.of(Knows.parcels, Knows.delivery, Knows.refunded_lines, Knows.attributes);
  }

  @Override
  public String place(Wish wish) {
    ObjectNode order = store.create(JSON.createObjectNode());
    order.put("currency", wish.currency()).put("prices_include_tax", wish.taxIncluded());
    order.put("customer_id", wish.account() ? 7 : 0);
    order.put("customer_note", wish.note() == null ? "" : wish.note());
    order.put("total", new BigDecimal(wish.statedTotal()).movePointLeft(digits(wish)));
    order.put("total", order.path("total").decimalValue().toPlainString());
    if (wish.address() != null) {
      order.set("shipping", address(wish.address()));
      order.set("billing", address(wish.address()));
    }
    ((ObjectNode) order.get("billing")).put("email", wish.email() == null ? "" : wish.email());
    if (wish.paid()) {
      order.put("status", "processing").put("date_paid_gmt", store.now());
      order.put("payment_method", "stripe").put("payment_method_title", "Credit card");
      order.put("transaction_id", "ch_1");
    }
    BigDecimal tax = new BigDecimal(wish.tax());
    for (WishLine line : wish.lines()) {
      item((ArrayNode) order.get("line_items"), line, tax, wish.taxIncluded());
      tax = BigDecimal.ZERO;
    }
    if (new BigDecimal(wish.tax()).signum() > 0) {
      ObjectNode line = ((ArrayNode) order.get("tax_lines")).addObject().put("id", store.nextId());
      line.put("rate_id", 1).put("label", "MwSt.").put("tax_total", wish.tax());
      line.put("shipping_tax_total", "0.00");
    }
    if (new BigDecimal(wish.shipping()).signum() > 0) {
      ObjectNode line =
          ((ArrayNode) order.get("shipping_lines")).addObject().put("id", store.nextId());
      line.put("method_title", "DHL Paket").put("method_id", "flat_rate");
      line.put("total", wish.shipping()).put("total_tax", "0.00").putArray("taxes");
    }
    return order.path("id").asString();
  }

  private static int digits(Wish wish) {
    return java.util.Currency.getInstance(wish.currency()).getDefaultFractionDigits();
  }

  /** WooCommerce keeps net amounts and taxes, whatever the customer saw. */
  private void item(ArrayNode items, WishLine line, BigDecimal tax, boolean included) {
    BigDecimal before =
        new BigDecimal(line.unitPrice()).multiply(BigDecimal.valueOf(line.quantity()));
    BigDecimal total = before.subtract(new BigDecimal(line.discount()));
    BigDecimal within = included ? tax : BigDecimal.ZERO;
    ObjectNode item = items.addObject().put("id", store.nextId());
    item.put("name", escaped(line.title())).put("quantity", line.quantity());
    item.put("product_id", 0).put("variation_id", 0);
    item.put("subtotal", before.subtract(within).toPlainString());
    item.put("subtotal_tax", tax.toPlainString());
    item.put("total", total.subtract(within).toPlainString());
    item.put("total_tax", tax.toPlainString());
    ArrayNode taxes = item.putArray("taxes");
    if (tax.signum() > 0) {
      taxes.addObject().put("id", 1).put("total", tax.toPlainString());
    }
    ArrayNode meta = item.putArray("meta_data");
    ObjectNode variation =
        line.variantId() == null ? null : store.product(Long.parseLong(line.variantId()));
    if (variation != null) {
      JsonNode size = variation.path("attributes").get(0).path("option");
      item.put("variation_id", variation.path("id").asLong());
      item.put("product_id", variation.path("parent_id").asLong());
      item.put("name", line.title() + " - " + size.asString()).put("parent_name", line.title());
      meta.addObject()
          .put("key", "pa_size")
          .put("value", size.asString().toLowerCase(Locale.ROOT))
          .put("display_key", "Size")
          .set("display_value", size);
    }
    meta.addObject().put("key", "_reduced_stock").put("display_value", "1");
  }

  /** As WordPress keeps names. */
  private static String escaped(String name) {
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static ObjectNode address(PostalAddress address) {
    ObjectNode to = JSON.createObjectNode();
    String name = String.valueOf(address.name());
    int space = name.lastIndexOf(' ');
    to.put("first_name", name.substring(0, space)).put("last_name", name.substring(space + 1));
    to.put("company", or(address.company())).put("address_1", or(address.line1()));
    to.put("address_2", or(address.line2())).put("postcode", or(address.postcode()));
    to.put("city", or(address.city())).put("state", or(address.region()));
    return to.put("country", or(address.country())).put("phone", or(address.phone()));
  }

  private static String or(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public void changeNote(String orderId, String note) {
    ObjectNode order = store.order(orderId);
    order.put("customer_note", note);
    store.touch(order);
  }

  @Override
  public void cancel(String orderId) {
    store.update(store.order(orderId), JSON.createObjectNode().put("status", "cancelled"));
  }

  @Override
  public void refund(String orderId, String lineId, int quantity) {
    ObjectNode order = store.order(orderId);
    for (JsonNode line : order.path("line_items")) {
      if (line.path("id").asString().equals(lineId)) {
        BigDecimal net = share(line, "total", quantity);
        BigDecimal tax = share(line, "total_tax", quantity);
        ObjectNode body = JSON.createObjectNode().put("amount", net.add(tax).toPlainString());
        ObjectNode item = body.putArray("line_items").addObject().put("id", lineId);
        item.put("quantity", quantity).put("refund_total", net);
        item.putArray("refund_tax").addObject().put("id", 1).put("refund_total", tax);
        store.refund(order, body);
      }
    }
  }

  private static BigDecimal share(JsonNode line, String field, int quantity) {
    return WooStore.decimal(line, field)
        .multiply(BigDecimal.valueOf(quantity))
        .divide(line.path("quantity").decimalValue(), 6, java.math.RoundingMode.HALF_UP);
  }

  @Override
  public void ship(
      String orderId, String lineId, int quantity, String carrier, String trackingNumber) {
    ObjectNode order = store.order(orderId);
    ArrayNode parcels = JSON.createArrayNode();
    JsonNode before = WooJson.meta(order, "_wc_shipment_tracking_items");
    if (before != null) {
      before.values().forEach(parcels::add);
    }
    ObjectNode parcel = parcels.addObject().put("tracking_provider", carrier);
    parcel.put("tracking_number", trackingNumber).put("tracking_id", "id-" + trackingNumber);
    parcel.put("custom_tracking_link", "").put("custom_tracking_provider", "");
    parcel.put("date_shipped", Long.toString(store.time().getEpochSecond()));
    ObjectNode content = parcel.putArray("products_list").addObject();
    content.put("item_id", lineId).put("qty", Integer.toString(quantity));
    store.setMeta(order, "_wc_shipment_tracking_items", parcels);
    store.touch(order);
  }

  @Override
  public void deliver(String orderId) {
    store.update(store.order(orderId), JSON.createObjectNode().put("status", "delivered"));
  }

  @Override
  public void remove(String orderId) {
    store.update(store.order(orderId), JSON.createObjectNode().put("status", "trash"));
  }

  @Override
  public Product offer(String title, String price, int stock, List<String> sizes) {
    ObjectNode product = JSON.createObjectNode().put("name", title).put("type", "variable");
    product.put("status", "publish").put("description", "<p>Warm &amp; <b>soft</b></p>");
    product.put("permalink", "https://shop.example/" + title).put("price", price);
    product.put("manage_stock", false).put("stock_status", "instock");
    ArrayNode attributes = product.putArray("attributes");
    ObjectNode size = attributes.addObject().put("name", "Size").put("variation", true);
    sizes.forEach(size.putArray("options")::add);
    ObjectNode material = attributes.addObject().put("name", "Material").put("variation", false);
    material.putArray("options").add("Merino");
    store.addProduct(product);
    for (String option : sizes) {
      ObjectNode variation = JSON.createObjectNode().put("name", title + " - " + option);
      variation.put("status", "publish").put("price", price).put("manage_stock", true);
      variation.put("stock_quantity", stock).put("sku", title + "-" + option);
      variation.putArray("attributes").addObject().put("name", "Size").put("option", option);
      store.addVariation(product, variation);
    }
    String id = product.path("id").asString();
    return new Product(
        id,
        store.variations(Long.parseLong(id)).stream()
            .map(variation -> variation.path("id").asString())
            .toList());
  }

  @Override
  public void removeProduct(String productId) {
    ObjectNode product = store.product(Long.parseLong(productId));
    if (product != null) {
      product.put("status", "trash");
      store.touch(product);
    }
  }

  @Override
  public int happened(ShopAction.Kind kind) {
    Set<String> keys = new HashSet<>();
    int notes = 0;
    for (ObjectNode order : store.orders.values()) {
      marks(order, kind, keys);
      store.belonging(order, "refund").forEach(refund -> marks(refund, kind, keys));
      notes += store.belonging(order, "note").size();
    }
    store.coupons.forEach(coupon -> marks(coupon, kind, keys));
    return kind == ShopAction.Kind.note ? notes : keys.size();
  }

  private static void marks(JsonNode object, ShopAction.Kind kind, Set<String> keys) {
    for (JsonNode meta : object.path("meta_data")) {
      if (meta.path("value").asString("").equals(kind.name())) {
        keys.add(meta.path("key").asString());
      }
    }
  }

  @Override
  public ShopConnector.Hook webhook(Event event, String externalId) {
    String topic =
        switch (event) {
          case order_changed -> "order.updated";
          case order_removed -> "order.deleted";
          case product_changed -> "product.updated";
          case product_removed -> "product.deleted";
          case uninstalled -> throw new UnsupportedOperationException();
        };
    long id = Long.parseLong(externalId);
    JsonNode body =
        switch (event) {
          case order_changed -> store.order(externalId);
          case product_changed -> store.product(id);
          case order_removed, product_removed, uninstalled -> JSON.createObjectNode().put("id", id);
        };
    return webhook(topic, JSON.writeValueAsBytes(body), "delivery-" + ++deliveries);
  }

  ShopConnector.Hook webhook(String topic, byte[] body, String delivery) {
    return new ShopConnector.Hook(
        Map.of(
            "x-wc-webhook-topic",
            topic,
            "x-wc-webhook-delivery-id",
            delivery,
            signatureHeader(),
            signature(body)),
        body);
  }

  private static String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(HOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ShopConnector.Hook again(ShopConnector.Hook hook) {
    return new ShopConnector.Hook(Map.copyOf(hook.headers()), hook.body().clone());
  }

  @Override
  public String signatureHeader() {
    return "x-wc-webhook-signature";
  }

  @Override
  public List<String> hookUrls() {
    return store.webhooks.stream().map(one -> one.path("delivery_url").asString()).toList();
  }

  @Override
  public void nextRead(Bad bad) {
    server.nextRead(bad);
  }

  @Override
  public void nextChange(Bad bad) {
    server.nextChange(bad);
  }

  @Override
  public void refuseNextChange(String words) {
    server.refuseNextChange(WooServer.Answer.error(400, "woocommerce_rest_refused", words));
  }

  @Override
  public void close() {
    server.close();
  }
}
