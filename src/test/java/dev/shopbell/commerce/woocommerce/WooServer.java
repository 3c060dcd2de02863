package dev.shopbell.commerce.woocommerce;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.shopbell.commerce.ShopUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** WordPress with WooCommerce, as far as its REST API shows it; misbehaves where a test wants. */
final class WooServer implements AutoCloseable {
  static final String KEY = "ck_0123456789abcdef";
  static final String SECRET = "cs_very-secret-0123456789";
  static final JsonMapper JSON = new JsonMapper();

  /** What is answered, and with what headers. */
  record Answer(int status, JsonNode json, long total) {
    static Answer of(JsonNode json) {
      return new Answer(200, json, -1);
    }

    static Answer error(int status, String code, String message) {
      var error = JSON.createObjectNode().put("code", code).put("message", message);
      error.putObject("data").put("status", status);
      return new Answer(status, error, -1);
    }
  }

  private final HttpServer server;
  private final WooApi api;
  private final AtomicReference<ShopUnderTest.@Nullable Bad> read = new AtomicReference<>();
  private final AtomicReference<ShopUnderTest.@Nullable Bad> change = new AtomicReference<>();
  private final AtomicReference<@Nullable Answer> refusal = new AtomicReference<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String permissions = "read_write";
  private volatile boolean dropsAuthorization;

  WooServer(WooApi api, int port) {
    this.api = api;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Thread::startVirtualThread);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Method and path with query of all that was asked. */
  List<String> asked() {
    return asked;
  }

  void nextRead(ShopUnderTest.Bad bad) {
    read.set(bad);
  }

  void nextChange(ShopUnderTest.Bad bad) {
    change.set(bad);
  }

  void refuseNextChange(Answer answer) {
    refusal.set(answer);
  }

  /** As WooCommerce calls them: read, write, read_write. */
  void permit(String permissions) {
    this.permissions = permissions;
  }

  /** As a web server in front of PHP does that keeps the header to itself. */
  void dropAuthorization() {
    dropsAuthorization = true;
  }

  private void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    asked.add(exchange.getRequestMethod() + " " + uri);
    byte[] sent = exchange.getRequestBody().readAllBytes();
    boolean reads = exchange.getRequestMethod().equals("GET");
    ShopUnderTest.Bad bad = (reads ? read : change).getAndSet(null);
    if (bad == ShopUnderTest.Bad.cut_before) {
      exchange.close();
      return;
    }
    if (bad == ShopUnderTest.Bad.throttled) {
      exchange.getResponseHeaders().add("Retry-After", "7");
      send(exchange, 429, "Too many requests");
      return;
    }
    if (bad == ShopUnderTest.Bad.broken) {
      send(
          exchange,
          500,
          "{\"code\":\"internal_server_error\",\"message\":\"There has been a critical error.\"}");
      return;
    }
    if (bad == ShopUnderTest.Bad.senseless) {
      send(exchange, 200, "<!doctype html><title>Coming soon</title>");
      return;
    }
    Answer answer = reads ? null : refusal.getAndSet(null);
    answer = answer == null ? answer(exchange, query(uri), sent) : answer;
    if (bad == ShopUnderTest.Bad.cut_after) {
      exchange.close();
      return;
    }
    if (answer.total() >= 0) {
      exchange.getResponseHeaders().add("X-WP-Total", Long.toString(answer.total()));
    }
    send(exchange, answer.status(), JSON.writeValueAsString(answer.json()));
  }

  private Answer answer(HttpExchange exchange, Map<String, String> query, byte[] sent) {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/wp-json/")) {
      return Answer.of(JSON.createObjectNode().put("name", "Wool &amp; more"));
    }
    if (!path.startsWith("/wp-json/wc/v3/")) {
      return Answer.error(404, "rest_no_route", "No route was found matching the URL.");
    }
    String method = exchange.getRequestMethod();
    Answer refused = refused(exchange, query, method);
    if (refused != null) {
      return refused;
    }
    JsonNode body = sent.length == 0 ? JSON.createObjectNode() : JSON.readTree(sent);
    synchronized (api) {
      return api.answer(method, path.substring("/wp-json/wc/v3/".length()), query, body);
    }
  }

  private @Nullable Answer refused(
      HttpExchange exchange, Map<String, String> query, String method) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    String given = query.getOrDefault("consumer_key", "") + ":" + query.get("consumer_secret");
    if (header != null && header.startsWith("Basic ") && !dropsAuthorization) {
      given = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
    } else if (!query.containsKey("consumer_key")) {
      return Answer.error(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
    }
    String authentication = "woocommerce_rest_authentication_error";
    if (!given.equals(KEY + ":" + SECRET)) {
      return Answer.error(401, authentication, "Consumer key is invalid.");
    }
    String needed = method.equals("GET") ? "read" : "write";
    return permissions.contains(needed)
        ? null
        : Answer.error(
            401, authentication, "The API key provided does not have " + needed + " permissions.");
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String part : uri.getRawQuery().split("&")) {
        String[] pair = part.split("=", 2);
        query.put(
            URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
            pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
