package dev.shopbell;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID provider: discovery, authorize, token, userinfo and keys, by the letter of the standard
 * and with the JDK alone. It is strict with us, and misbehaves where a test tells it to.
 */
public final class OpenIdServer implements AutoCloseable {
  public static final String CLIENT = "shopbell-desk";
  public static final String SECRET = "s3cret+with/signs&more=%";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final HttpServer server;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Who is signed in here: the claims of their account. */
  private volatile Map<String, Object> account = Map.of();

  private volatile OpenIdKey key = OpenIdKey.make("RS256", "first");
  private volatile List<OpenIdKey> shown = List.of(key);
  private volatile UnaryOperator<Map<String, Object>> claims = UnaryOperator.identity();
  private volatile Forger forger = OpenIdKey::signed;
  private volatile UnaryOperator<Map<String, Object>> description = UnaryOperator.identity();
  private volatile String error = "";
  private volatile boolean asksFirst;
  private volatile int padding;

  /** Makes a token of claims. */
  @FunctionalInterface
  public interface Forger {
    String token(OpenIdKey key, Map<String, Object> claims);
  }

  private OpenIdServer(HttpServer server) {
    this.server = server;
    server.createContext("/realm/.well-known/openid-configuration", this::describe);
    server.createContext("/realm/authorize", this::authorize);
    server.createContext("/realm/token", this::token);
    server.createContext("/realm/userinfo", this::userInfo);
    server.createContext("/realm/keys", this::keys);
    server.setExecutor(Thread::startVirtualThread);
    server.start();
  }

  public static OpenIdServer start() {
    try {
      return new OpenIdServer(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
  }

  /** As an owner enters it in the settings, and more. */
  public Map<String, Object> asEntered(String name, Map<String, ?> more) {
    Map<String, Object> wanted = new HashMap<>();
    wanted.put("name", name);
    wanted.put("issuer", issuer());
    wanted.put("clientId", CLIENT);
    wanted.put("clientSecret", SECRET);
    wanted.putAll(more);
    return wanted;
  }

  public OpenIdServer signedIn(Map<String, ?> account) {
    this.account = Map.copyOf(account);
    return this;
  }

  /** Somebody with a mail address that was verified. */
  public OpenIdServer signedIn(String subject, String mail) {
    return signedIn(Map.of("sub", subject, "email", mail, "email_verified", true, "name", "Ada"));
  }

  public OpenIdServer changing(UnaryOperator<Map<String, Object>> wrong) {
    claims = wrong;
    return this;
  }

  public OpenIdServer forging(Forger wrong) {
    forger = wrong;
    return this;
  }

  public OpenIdServer describing(UnaryOperator<Map<String, Object>> other) {
    description = other;
    return this;
  }

  public OpenIdServer refusing(String code) {
    error = code;
    return this;
  }

  /** Signs with another key from now on. */
  public OpenIdServer rotated(OpenIdKey next, boolean show) {
    key = next;
    shown = show ? List.of(next) : shown;
    return this;
  }

  /** Shows a page with a button, as providers do, instead of sending the browser back at once. */
  public OpenIdServer askingFirst() {
    asksFirst = true;
    return this;
  }

  /** Answers of the token endpoint are so much longer. */
  public OpenIdServer padded(int bytes) {
    padding = bytes;
    return this;
  }

  /** As it was made, but for who is signed in. */
  public void behave() {
    claims = UnaryOperator.identity();
    forger = OpenIdKey::signed;
    description = UnaryOperator.identity();
    error = "";
    padding = 0;
  }

  public OpenIdKey key() {
    return key;
  }

  /** How often this path was asked for. */
  public long asked(String path) {
    return asked.stream().filter(path::equals).count();
  }

  /** What a browser does: goes to the page and is sent back to an address, which is returned. */
  public String visit(String page) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(page)).build(),
                  HttpResponse.BodyHandlers.ofString());
      return answer
          .headers()
          .firstValue("Location")
          .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void describe(HttpExchange exchange) throws IOException {
    Map<String, Object> said = new HashMap<>();
    said.put("issuer", issuer());
    said.put("authorization_endpoint", issuer() + "/authorize");
    said.put("token_endpoint", issuer() + "/token");
    said.put("userinfo_endpoint", issuer() + "/userinfo");
    said.put("jwks_uri", issuer() + "/keys");
    said.put("response_types_supported", List.of("code"));
    said.put("code_challenge_methods_supported", List.of("S256"));
    said.put("id_token_signing_alg_values_supported", List.of("RS256", "HS256"));
    said.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
    answer(exchange, 200, description.apply(said));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
    boolean right =
        "code".equals(query.get("response_type"))
            && CLIENT.equals(query.get("client_id"))
            && List.of(query.getOrDefault("scope", "").split(" ")).contains("openid")
            && "S256".equals(query.get("code_challenge_method"))
            && query.getOrDefault("code_challenge", "").length() == 43
            && query.containsKey("nonce")
            && query.getOrDefault("redirect_uri", "").endsWith("/api/v1/session/callback");
    if (!right) {
      answer(exchange, 400, Map.of("error", "invalid_request"));
      return;
    }
    String back = query.get("redirect_uri") + "?state=" + encoded(query.get("state"));
    if (!error.isEmpty()) {
      back += "&error=" + error + "&error_description=Not+this+time";
    } else {
      String code = UUID.randomUUID().toString();
      codes.put(code, query);
      back += "&code=" + code;
    }
    if (asksFirst) {
      byte[] page =
          "<!doctype html><html lang=en><title>Provider</title><h1>Provider</h1><a id=go href=\"%s\">Go on as Ada</a>"
              .formatted(back.replace("&", "&amp;"))
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
    } else {
      exchange.getResponseHeaders().set("Location", back);
      exchange.sendResponseHeaders(302, -1);
    }
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    asked.add("/token");
    Map<String, String> form =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String pair = encoded(CLIENT) + ":" + encoded(SECRET);
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    boolean known =
        basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
            || (CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret")));
    if (!known) {
      answer(exchange, 401, Map.of("error", "invalid_client"));
      return;
    }
    Map<String, String> begun = codes.remove(form.getOrDefault("code", ""));
    boolean right =
        begun != null
            && begun.get("redirect_uri").equals(form.get("redirect_uri"))
            && begun.get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")))
            && "authorization_code".equals(form.get("grant_type"));
    if (!right) {
      answer(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    long now = Instant.now().getEpochSecond();
    Map<String, Object> said = new HashMap<>(account);
    said.put("iss", issuer());
    said.put("aud", CLIENT);
    said.put("nonce", begun.get("nonce"));
    said.put("iat", now);
    said.put("exp", now + 300);
    Map<String, Object> given = new HashMap<>();
    given.put("id_token", forger.token(key, claims.apply(said)));
    given.put("token_type", "Bearer");
    given.put("access_token", "access of " + account.get("sub"));
    given.put("padding", "x".repeat(padding));
    answer(exchange, 200, given);
  }

  private void userInfo(HttpExchange exchange) throws IOException {
    asked.add("/userinfo");
    String bearer = "Bearer access of " + account.get("sub");
    boolean known = bearer.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    answer(exchange, known ? 200 : 401, known ? account : Map.of());
  }

  private void keys(HttpExchange exchange) throws IOException {
    asked.add("/keys");
    answer(exchange, 200, Map.of("keys", shown.stream().map(OpenIdKey::shown).toList()));
  }

  private static void answer(HttpExchange exchange, int status, Map<String, ?> body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String challenge(String verifier) {
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
