package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.GraphQl.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.shopbell.commerce.ShopUnderTest;
import dev.shopbell.commerce.ShopUnderTest.Bad;
import dev.shopbell.commerce.shopify.FakeShopifyGoods.Product;
import dev.shopbell.commerce.shopify.FakeShopifyGoods.Variant;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that answers as Shopify does: the shapes of the GraphQL Admin API, its errors, its
 * throttling, its webhooks. {@link FakeShopifyDoing} is what can be changed.
 */
final class FakeShopifyServer implements AutoCloseable {
  static final String CLIENT_ID = "4f1d5b5e0a3c";
  static final String SECRET = "shpss_secret";

  /** Of an app of the old kind, which never ends. */
  static final String TOKEN = "shpat_0123456789abcdef";

  final JsonMapper json = new JsonMapper();
  final Map<Long, FakeShopifyOrder> orders = new LinkedHashMap<>();
  final Map<Long, Product> products = new LinkedHashMap<>();
  final Map<String, String[]> subscriptions = new LinkedHashMap<>();

  /** Those that are good now. */
  final Set<String> tokens = new TreeSet<>(Set.of(TOKEN));

  final Set<String> scopes = new TreeSet<>(ShopifyScopes.NEEDED);

  /** Documents and variables of all requests that were understood. */
  final List<Map<String, Object>> asked = new ArrayList<>();

  /** Of how many orders at once it says that they cost too much. */
  int tooMany = Integer.MAX_VALUE;

  final FakeShopifyDoing doing = new FakeShopifyDoing(this);
  private final HttpServer server;
  private @Nullable Bad nextRead;
  private @Nullable Bad nextChange;
  private long lastId = 5_000_000_000L;
  private Instant now = Instant.parse("2026-11-02T09:00:00Z");

  FakeShopifyServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  long nextId() {
    return ++lastId;
  }

  /** A moment after the last. */
  Instant tick() {
    now = now.plusSeconds(1);
    return now;
  }

  // Answering

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/admin/oauth/access_token")) {
        exchangeToken(exchange, body);
      } else if (!path.equals("/admin/api/2026-10/graphql.json")
          || !exchange.getRequestMethod().equals("POST")) {
        send(exchange, 404, Map.of("errors", "Not Found"));
      } else if (!tokens.contains(
          String.valueOf(exchange.getRequestHeaders().getFirst("X-Shopify-Access-Token")))) {
        send(
            exchange,
            401,
            Map.of(
                "errors",
                "[API] Invalid API key or access token (unrecognized login or wrong password)"));
      } else {
        synchronized (this) {
          answer(exchange, body);
        }
      }
    }
  }

  private synchronized void exchangeToken(HttpExchange exchange, String body) throws IOException {
    if (!body.equals(
        "grant_type=client_credentials&client_id=" + CLIENT_ID + "&client_secret=" + SECRET)) {
      send(exchange, 400, Map.of("error", "invalid_client"));
      return;
    }
    String token = "shpat_of_a_day_" + nextId();
    tokens.add(token);
    send(
        exchange,
        200,
        Map.of("access_token", token, "scope", String.join(",", scopes), "expires_in", 86_399));
  }

  @SuppressWarnings("unchecked")
  private void answer(HttpExchange exchange, String body) throws IOException {
    Map<String, Object> request = json.readValue(body, Map.class);
    Map<String, Object> variables =
        (Map<String, Object>) request.getOrDefault("variables", Map.of());
    GraphQl document;
    Bad bad = null;
    try {
      document = new GraphQl((String) request.get("query"));
      asked.add(request);
      if (!document.isMutation()) {
        bad = nextRead;
        nextRead = null;
      } else if (doing.isForGood(document.asked())) {
        bad = nextChange;
        nextChange = null;
      }
      if (bad != null && spoil(exchange, bad)) {
        return;
      }
      Map<String, Object> data =
          document.run(document.isMutation() ? doing.fields() : reading(), variables);
      if (bad == Bad.cut_after) {
        return;
      }
      Map<String, Object> answer = new HashMap<>();
      answer.put("data", data);
      answer.put("extensions", cost(100, 1900));
      send(exchange, 200, answer);
    } catch (GraphQl.Failure e) {
      Map<String, Object> answer = new HashMap<>();
      answer.put("errors", List.of(Map.of("message", e.getMessage(), "extensions", e.extensions)));
      answer.put("extensions", cost(100, 1900));
      send(exchange, 200, answer);
    }
  }

  /**
   * @return whether that was all; what is cut afterwards is done first
   */
  private boolean spoil(HttpExchange exchange, Bad bad) throws IOException {
    switch (bad) {
      case throttled ->
          send(
              exchange,
              200,
              Map.of(
                  "errors",
                  List.of(
                      Map.of("message", "Throttled", "extensions", Map.of("code", "THROTTLED"))),
                  "extensions",
                  cost(800, 800 - 100 * (int) ShopUnderTest.THROTTLED_FOR.toSeconds())));
      case broken ->
          send(
              exchange,
              200,
              Map.of(
                  "errors",
                  List.of(
                      Map.of(
                          "message",
                          "Internal error. Looks like something went wrong on our end.",
                          "extensions",
                          Map.of("code", "INTERNAL_SERVER_ERROR", "requestId", "r")))));
      case senseless -> {
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        byte[] page = "<html>Down for maintenance</html>".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
      }
      case cut_before -> {}
      case cut_after -> {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Object> cost(int requested, int available) {
    return Map.of(
        "cost",
        Map.of(
            "requestedQueryCost",
            requested,
            "throttleStatus",
            Map.of(
                "maximumAvailable",
                2000.0,
                "currentlyAvailable",
                available,
                "restoreRate",
                100.0)));
  }

  private void send(HttpExchange exchange, int status, Map<String, Object> answer)
      throws IOException {
    byte[] bytes = json.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  // Reading

  void needScope(String field, String scope) {
    if (!scopes.contains(scope)) {
      String words = "`" + scope + "` access scope.";
      throw new GraphQl.Failure(
          "ACCESS_DENIED",
          "Access denied for " + field + " field. Required access: " + words,
          Map.of("requiredAccess", words));
    }
  }

  private Map<String, Object> reading() {
    return node(
        "QueryRoot",
        "shop",
        node("Shop", "name", "Wool & Needle", "currencyCode", "EUR"),
        "currentAppInstallation",
        node(
            "AppInstallation",
            "accessScopes",
            scopes.stream().map(scope -> node("AccessScope", "handle", scope)).toList()),
        "location",
        node("Location", "id", "gid://shopify/Location/77"),
        "orders",
        (GraphQl.Resolver) this::orders,
        "order",
        (GraphQl.Resolver) arguments -> order((String) arguments.get("id")),
        "products",
        (GraphQl.Resolver) this::products,
        "product",
        (GraphQl.Resolver) arguments -> byId((String) arguments.get("id")),
        "nodes",
        (GraphQl.Resolver)
            arguments -> {
              List<Object> found = new ArrayList<>();
              ((List<?>) arguments.get("ids")).forEach(id -> found.add(byId((String) id)));
              return found;
            },
        "node",
        (GraphQl.Resolver) arguments -> doing.job((String) arguments.get("id")),
        "webhookSubscriptions",
        (GraphQl.Resolver) this::subscriptions,
        "draftOrders",
        (GraphQl.Resolver) doing.making()::drafts,
        "giftCards",
        (GraphQl.Resolver) doing.making()::giftCards,
        "codeDiscountNodeByCode",
        (GraphQl.Resolver) doing.making()::discount,
        "returnableFulfillments",
        (GraphQl.Resolver) doing.making()::returnable);
  }

  private Object orders(Map<String, Object> arguments) {
    needScope("orders", "read_orders");
    if ((int) arguments.get("first") > tooMany) {
      throw new GraphQl.Failure(
          "MAX_COST_EXCEEDED",
          "Query cost is 2003, which exceeds the single query max cost limit (1000).",
          Map.of("cost", 2003, "maxCost", 1000));
    }
    if (!"UPDATED_AT".equals(arguments.get("sortKey"))) {
      throw new IllegalStateException("the fake sorts by change only");
    }
    // The cursor is a place in time, not in a list: what changes meanwhile moves to the end.
    Instant after =
        arguments.get("after") instanceof String cursor ? Instant.parse(cursor) : Instant.MIN;
    Instant since = since((String) arguments.get("query"));
    List<FakeShopifyOrder> all =
        orders.values().stream()
            .filter(order -> order.updatedAt.isAfter(after) && !order.updatedAt.isBefore(since))
            .sorted(Comparator.comparing(order -> order.updatedAt))
            .toList();
    List<FakeShopifyOrder> page =
        all.subList(0, Math.min(all.size(), (int) arguments.get("first")));
    return node(
        "OrderConnection",
        "nodes",
        page.stream().map(FakeShopifyOrder::shown).toList(),
        "pageInfo",
        node(
            "PageInfo",
            "hasNextPage",
            page.size() < all.size(),
            "endCursor",
            page.isEmpty() ? null : page.getLast().updatedAt.toString()));
  }

  private static Instant since(@Nullable String query) {
    if (query == null) {
      return Instant.MIN;
    }
    String prefix = "updated_at:>='";
    if (!query.startsWith(prefix) || !query.endsWith("'")) {
      throw new IllegalStateException(query);
    }
    return Instant.parse(query.substring(prefix.length(), query.length() - 1));
  }

  FakeShopifyOrder known(String gid) {
    needScope("order", "read_orders");
    return gid.startsWith("gid://shopify/Order/")
        ? orders.get(Long.valueOf(ShopifyValues.id(gid)))
        : null;
  }

  private Object order(String gid) {
    FakeShopifyOrder order = known(gid);
    return order == null ? null : order.shown();
  }

  private Object byId(String gid) {
    if (gid.startsWith("gid://shopify/Product/")) {
      Product product = products.get(Long.valueOf(ShopifyValues.id(gid)));
      return product == null ? null : product.shown();
    }
    return order(gid);
  }

  private Object products(Map<String, Object> arguments) {
    return GraphQl.connection("Product", products.values().stream().map(Product::shown).toList())
        .apply(arguments);
  }

  private Object subscriptions(Map<String, Object> arguments) {
    List<Map<String, Object>> all = new ArrayList<>();
    subscriptions.forEach((id, one) ->
        all.add(node("WebhookSubscription", "id", id, "topic", one[0], "uri", one[1])));
    return GraphQl.connection("WebhookSubscription", all).apply(arguments);
  }

  Variant variant(String gid) {
    return products.values().stream()
        .flatMap(product -> product.variants().stream())
        .filter(one -> ("gid://shopify/ProductVariant/" + one.id()).equals(gid))
        .findFirst()
        .orElseThrow();
  }

  synchronized void spoilNextRead(Bad bad) {
    nextRead = bad;
  }

  synchronized void spoilNextChange(Bad bad) {
    nextChange = bad;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
