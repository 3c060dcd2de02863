package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.GraphQl.node;

import dev.shopbell.SteppedClock;
import dev.shopbell.commerce.PostalAddress;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopUnderTest;
import dev.shopbell.platform.outgoing.GuardedHttp;
import dev.shopbell.platform.outgoing.LocalHttp;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** A shop at the fake Shopify, its owner's hand, and the connector to it. */
final class FakeShopify implements ShopUnderTest {
  private static final String API_SECRET = FakeShopifyServer.SECRET;
  private static final String HOOK_URL = "https://desk.example.com/shop-hooks/7";

  final FakeShopifyServer server;
  final SteppedClock clock = new SteppedClock();
  private final GuardedHttp http = LocalHttp.create();

  FakeShopify() throws IOException {
    server = new FakeShopifyServer();
  }

  @Override
  public ShopConnector connector() {
    JsonMapper json = server.json;
    ShopifyApi api = new ShopifyApi(http, json, new ShopifyTokens(http, json, clock));
    ShopifyOrders reader = new ShopifyOrders(api);
    return new ShopifyConnector(
        api,
        reader,
        new ShopifyProducts(api),
        new ShopifyWebhooks(api, json),
        new ShopifyActions(
            new ShopifyOrderChanges(api),
            new ShopifyRefunds(api),
            new ShopifyItems(api, reader),
            new ShopifyReturns(api),
            new ShopifyDrafts(api),
            new ShopifyGifts(api, clock)));
  }

  /**
   * @param token of an app of the old kind; empty for one of the new
   */
  static ShopLink link(String address, String clientId, String secret, String token) {
    return new ShopLink(
        7,
        1,
        address,
        Map.of("client_id", clientId, "api_secret", secret, "token", token),
        HOOK_URL,
        "ours");
  }

  @Override
  public ShopLink link() {
    return link(server.address() + "/", FakeShopifyServer.CLIENT_ID + "\n", API_SECRET, "");
  }

  @Override
  public ShopLink linkWithWrongKey() {
    return link(server.address(), FakeShopifyServer.CLIENT_ID, "shpss_wrong_secret", "");
  }

  @Override
  public ShopLink linkWithOtherHookSecret() {
    return link(server.address(), "", "shpss_other", FakeShopifyServer.TOKEN);
  }

  @Override
  public ShopLink linkToNowhere() {
    return link("http://127.0.0.1:1", FakeShopifyServer.CLIENT_ID, API_SECRET, "");
  }

  @Override
  public String forbidOrders() {
    server.scopes.remove("read_orders");
    server.scopes.remove("write_orders");
    return "read_orders";
  }

  @Override
  public int ordersPerPage() {
    return ShopifyOrders.PER_PAGE;
  }

  @Override
  public Set<Knows> knows() {
    return Set.of(Knows.values());
  }

  @Override
  public String place(Wish wish) {
    FakeShopifyOrder order = new FakeShopifyOrder(server.nextId(), wish.currency());
    order.name = "#" + (1001 + server.orders.size());
    order.placedAt = server.tick();
    order.updatedAt = order.placedAt;
    order.taxesIncluded = wish.taxIncluded();
    order.note = wish.note();
    order.email = wish.email();
    order.customerId = wish.account() ? server.nextId() : 0;
    order.address = wish.address() == null ? null : address(wish.address());
    order.shipping = new BigDecimal(wish.shipping());
    order.tax = new BigDecimal(wish.tax());
    order.stated = wish.total() == null ? null : new BigDecimal(wish.total());
    for (WishLine line : wish.lines()) {
      order.items.add(
          new FakeShopifyParts.Item(
              server.nextId(),
              line.variantId() == null
                  ? null
                  : server.variant("gid://shopify/ProductVariant/" + line.variantId()),
              line.title(),
              line.quantity(),
              new BigDecimal(line.unitPrice()),
              new BigDecimal(line.discount())));
    }
    order.free = wish.paid() && order.total().signum() == 0;
    if (wish.paid() && !order.free) {
      order.payments.add(
          new FakeShopifyParts.Payment(server.nextId(), "SALE", order.total(), order.placedAt));
    }
    server.orders.put(order.id, order);
    return String.valueOf(order.id);
  }

  private static Map<String, Object> address(PostalAddress address) {
    return node(
        "MailingAddress",
        "name",
        address.name(),
        "company",
        address.company(),
        "address1",
        address.line1(),
        "address2",
        address.line2(),
        "zip",
        address.postcode(),
        "city",
        address.city(),
        "province",
        null,
        "provinceCode",
        address.region(),
        "countryCodeV2",
        address.country(),
        "phone",
        address.phone());
  }

  private FakeShopifyOrder changed(String orderId) {
    FakeShopifyOrder order = server.orders.get(Long.valueOf(orderId));
    order.updatedAt = server.tick();
    return order;
  }

  @Override
  public void changeNote(String orderId, String note) {
    changed(orderId).note = note;
  }

  @Override
  public void cancel(String orderId) {
    server.doing.cancelled(changed(orderId), "OTHER", null);
  }

  @Override
  public void refund(String orderId, String lineId, int quantity) {
    FakeShopifyOrder order = changed(orderId);
    FakeShopifyParts.Item item = order.item(Long.parseLong(lineId));
    order.backs.add(
        new FakeShopifyParts.Back(
            server.nextId(),
            List.of(new FakeShopifyParts.Part(item, quantity)),
            BigDecimal.ZERO,
            item.price.multiply(BigDecimal.valueOf(quantity)),
            null,
            order.updatedAt));
  }

  @Override
  public void ship(
      String orderId, String lineId, int quantity, String carrier, String trackingNumber) {
    FakeShopifyOrder order = changed(orderId);
    FakeShopifyParts.Item item = order.item(Long.parseLong(lineId));
    order.sent.add(
        new FakeShopifyParts.Sent(
            server.nextId(),
            server.nextId(),
            new FakeShopifyParts.Part(item, quantity),
            carrier,
            trackingNumber,
            order.updatedAt));
  }

  @Override
  public void deliver(String orderId) {
    FakeShopifyOrder order = changed(orderId);
    order.deliveredAt = order.updatedAt;
  }

  @Override
  public void remove(String orderId) {
    server.orders.remove(Long.valueOf(orderId));
  }

  @Override
  public ShopUnderTest.Product offer(String title, String price, int stock, List<String> sizes) {
    long id = server.nextId();
    List<FakeShopifyGoods.Variant> variants = new ArrayList<>();
    for (String size : sizes) {
      variants.add(
          new FakeShopifyGoods.Variant(
              server.nextId(), id, title, size, new BigDecimal(price), stock));
    }
    server.products.put(id, new FakeShopifyGoods.Product(id, title, variants, server.tick()));
    return new ShopUnderTest.Product(
        String.valueOf(id), variants.stream().map(one -> String.valueOf(one.id())).toList());
  }

  @Override
  public void removeProduct(String productId) {
    server.products.remove(Long.valueOf(productId));
  }

  @Override
  public int happened(ShopAction.Kind kind) {
    return server.doing.happened(kind);
  }

  @Override
  public ShopConnector.Hook webhook(Event event, String externalId) {
    return switch (event) {
      case order_changed -> hook("orders/updated", body("Order", externalId));
      case order_removed -> hook("orders/delete", Map.of("id", Long.valueOf(externalId)));
      case product_changed -> hook("products/update", body("Product", externalId));
      case product_removed -> hook("products/delete", Map.of("id", Long.valueOf(externalId)));
      case uninstalled -> hook("app/uninstalled", Map.of("name", "Wool & Needle"));
    };
  }

  private static Map<String, Object> body(String type, String id) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", Long.valueOf(id));
    body.put("admin_graphql_api_id", "gid://shopify/" + type + "/" + id);
    body.put("updated_at", "2026-11-02T10:00:00+01:00");
    return body;
  }

  ShopConnector.Hook hook(String topic, Map<String, Object> body) {
    byte[] bytes = server.json.writeValueAsBytes(body);
    return new ShopConnector.Hook(
        Map.of(
            "x-shopify-topic",
            topic,
            "x-shopify-hmac-sha256",
            signature(bytes),
            "x-shopify-shop-domain",
            "wool.myshopify.com",
            "x-shopify-api-version",
            ShopifyApi.VERSION,
            "x-shopify-event-id",
            UUID.randomUUID().toString(),
            "x-shopify-webhook-id",
            UUID.randomUUID().toString()),
        bytes);
  }

  private static String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(API_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public ShopConnector.Hook again(ShopConnector.Hook hook) {
    Map<String, String> headers = new HashMap<>(hook.headers());
    headers.put("x-shopify-webhook-id", UUID.randomUUID().toString());
    return new ShopConnector.Hook(headers, hook.body());
  }

  @Override
  public String signatureHeader() {
    return "x-shopify-hmac-sha256";
  }

  @Override
  public List<String> hookUrls() {
    return server.subscriptions.values().stream().map(one -> one[1]).toList();
  }

  @Override
  public void nextRead(Bad bad) {
    server.spoilNextRead(bad);
  }

  @Override
  public void nextChange(Bad bad) {
    server.spoilNextChange(bad);
  }

  @Override
  public void refuseNextChange(String words) {
    server.doing.refuse(words);
  }

  @Override
  public void close() {
    server.close();
  }
}
