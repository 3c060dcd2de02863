package dev.shopbell.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Webhooks come twice, late and in any order, several at once: in the end every order is what it
 * was last. {@code -Dwebhooks=10000} sends more of them.
 */
class ShopDisorderTest {
  private static final int WEBHOOKS = Integer.getInteger("webhooks", 600);
  private static final int STATES = 10;

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api api = shopbell.api();
  private final HttpClient http = HttpClient.newHttpClient();

  private record Told(String id, String body) {}

  private static String order(String id, int state) {
    Instant at = Instant.parse("2026-03-01T10:00:00Z").plusSeconds(state);
    return """
    {"type": "order.changed", "data": {"id": "%s", "number": "%s", "placedAt": "2026-03-01T09:00:00Z",
      "changedAt": "%s", "currency": "EUR", "payment": "%s", "fulfilment": "unfulfilled", "note": "state %d",
      "buyer": {"email": "%s@customers.example"},
      "lines": [{"id": "1", "title": "Mug", "quantity": %d, "unitPrice": "10.00"}]}}
    """
        .formatted(id, id, at, state < 3 ? "pending" : "paid", state, id, state + 1);
  }

  private int tell(String url, String secret, Told told) throws Exception {
    String at = Long.toString(Instant.now().getEpochSecond());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
    mac.update((told.id() + "." + at + "." + told.body()).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("webhook-id", told.id())
            .header("webhook-timestamp", at)
            .header("webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac.doFinal()))
            .POST(HttpRequest.BodyPublishers.ofString(told.body()))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void theOrderOfWebhooksDoesNotMatter() throws Exception {
    long brand = api.get("/brands").path("items").get(0).path("id").asLong();
    JsonNode shop =
        api.post(
            "/shops",
            Map.of(
                "brandId",
                brand,
                "kind",
                "generic",
                "address",
                "https://push-only.example",
                "credentials",
                Map.of("currency", "EUR")));
    long shopId = shop.path("id").asLong();
    String url = shopbell.address() + URI.create(shop.path("hookUrl").asString()).getPath();
    String secret =
        api.post("/shops/" + shopId + "/hook-secret", Map.of()).path("secret").asString();
    String prefix = Inbox.word();
    List<Told> all = new ArrayList<>();
    int orders = WEBHOOKS / STATES / 2;
    for (int i = 0; i < orders; i++) {
      for (int state = 0; state < STATES; state++) {
        String body = order(prefix + "-" + i, state);
        String id = prefix + "-" + i + "-" + state;
        all.add(new Told(id, body));
        // Half of the repeats are known by their id, half by nothing but what they say.
        all.add(new Told(state % 2 == 0 ? id : id + "-again", body));
      }
    }
    Collections.shuffle(all, new Random(7));
    try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> answers =
          all.stream().map(told -> senders.submit(() -> tell(url, secret, told))).toList();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(202);
      }
    }
    assertThat(tell(url, secret.replaceFirst("....", "aaaa"), all.getFirst())).isEqualTo(403);
    JdbcClient jdbc = shopbell.bean(JdbcClient.class);
    Inbox.soon("all webhooks read")
        .until(
            () ->
                jdbc.sql("select count(*) from shop_hook where shop_id = ? and state = 'waiting'")
                    .param(shopId)
                    .query(Integer.class)
                    .single(),
            waiting -> waiting == 0);
    assertThat(
            jdbc.sql("select count(*) from shop_hook where shop_id = ? and state = 'failed'")
                .param(shopId)
                .query(Integer.class)
                .single())
        .isZero();
    List<String> notes =
        jdbc.sql(
                "select content ->> 'note' || ' ' || total || ' ' || payment from shop_order where shop_id = ?")
            .param(shopId)
            .query(String.class)
            .list();
    assertThat(notes).hasSize(orders).containsOnly("state 9 10000 paid");
  }
}
