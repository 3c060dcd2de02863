package dev.shopbell.commerce.generic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.shopbell.commerce.ShopUnderTest.Bad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A shop's own shop API, by the letter of its document; misbehaves where a test wants. */
final class GenericServer implements AutoCloseable {
  static final String KEY = "a-very-secret-key";
  static final JsonMapper JSON = new JsonMapper();

  /** Answers what was done before under the key, or does it. */
  interface Actions {
    /**
     * @param orderId null for what concerns no order
     * @return null if there is no such order
     */
    @Nullable ObjectNode act(@Nullable String orderId, JsonNode action, String key);

    @Nullable ObjectNode find(String key);
  }

  private final HttpServer server;
  private final Map<String, ObjectNode> orders;
  private final Map<String, ObjectNode> products;
  private final Actions actions;
  private final AtomicReference<@Nullable Bad> read = new AtomicReference<>();
  private final AtomicReference<@Nullable Bad> change = new AtomicReference<>();
  private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  volatile List<String> offered = List.of("cancel", "refund", "return");
  volatile JsonNode extra = JSON.createObjectNode();

  GenericServer(Map<String, ObjectNode> orders, Map<String, ObjectNode> products, Actions actions) {
    this.orders = orders;
    this.products = products;
    this.actions = actions;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Thread::startVirtualThread);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/shopbell/";
  }

  List<String> asked() {
    return asked;
  }

  void nextRead(Bad bad) {
    read.set(bad);
  }

  void nextChange(Bad bad) {
    change.set(bad);
  }

  void refuseNextChange(String words) {
    refusal.set(words);
  }

  private void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    boolean reads = exchange.getRequestMethod().equals("GET");
    asked.add(exchange.getRequestMethod() + " " + uri);
    byte[] body = exchange.getRequestBody().readAllBytes();
    Bad bad = (reads ? read : change).getAndSet(null);
    if (bad == Bad.cut_before) {
      exchange.close();
    } else if (bad == Bad.throttled) {
      exchange.getResponseHeaders().add("Retry-After", "7");
      send(exchange, 429, "");
    } else if (bad == Bad.broken) {
      send(exchange, 500, "{\"message\":\"Out of order\"}");
    } else if (bad == Bad.senseless) {
      send(exchange, 200, "<title>Welcome</title>");
    } else if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 401, "{\"message\":\"Unknown key\"}");
    } else {
      String words = reads ? null : refusal.getAndSet(null);
      ObjectNode answer =
          words == null
              ? answer(exchange, uri, query(uri), body)
              : JSON.createObjectNode().put("status", 422).put("message", words);
      int status = answer.path("status").asInt(200);
      answer.remove("status");
      if (bad == Bad.cut_after) {
        exchange.close();
      } else {
        send(exchange, status, JSON.writeValueAsString(answer));
      }
    }
  }

  private synchronized ObjectNode answer(
      HttpExchange exchange, URI uri, Map<String, String> query, byte[] body) {
    String[] parts = uri.getPath().substring("/shopbell/".length()).split("/");
    String what = exchange.getRequestMethod() + " " + parts[0] + " " + parts.length;
    ObjectNode none = JSON.createObjectNode().put("status", 404).put("message", "Not found");
    return switch (what) {
      case "GET shop 1" -> shop();
      case "GET orders 1" -> list(orders, query);
      case "GET products 1" -> list(products, query);
      case "GET actions 2" -> {
        ObjectNode done = actions.find(parts[1]);
        yield done == null ? none : done;
      }
      case "POST actions 1", "POST orders 3" -> {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        ObjectNode done =
            actions.act(parts.length == 3 ? parts[1] : null, JSON.readTree(body), key);
        yield done == null ? none : done;
      }
      default -> none;
    };
  }

  private ObjectNode shop() {
    ObjectNode shop = JSON.createObjectNode().put("name", "Wool & more").put("currency", "EUR");
    offered.forEach(shop.putArray("actions")::add);
    extra.properties().forEach(field -> shop.set(field.getKey(), field.getValue()));
    return shop;
  }

  /** In the order of change; the cursor is the last one's time and id. */
  private static ObjectNode list(Map<String, ObjectNode> all, Map<String, String> query) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode items = answer.putArray("items");
    if (query.containsKey("ids")) {
      Arrays.stream(query.get("ids").split(","))
          .filter(all::containsKey)
          .forEach(id -> items.add(all.get(id)));
      return answer;
    }
    int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
    String since = query.getOrDefault("changed_since", "");
    String cursor = query.getOrDefault("cursor", "");
    List<ObjectNode> found =
        all.values().stream()
            .filter(one -> one.path("changedAt").asString().compareTo(since) >= 0)
            .filter(one -> place(one).compareTo(cursor) > 0)
            .sorted(Comparator.comparing(GenericServer::place))
            .toList();
    found.stream().limit(limit).forEach(items::add);
    if (found.size() > limit) {
      answer.put("next", place(found.get(limit - 1)));
    }
    return answer;
  }

  private static String place(JsonNode one) {
    return one.path("changedAt").asString() + "/" + one.path("id").asString();
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String part : uri.getRawQuery().split("&")) {
        String[] pair = part.split("=", 2);
        query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
