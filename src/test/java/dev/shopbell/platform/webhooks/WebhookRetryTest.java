package dev.shopbell.platform.webhooks;

import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import dev.shopbell.ScriptedWeb;
import dev.shopbell.platform.facts.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever a receiver does: it is told everything at least once, and nobody else waits for it. */
class WebhookRetryTest {
  private static final String BUSY = "503 Busy";

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api owner = shopbell.api();
  private final Later later = Later.of(shopbell);
  private final Listener listener = new Listener();
  private final long conversation = inbox.begin(address("anna"), "Teapot");
  private JsonNode made = owner.get("/session");

  @AfterEach
  void stop() throws Exception {
    listener.answers(told -> Listener.FINE);
    owner.all("/webhooks").forEach(each -> owner.delete("/webhooks/" + each.path("id").asLong()));
    listener.close();
  }

  private void listens() {
    made = listener.listens(owner, "conversation.priority_changed", "note.added");
  }

  private String path() {
    return "/webhooks/" + made.path("webhook").path("id").asLong();
  }

  private JsonNode webhook() {
    return owner.get(path());
  }

  /** Something happens that is told. */
  private void note(String words) {
    owner.post("/conversations/" + conversation + "/notes", Map.of("text", words));
  }

  private static String note(Listener.Told told) {
    return told.json().path("data").path("message").path("text").asString();
  }

  private List<String> notes() {
    return listener.told().stream().map(WebhookRetryTest::note).toList();
  }

  private void awaitFailures() {
    soon("it rests").until(() -> !webhook().path("nextAttemptAt").isNull());
  }

  /** None while it is being tried. */
  private Duration rest() {
    JsonNode next = webhook().path("nextAttemptAt");
    return next.isNull()
        ? Duration.ZERO
        : Duration.between(Instant.now(), Instant.parse(next.asString()));
  }

  @Test
  void aReceiverThatFailsIsLeftAloneEverLongerAndThenToldAllInOrderUnderTheSameIds() {
    listens();
    listener.answers(BUSY, "");
    note("one");
    awaitFailures();
    assertThat(rest()).isLessThan(Duration.ofSeconds(6));
    note("two");
    later.attemptsAreDue();
    listener.awaits(3);
    soon("a longer rest").until(() -> rest().compareTo(Duration.ofSeconds(50)) > 0);
    assertThat(notes())
        .as("the next one shows whose fault it is")
        .containsExactly("one", "one", "two");
    assertThat(webhook().path("trouble").asString()).isEqualTo("It answered 503.");
    assertThat(webhook().path("waiting").asInt()).isEqualTo(2);
    listener.answers(told -> Listener.FINE);
    note("three");
    later.attemptsAreDue();
    listener.awaits(6);
    assertThat(notes()).endsWith("one", "two", "three");
    List<String> ids = listener.ids();
    assertThat(ids.get(3)).isEqualTo(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(ids.get(4)).isEqualTo(ids.get(2)).isNotEqualTo(ids.get(3));
    soon("all is well").until(() -> webhook().path("failingSince").isNull());
    soon("three deliveries")
        .until(() -> owner.all(path() + "/deliveries?state=delivered").size() == 3);
    assertThat(owner.all(path() + "/deliveries")).hasSize(3);
    assertThat(listener.told()).allMatch(told -> told.verifies(made.path("secret").asString()));
  }

  @Test
  void anEventThatIsNotTakenIsPutAsideAndHoldsUpNothing() {
    listens();
    listener.answers(
        told -> note(told).equals("poison") ? ScriptedWeb.answer("422 No", "") : Listener.FINE);
    note("poison");
    awaitFailures();
    note("good");
    later.attemptsAreDue();
    soon("the good one").until(() -> notes().contains("good"));
    soon("put aside").until(() -> owner.all(path() + "/deliveries?state=waiting").size() == 1);
    note("better");
    soon("the others go on").until(() -> notes().contains("better"));
    soon("and the webhook is well").until(() -> webhook().path("failingSince").isNull());
    JsonNode aside = owner.all(path() + "/deliveries?state=waiting").getFirst();
    assertThat(aside.path("attempts").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(aside.path("words").asString()).isEqualTo("It answered 422.");

    later.nineAttemptsWereMade();
    soon("given up").until(() -> owner.all(path() + "/deliveries?state=failed").size() == 1);
    listener.answers(told -> Listener.FINE);
    JsonNode failed = owner.all(path() + "/deliveries?state=failed").getFirst();
    owner.post(path() + "/deliveries/" + failed.path("id").asLong() + "/resend", Map.of());
    soon("sent by hand").until(() -> owner.all(path() + "/deliveries?state=failed").isEmpty());
    assertThat(notes()).endsWith("poison");
    assertThat(
            listener.told().stream()
                .filter(told -> note(told).equals("poison"))
                .map(Listener.Told::id)
                .distinct())
        .hasSize(1);
  }

  @Test
  void aSlowReceiverHoldsUpNobody() throws Exception {
    CountDownLatch wait = new CountDownLatch(1);
    try (Listener slow = new Listener()) {
      slow.answers(told -> {
        try {
          wait.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return Listener.FINE;
      });
      for (int i = 0; i < 12; i++) {
        slow.listens(owner, "note.added");
      }
      listens();
      note("one");
      slow.awaits(12);
      listener.awaits(1);
      note("two");
      listener.awaits(2);
      assertThat(inbox.answer(conversation, "And mail leaves, too")).isNotNull();
      assertThat(slow.told()).hasSize(12);
      wait.countDown();
      assertThat(slow.awaits(24)).hasSize(24);
    } finally {
      wait.countDown();
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (ScriptedWeb elsewhere = ScriptedWeb.of((request, out) -> out.write(Listener.FINE))) {
      listens();
      listener.answers("307 Elsewhere", "Location: " + elsewhere.url("/") + "\r\n");
      note("one");
      awaitFailures();
      assertThat(webhook().path("trouble").asString())
          .startsWith("It answered 307: redirects are not followed");
      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  @Test
  void whoAsksToBeLeftAloneIs() {
    listens();
    listener.answers("429 Slowly", "Retry-After: 1800\r\n");
    note("one");
    awaitFailures();
    assertThat(rest()).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
    note("two");
    later.attemptsAreDue();
    listener.awaits(2);
    soon("it rests again").until(() -> rest().compareTo(Duration.ofMinutes(29)) > 0);
    assertThat(notes()).as("nothing else is tried").containsExactly("one", "one");
    listener.answers(told -> Listener.FINE);
    owner.post(path() + "/resume", Map.of());
    listener.awaits(4);
    assertThat(notes()).endsWith("one", "two");
  }

  @Test
  void whoIsGoneIsToldNothingMoreAndTheOwnersHearOfIt() {
    String brand = "/brands/" + owner.all("/brands").getFirst().path("id").asLong();
    owner.patch(brand, Map.of("address", Inbox.SHOP));
    listens();
    listener.answers("410 Gone", "");
    note("one");
    soon("disabled").until(() -> webhook().path("state").asString().equals("disabled"));
    assertThat(webhook().path("disabledBecause").asString()).isEqualTo("gone");
    soon("the mail")
        .until(() ->
            inbox.sentTo(RunningShopbell.OWNER).stream()
                .anyMatch(mail -> Inbox.header(mail, "Subject").contains("was disabled")));
    owner.patch(brand, Map.of("address", ""));
    note("two");
    listener.answers(told -> Listener.FINE);
    assertThat(listener.told()).hasSize(1);
    owner.post(path() + "/resume", Map.of());
    listener.awaits(3);
    assertThat(notes()).as("nothing is lost").endsWith("one", "two");
    assertThat(owner.get("/audit?limit=50").path("items").findValuesAsString("name"))
        .contains("WebhookAdded", "WebhookDisabled", "WebhookResumed");
  }

  @Test
  void aReceiverThatIsDeadForDaysIsDisabled() {
    listens();
    listener.answers(BUSY, "");
    note("one");
    awaitFailures();
    later.daysOfFailingHavePassed(WebhookLine.GIVES_UP_DAYS - 1);
    listener.awaits(2);
    awaitFailures();
    assertThat(webhook().path("state").asString()).isEqualTo("active");
    later.daysOfFailingHavePassed(1);
    soon("disabled").until(() -> webhook().path("state").asString().equals("disabled"));
    assertThat(webhook().path("disabledBecause").asString()).isEqualTo("failing");
  }

  @Test
  void aPauseLosesNothing() {
    listens();
    owner.post(path() + "/pause", Map.of());
    note("one");
    note("two");
    assertThat(webhook().path("waiting").asInt()).isEqualTo(2);
    assertThat(listener.told()).isEmpty();
    owner.post(path() + "/resume", Map.of());
    listener.awaits(2);
    assertThat(notes()).containsExactly("one", "two");
  }

  @Test
  void everythingSinceAFactIsToldAgainUnderItsIdsAndWhatWaitsCanBePassedOver() {
    listens();
    note("one");
    note("two");
    note("three");
    listener.awaits(3);
    String second = listener.told().get(1).json().path("position").asString();
    owner.put(path() + "/position", Map.of("position", second));
    listener.awaits(5);
    assertThat(notes()).containsExactly("one", "two", "three", "two", "three");
    assertThat(listener.ids().subList(3, 5)).isEqualTo(listener.ids().subList(1, 3));

    owner.post(path() + "/pause", Map.of());
    note("four");
    // A fact is read, and passed over, once nothing older is still being written.
    Facts facts = shopbell.bean(Facts.class);
    soon("the log to its end").until(() -> facts.countAfter(facts.newest(), 1) == 0);
    owner.put(path() + "/position", Map.of("since", Instant.now().toString()));
    owner.post(path() + "/resume", Map.of());
    note("five");
    soon("the one after").until(() -> notes().contains("five"));
    assertThat(notes()).doesNotContain("four");
    assertThat(
            owner.send("PUT", path() + "/position", Map.of("position", "3-1"), Map.of()).status())
        .isIn(200, 422);
  }

  @Test
  void whatANodeDidNotFinishAnotherTells() throws Exception {
    listens();
    later.heldByADeadNode(made.path("webhook").path("id").asLong());
    note("one");
    owner.post(path() + "/test", Map.of());
    assertThat(listener.told()).extracting(Listener.Told::type).containsExactly("webhook.test");
    later.leasesRunOut();
    listener.awaits(2);
    assertThat(notes().getLast()).isEqualTo("one");
  }

  @Test
  void aProgramThatStopsInTheMiddleTellsAgainUnderTheSameId() {
    CountDownLatch stopped = new CountDownLatch(1);
    listens();
    listener.answers(told -> {
      try {
        stopped.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Listener.FINE;
    });
    note("one");
    listener.awaits(1);
    shopbell.restart();
    stopped.countDown();
    listener.awaits(2);
    assertThat(listener.ids().get(1)).isEqualTo(listener.ids().get(0));
    soon("told").until(() -> owner.get(path()).path("waiting").asInt() == 0);
  }
}
