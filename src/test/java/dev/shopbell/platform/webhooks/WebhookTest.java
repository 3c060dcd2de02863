package dev.shopbell.platform.webhooks;

import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import dev.shopbell.ScriptedWeb;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Programs elsewhere are told what happens: signed, in order, and no more than may be seen. */
class WebhookTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api owner = shopbell.api();
  private final Listener listener = new Listener();

  @AfterEach
  void stop() throws Exception {
    owner.all("/webhooks").forEach(each -> owner.delete("/webhooks/" + each.path("id").asLong()));
    listener.close();
  }

  private static String path(JsonNode made) {
    return "/webhooks/" + made.path("webhook").path("id").asLong();
  }

  @Test
  void whatHappensIsToldAsTheStandardAsksWithTheContentThatTheApiGives() {
    JsonNode made = listener.listens(owner, "message.received");
    String secret = made.path("secret").asString();
    assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
        .hasSizeBetween(24, 64);
    long conversation = inbox.begin(address("anna"), "Grüße aus Köln 👋");
    Listener.Told told = listener.awaits(1).getFirst();
    assertThat(told.verifies(secret)).as("signed").isTrue();
    assertThat(told.verifies("whsec_" + Base64.getEncoder().encodeToString(new byte[32])))
        .as("signed by another secret")
        .isFalse();
    assertThat(told.type()).isEqualTo("message.received");
    assertThat(told.id()).isEqualTo(told.json().path("id").asString()).matches("[a-zA-Z0-9_]+");
    assertThat(Instant.parse(told.json().path("timestamp").asString()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(told.json().path("actor").path("kind").asString()).isEqualTo("customer");
    JsonNode data = told.json().path("data");
    assertThat(data.path("conversation").path("id").asLong()).isEqualTo(conversation);
    assertThat(data.path("conversation").path("subject").asString()).isEqualTo("Grüße aus Köln 👋");
    assertThat(data.path("message")).isEqualTo(inbox.lastMessage(conversation));
    soon("the delivery is shown").until(() -> !owner.all(path(made) + "/deliveries").isEmpty());
    JsonNode delivery = owner.all(path(made) + "/deliveries").getFirst();
    assertThat(delivery.path("state").asString()).isEqualTo("delivered");
    assertThat(delivery.path("status").asInt()).isEqualTo(204);
    owner.put("/conversations/" + conversation + "/priority", Map.of("priority", "high"));
    inbox.begin(address("ben"), "Teapot");
    assertThat(listener.awaits(2))
        .as("the event between is not asked for")
        .allMatch(each -> each.type().equals("message.received"));
    assertThat(owner.get(path(made)).toString()).doesNotContain(secret.substring(6));
  }

  @Test
  void aTrialSaysWhatCameOfIt() {
    JsonNode made = listener.listens(owner);
    JsonNode fine = owner.post(path(made) + "/test", Map.of());
    assertThat(fine.path("taken").asBoolean()).isTrue();
    Listener.Told told = listener.awaits(1).getFirst();
    assertThat(told.verifies(made.path("secret").asString())).isTrue();
    assertThat(told.type()).isEqualTo("webhook.test");
    listener.answers(
        any -> ScriptedWeb.answer("500 Broken", "", "no\u0000 way ".repeat(200_000).getBytes()));
    JsonNode broken = owner.post(path(made) + "/test", Map.of());
    assertThat(broken.path("taken").asBoolean()).isFalse();
    assertThat(broken.path("status").asInt()).isEqualTo(500);
    assertThat(broken.path("answer").asString()).startsWith("no way").hasSize(500);
  }

  @Test
  void aNewSecretSignsAtOnceAndTheOldOneForADay() {
    JsonNode made = listener.listens(owner);
    String old = made.path("secret").asString();
    JsonNode renewed = owner.post(path(made) + "/secret", Map.of());
    String now = renewed.path("secret").asString();
    assertThat(now).isNotEqualTo(old);
    Instant until = Instant.parse(renewed.path("webhook").path("oldSecretUntil").asString());
    assertThat(until)
        .isBetween(
            Instant.now().plus(Duration.ofMinutes(23 * 60 + 50)),
            Instant.now().plus(Duration.ofHours(24)));
    owner.post(path(made) + "/test", Map.of());
    Listener.Told both = listener.awaits(1).getFirst();
    assertThat(both.signatures().split(" ")).hasSize(2);
    assertThat(both.verifies(old)).isTrue();
    assertThat(both.verifies(now)).isTrue();
    Later.of(shopbell).forgetOldSecrets();
    owner.post(path(made) + "/test", Map.of());
    Listener.Told one = listener.awaits(2).getLast();
    assertThat(one.verifies(old)).isFalse();
    assertThat(one.verifies(now)).isTrue();
  }

  @Test
  void theSecretIsSealedInTheDatabase() {
    JsonNode made = listener.listens(owner);
    String secret = made.path("secret").asString();
    assertThat(Later.of(shopbell).stored(made.path("webhook").path("id").asLong()))
        .doesNotContain(secret, secret.substring("whsec_".length()));
  }

  @Test
  void nothingInsideIsCalledAndNothingLeavesUnencrypted() {
    for (String url :
        List.of(
            "https://127.0.0.2/hook",
            "https://10.0.0.1/hook",
            "https://[::1]/hook",
            "https://169.254.169.254/latest",
            "https://1.1.1.1:8443/hook",
            "http://1.1.1.1/hook",
            "https://user:secret@1.1.1.1/hook",
            "ftp://1.1.1.1/hook",
            "nonsense")) {
      Api.Answer answer = owner.send("POST", "/webhooks", Map.of("url", url), Map.of());
      assertThat(answer.status()).as("%s: %s", url, answer.body()).isEqualTo(422);
      assertThat(answer.body()).contains("\"field\":\"url\"");
    }
    assertThat(owner.all("/webhooks")).isEmpty();
  }

  @Test
  void anAddressThatHasMovedInsideSinceIsNotCalled() throws Exception {
    try (ScriptedWeb inside =
        ScriptedWeb.on(
            "127.0.0.2",
            0,
            javax.net.ServerSocketFactory.getDefault(),
            (request, out) -> out.write(Listener.FINE))) {
      JsonNode made = listener.listens(owner, "message.received");
      Later.of(shopbell).leadsTo(made.path("webhook").path("id").asLong(), inside.url("/hook"));
      inbox.begin(address("anna"), "Teapot");
      soon("the refusal").until(() -> !owner.get(path(made)).path("trouble").isNull());
      assertThat(owner.get(path(made)).path("trouble").asString()).contains("inside");
      assertThat(inside.asked()).isEmpty();
    }
  }

  @Test
  void anAgentsWebhookIsToldWhatTheySeeAndNothingElse() {
    String role =
        owner
            .post(
                "/roles",
                Map.of(
                    "name",
                    "Listener " + Inbox.word(),
                    "permissions",
                    List.of("conversations:read", "webhooks:manage", "tokens:manage")))
            .path("id")
            .asString();
    Colleague.Member bea =
        Colleague.member(shopbell, Map.of("role", role, "sees", Map.of("conversations", "teams")));
    JsonNode made =
        listener.listens(bea.byToken(shopbell, "conversations:read", "webhooks:manage"));
    long hidden = inbox.begin(address("anna"), "Hidden");
    long hers = inbox.begin(address("ben"), "Hers");
    owner.put("/conversations/" + hers + "/assignee", Map.of("agentId", bea.id()));
    owner.put("/conversations/" + hidden + "/priority", Map.of("priority", "high"));
    owner.put("/conversations/" + hers + "/priority", Map.of("priority", "high"));
    soon("what is hers")
        .until(() ->
            listener.told().stream()
                .anyMatch(told -> told.type().equals("conversation.priority_changed")));
    assertThat(listener.told()).allMatch(told -> told.conversation() == hers);
    assertThat(listener.told())
        .as("nor what she may not read")
        .noneMatch(told -> told.type().startsWith("agent.") || told.type().startsWith("signed."));

    owner.patch("/agents/" + bea.id(), Map.of("active", false));
    owner.put("/conversations/" + hers + "/priority", Map.of("priority", "low"));
    soon("it is given up").until(() -> !owner.get(path(made)).path("disabledBecause").isNull());
    assertThat(owner.get(path(made)).path("disabledBecause").asString()).isEqualTo("no_access");
    owner.post(path(made) + "/resume", Map.of());
    soon("nothing is lost for whoever takes it over")
        .until(() ->
            listener.told().stream()
                .anyMatch(told -> told.json().path("data").path("to").asString("").equals("low")));
  }

  @Test
  void aTokenWithoutTheScopeLendsNoMoreThanItHolds() {
    Api token =
        shopbell.api(
            owner
                .post("/tokens", Map.of("name", "T", "scopes", List.of("webhooks:manage")))
                .path("token")
                .asString());
    Api.Answer refused =
        token.send(
            "POST",
            "/webhooks",
            Map.of("url", listener.url(), "events", List.of("message.received")),
            Map.of());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("conversations:read");
    JsonNode made = listener.listens(token);
    inbox.begin(address("anna"), "Teapot");
    soon("passed over").until(() -> owner.get(path(made)).path("waiting").asInt() == 0);
    assertThat(listener.told()).isEmpty();
  }

  @Test
  void aMergedConversationIsToldAsTheOneThatIsKeptAndWhatIsGoneIsNotTold() {
    long kept = inbox.begin(address("anna"), "Teapot");
    long merged = inbox.begin(address("ben"), "Kettle");
    JsonNode scheduled =
        inbox.reply(kept, "secret words", "sendAt", Instant.now().plusSeconds(3_600).toString());
    JsonNode made = listener.listens(owner, "message.received", "reply.scheduled");
    owner.post(
        "/conversations/" + kept + "/merges",
        Map.of("conversationIds", List.of(merged), "otherCustomers", true));
    owner.delete("/messages/" + scheduled.path("id").asLong());
    owner.put(
        path(made) + "/position", Map.of("since", Instant.now().minusSeconds(600).toString()));
    soon("what happened before")
        .until(() -> listener.told().stream().anyMatch(told -> told.conversation() == merged));
    soon("the answer")
        .until(
            () -> listener.told().stream().anyMatch(told -> told.type().equals("reply.scheduled")));
    for (Listener.Told told : listener.told()) {
      if (told.conversation() == merged) {
        assertThat(told.json().path("data").path("conversation").path("id").asLong())
            .isEqualTo(kept);
      }
      assertThat(told.body()).doesNotContain("secret words");
    }
  }

  @Test
  void whatIsSetUpWronglySaysSo() {
    assertThat(
            owner
                .send(
                    "POST",
                    "/webhooks",
                    Map.of("url", listener.url(), "events", List.of("cake.eaten")),
                    Map.of())
                .body())
        .contains("There is no event “cake.eaten”");
    JsonNode made = listener.listens(owner);
    for (Map<String, String> wrong :
        List.of(Map.of("position", "nonsense"), Map.<String, String>of())) {
      assertThat(owner.send("PUT", path(made) + "/position", wrong, Map.of()).status())
          .isEqualTo(422);
    }
    for (JsonNode type : owner.all("/webhooks/events")) {
      assertThat(type.path("type").asString()).matches("[a-z]+\\.[a-z_]+");
      assertThat(type.path("words").asString()).endsWith(".");
    }
  }
}
