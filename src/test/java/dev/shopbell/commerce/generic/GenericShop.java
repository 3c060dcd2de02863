package dev.shopbell.commerce.generic;

import static dev.shopbell.commerce.generic.GenericServer.JSON;

import dev.shopbell.commerce.Money;
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
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A shop of somebody's own making, attached by the shop API. */
final class GenericShop implements ShopUnderTest {
  private static final byte[] HOOK_KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final String HOOK_SECRET = "whsec_" + Base64.getEncoder().encodeToString(HOOK_KEY);

  final Map<String, ObjectNode> orders = new LinkedHashMap<>();
  final Map<String, ObjectNode> products = new LinkedHashMap<>();
  final GenericServer server;
  private final GenericActions actions = new GenericActions(this);
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private int ids = 100;
  private int deliveries;

  GenericShop() {
    server = new GenericServer(orders, products, actions);
    server.offered = Arrays.stream(ShopAction.Kind.values()).map(ActionShape::name).toList();
  }

  @Override
  public ShopConnector connector() {
    return new GenericConnector(
        new GenericWire(LocalHttp.create(), JSON), new GenericHooks(JSON, Clock.systemUTC()));
  }

  @Override
  public ShopLink link() {
    return link(server.address(), GenericServer.KEY, HOOK_SECRET);
  }

  ShopLink link(String address, String key, String hookSecret) {
    return new ShopLink(
        4,
        1,
        address,
        Map.of(GenericWire.KEY, key, GenericConnector.ORDER_PAGE, "https://shop.example/o/{id}"),
        "https://desk.example/hooks/4",
        hookSecret);
  }

  @Override
  public ShopLink linkWithWrongKey() {
    return link(server.address(), "wrong", HOOK_SECRET);
  }

  @Override
  public ShopLink linkWithOtherHookSecret() {
    return link(server.address(), GenericServer.KEY, "whsec_b3RoZXI=");
  }

  @Override
  public ShopLink linkToNowhere() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return link("http://127.0.0.1:" + socket.getLocalPort(), GenericServer.KEY, HOOK_SECRET);
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
    return GenericConnector.PAGE;
  }

  @Override
  public Set<Knows> knows() {
    return EnumSet.allOf(Knows.class);
  }

  String nextId() {
    return Integer.toString(++ids);
  }

  Instant touch(ObjectNode object) {
    now = now.plusMillis(250);
    object.put("changedAt", now.toString().replaceFirst("(:\\d\\d)Z", "$1.000Z"));
    return now;
  }

  ObjectNode order(String id) {
    ObjectNode order = orders.get(id);
    if (order == null) {
      throw new IllegalArgumentException(id);
    }
    return order;
  }

  @Override
  public String place(Wish wish) {
    ObjectNode order = JSON.createObjectNode().put("id", "o-" + nextId());
    touch(order);
    String id = order.path("id").asString();
    order.put("number", "#" + id).put("placedAt", order.path("changedAt").asString());
    order.put("currency", wish.currency()).put("payment", wish.paid() ? "paid" : "pending");
    order.put("fulfilment", "unfulfilled");
    String total = Money.decimal(wish.statedTotal(), wish.currency());
    order.put("total", total);
    ObjectNode buyer = order.putObject("buyer").put("email", wish.email());
    if (wish.account()) {
      buyer.put("id", "c-7");
    }
    order.putArray("lines");
    for (WishLine line : wish.lines()) {
      line(order, line.variantId(), line.title(), line.quantity(), line.unitPrice())
          .put("discount", line.discount());
    }
    order.putArray("charges");
    if (new BigDecimal(wish.shipping()).signum() > 0) {
      ((ArrayNode) order.get("charges"))
          .addObject()
          .put("kind", "shipping")
          .put("title", "DHL")
          .put("amount", wish.shipping());
    }
    if (new BigDecimal(wish.tax()).signum() > 0) {
      ObjectNode tax = order.putArray("taxes").addObject().put("title", "MwSt.");
      tax.put("amount", wish.tax()).put("included", wish.taxIncluded());
    }
    if (wish.paid()) {
      ObjectNode payment = order.putArray("payments").addObject().put("kind", "capture");
      payment.put("method", "Visa •••• 4242").put("amount", total);
      payment.put("at", order.path("changedAt").asString());
    }
    order.putArray("refunds");
    order.putArray("parcels");
    if (wish.address() != null) {
      order.set("shipTo", address(wish.address()));
    }
    order.put("note", wish.note());
    orders.put(id, order);
    return id;
  }

  ObjectNode line(
      ObjectNode order, @Nullable String variant, String title, int quantity, String price) {
    ObjectNode line = ((ArrayNode) order.get("lines")).addObject().put("id", "l-" + nextId());
    line.put("title", title).put("quantity", quantity).put("unitPrice", price);
    for (ObjectNode product : products.values()) {
      for (JsonNode one : product.path("variants")) {
        if (one.path("id").asString().equals(variant)) {
          line.put("variantId", variant).put("productId", product.path("id").asString());
          line.set("options", one.path("options"));
        }
      }
    }
    return line;
  }

  static ObjectNode address(PostalAddress address) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", address.name()).put("company", address.company());
    json.put("line1", address.line1()).put("line2", address.line2());
    json.put("postcode", address.postcode()).put("city", address.city());
    json.put("region", address.region()).put("country", address.country());
    return json.put("phone", address.phone());
  }

  @Override
  public void changeNote(String orderId, String note) {
    touch(order(orderId).put("note", note));
  }

  @Override
  public void cancel(String orderId) {
    ObjectNode order = order(orderId);
    order.putObject("cancelled").put("at", touch(order).toString());
  }

  @Override
  public void refund(String orderId, String lineId, int quantity) {
    for (JsonNode line : order(orderId).path("lines")) {
      if (line.path("id").asString().equals(lineId)) {
        BigDecimal amount =
            new BigDecimal(line.path("unitPrice").asString())
                .multiply(BigDecimal.valueOf(quantity));
        refund(orderId, lineId, quantity, amount.toPlainString());
      }
    }
  }

  String refund(String orderId, String lineId, int quantity, String amount) {
    ObjectNode order = order(orderId);
    ObjectNode refund = ((ArrayNode) order.get("refunds")).addObject().put("id", "r-" + nextId());
    refund.put("amount", amount).put("at", touch(order).toString());
    if (quantity > 0) {
      refund.putArray("lines").addObject().put("lineId", lineId).put("quantity", quantity);
    }
    boolean all = amount.equals(order.path("total").asString());
    order.put("payment", all ? "refunded" : "partially_refunded");
    return refund.path("id").asString();
  }

  @Override
  public void ship(
      String orderId, String lineId, int quantity, String carrier, String trackingNumber) {
    ObjectNode order = order(orderId);
    ArrayNode parcels = (ArrayNode) order.get("parcels");
    ObjectNode parcel = parcels.addObject().put("id", "p-" + nextId()).put("carrier", carrier);
    parcel.put("state", "in_transit").put("trackingNumber", trackingNumber);
    parcel.put("shippedAt", touch(order).toString());
    parcel.putArray("lines").addObject().put("lineId", lineId).put("quantity", quantity);
    int sent = 0;
    for (JsonNode one : parcels) {
      sent += one.path("lines").get(0).path("quantity").asInt();
    }
    int bought = 0;
    for (JsonNode one : order.path("lines")) {
      bought += one.path("quantity").asInt();
    }
    order.put("fulfilment", sent < bought ? "partial" : "fulfilled");
  }

  @Override
  public void deliver(String orderId) {
    ObjectNode order = order(orderId);
    String at = touch(order).toString();
    for (JsonNode parcel : order.path("parcels")) {
      ((ObjectNode) parcel).put("state", "delivered").put("deliveredAt", at);
    }
  }

  @Override
  public void remove(String orderId) {
    orders.remove(orderId);
  }

  @Override
  public Product offer(String title, String price, int stock, List<String> sizes) {
    String id = "p-" + nextId();
    ObjectNode product = JSON.createObjectNode().put("id", id).put("title", title);
    touch(product);
    product.put("descriptionText", "Warm & soft");
    product.putObject("attributes").put("Material", "Merino");
    ArrayNode variants = product.putArray("variants");
    for (String size : sizes) {
      ObjectNode variant = variants.addObject().put("id", "v-" + nextId()).put("title", size);
      variant.put("price", price).put("currency", "EUR").put("stock", stock);
      variant.putObject("options").put("Size", size);
    }
    products.put(id, product);
    return new Product(
        id, variants.values().stream().map(one -> one.path("id").asString()).toList());
  }

  @Override
  public void removeProduct(String productId) {
    ObjectNode product = products.get(productId);
    if (product != null) {
      touch(product.put("removed", true));
    }
  }

  @Override
  public int happened(ShopAction.Kind kind) {
    return actions.happened(ActionShape.name(kind));
  }

  @Override
  public ShopConnector.Hook webhook(Event event, String externalId) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode only = JSON.createObjectNode().put("id", externalId);
    body.put("timestamp", "2026-03-01T10:00:00Z");
    switch (event) {
      case order_changed -> body.put("type", "order.changed").set("data", order(externalId));
      case order_removed -> body.put("type", "order.removed").set("data", only);
      case product_changed -> body.put("type", "product.changed").set("data", only);
      case product_removed -> body.put("type", "product.removed").set("data", only);
      case uninstalled -> body.put("type", "shop.disconnected");
    }
    return signed("msg_" + ++deliveries, Instant.now(), JSON.writeValueAsBytes(body));
  }

  ShopConnector.Hook signed(String id, Instant at, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    String seconds = Long.toString(at.getEpochSecond());
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", seconds);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(HOOK_KEY, "HmacSHA256"));
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      headers.put(signatureHeader(), "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return new ShopConnector.Hook(headers, body);
  }

  /** The same event, sent and signed a moment later. */
  @Override
  public ShopConnector.Hook again(ShopConnector.Hook hook) {
    return signed(hook.header("webhook-id"), Instant.now().plusSeconds(60), hook.body());
  }

  @Override
  public String signatureHeader() {
    return "webhook-signature";
  }

  @Override
  public List<String> hookUrls() {
    return List.of();
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
    server.refuseNextChange(words);
  }

  @Override
  public void close() {
    server.close();
  }
}
