package dev.shopbell.platform.web;

import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A write that carries a key can be repeated without harm. */
class IdempotencyTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  private static String at(long id, String rest) {
    return "/conversations/" + id + rest;
  }

  private static void assertRefused(Api.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().path("detail").asString("")).isNotBlank();
  }

  @Test
  void sameKeyGivesTheSameAnswerAndOneMessage() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Twice");
    Map<String, String> key = Map.of("Idempotency-Key", word());
    Map<String, Object> body = Map.of("text", "It left yesterday.");
    Api.Answer first = api.send("POST", at(id, "/replies"), body, key);
    Api.Answer again = api.send("POST", at(id, "/replies"), body, key);
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertRefused(api.send("POST", at(id, "/replies"), Map.of("text", "Other"), key));
    assertThat(inbox.messages(id)).hasSize(2);
    Map<String, String> other = Map.of("Idempotency-Key", word());
    assertThat(api.send("POST", at(id, "/replies"), body, other).status()).isEqualTo(201);
    assertThat(inbox.messages(id)).hasSize(3);
  }

  @Test
  void sameKeyAtTheSameMomentMakesOneMessage() throws Exception {
    long id = inbox.begin(address("anna"), "At once");
    Map<String, String> key = Map.of("Idempotency-Key", word());
    Callable<Api.Answer> call =
        () -> shopbell.api().send("POST", at(id, "/replies"), Map.of("text", "It left."), key);
    try (ExecutorService callers = Executors.newFixedThreadPool(6)) {
      List<String> bodies = new ArrayList<>();
      for (Future<Api.Answer> answer : callers.invokeAll(java.util.Collections.nCopies(6, call))) {
        assertThat(answer.get().status()).isEqualTo(201);
        bodies.add(answer.get().body());
      }
      assertThat(bodies).containsOnly(bodies.getFirst());
    }
    assertThat(inbox.messages(id)).hasSize(2);
  }

  @Test
  void refusedAnswerDoesNotUseTheKeyUp() {
    long id = inbox.begin(address("anna"), "Refused");
    Map<String, String> key = Map.of("Idempotency-Key", word());
    assertRefused(api.send("POST", at(id, "/replies"), Map.of("text", " "), key));
    assertThat(api.send("POST", at(id, "/replies"), Map.of("text", "Hello"), key).status())
        .isEqualTo(201);
    assertThat(inbox.messages(id)).hasSize(2);
  }

  @Test
  void anAnswerThatHoldsASecretIsNotKeptForTheRepeat() {
    Map<String, String> key = Map.of("Idempotency-Key", word());
    Map<String, Object> token = Map.of("name", word(), "scopes", List.of("conversations:read"));
    Api.Answer first = api.send("POST", "/tokens", token, key);
    assertThat(first.status()).isEqualTo(201);
    String secret = first.json().path("token").asString();
    Api.Answer again = api.send("POST", "/tokens", token, key);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("detail").asString()).contains("shown once");
    assertThat(
            api.get("/tokens")
                .path("items")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(token.get("name"))))
        .as("it was made once")
        .hasSize(1);
    assertThat(
            shopbell
                .bean(JdbcClient.class)
                .sql(
                    "select count(*) from idempotency_key where position(convert_to(?, 'UTF8') in body) > 0")
                .param(secret)
                .query(Long.class)
                .single())
        .isZero();
  }
}
