package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What was acknowledged is there, whatever is killed in the middle. */
@Order(1)
class SurvivalIT {
  private static final int SENDERS = 4;
  private static final int MAILS = 2_000;

  @TempDir Path temp;

  /**
   * Senders that go on until all mails are taken, as mail servers do: what is refused is sent
   * again.
   */
  private static final class Senders {
    final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    final AtomicInteger next = new AtomicInteger();
    final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(MAILS / 4);

    void start(PackagedShopbell shopbell) {
      for (int i = 0; i < SENDERS; i++) {
        threads.add(Thread.ofVirtual().start(() -> send(shopbell)));
      }
    }

    private void send(PackagedShopbell shopbell) {
      for (int n = next.getAndIncrement(); n < MAILS; n = next.getAndIncrement()) {
        Mail mail =
            Mail.with(
                "buyer" + n % 97 + "@client.example",
                "care@shop.example",
                "Matter " + n,
                "Hello, this is about the matter " + n + ".",
                "Message-ID: <matter-" + n + "@client.example>");
        try {
          if (mail.send(shopbell.smtpPort()).code() == 250) {
            acknowledged.add(n);
          }
        } catch (RuntimeException e) {
          // Not acknowledged: whether it is there or not, nobody was promised anything.
        }
        begun.countDown();
      }
    }

    void awaitAQuarter() throws InterruptedException {
      begun.await();
    }

    void awaitEnd() throws InterruptedException {
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  @Test
  void killedInTheMiddleOfTwoThousandMailsItHasEachAcknowledgedOneOnce() throws Exception {
    try (PackagedShopbell shopbell = new PackagedShopbell(temp.resolve("data"), Map.of())) {
      shopbell.start();
      Senders senders = new Senders();
      senders.start(shopbell);
      senders.awaitAQuarter();
      shopbell.kill();
      senders.awaitEnd();
      assertThat(senders.acknowledged.size()).isBetween(MAILS / 8, MAILS - 1);

      shopbell.start();
      assertEachOnce(shopbell, senders.acknowledged);
    }
  }

  @Test
  void goesOnAfterItsDatabaseIsKilled() throws Exception {
    try (PackagedShopbell shopbell = new PackagedShopbell(temp.resolve("data"), Map.of())) {
      shopbell.start();
      Senders senders = new Senders();
      senders.start(shopbell);
      senders.awaitAQuarter();
      shopbell.killPostmaster();
      senders.awaitEnd();

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              Mail.plain("late@client.example", "care@shop.example", "Afterwards", "Still there?")
                      .send(shopbell.smtpPort())
                      .code()
                  == 250);
      assertEachOnce(shopbell, senders.acknowledged);
    }
  }

  private static void assertEachOnce(PackagedShopbell shopbell, Set<Integer> acknowledged) {
    Set<String> wanted = acknowledged.stream().map(n -> "Matter " + n).collect(Collectors.toSet());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> shopbell.api().get("/installation").path("mail").path("oldestWaiting").isNull());
    List<JsonNode> all = shopbell.api().all("/conversations");
    Map<String, Integer> times =
        all.stream()
            .collect(
                Collectors.toMap(
                    row -> row.path("subject").asString(),
                    row -> row.path("messageCount").asInt(),
                    Integer::sum));
    assertThat(times.keySet()).containsAll(wanted);
    assertThat(times.entrySet().stream().filter(entry -> entry.getValue() != 1)).isEmpty();
  }

  @Test
  void tellsAnOwnerWhoIsNotThereYetHowToBegin() {
    Map<String, String> nobody = Map.of("SHOPBELL_OWNER_EMAIL", "", "SHOPBELL_OWNER_PASSWORD", "");
    try (PackagedShopbell shopbell = new PackagedShopbell(temp.resolve("data"), nobody)) {
      shopbell.start();
      String link =
          shopbell.output().replaceAll("(?s).*Set up the first owner: \\S*/join/(\\S+).*", "$1");
      JsonNode invitation = shopbell.api().get("/invitations/" + link);
      assertThat(invitation.path("purpose").asString()).isEqualTo("setup");

      shopbell
          .api()
          .post(
              "/invitations/" + link,
              Map.of("name", "Ada", "email", "ada@shop.example", "password", "correct horse"));
      assertThat(shopbell.api().get("/agents").path("items").get(0).path("role").asString())
          .as("the token of the environment is the first owner's")
          .isEqualTo("owner");
      assertThat(shopbell.api().send("GET", "/invitations/" + link, null, Map.of()).status())
          .isEqualTo(404);
    }
  }

  /** The link that was printed last. */
  private static String rescueLink(PackagedShopbell shopbell) {
    return shopbell
        .output()
        .replaceAll("(?s).*second step goes with it:\\s*\\S*/join/(\\S+).*", "$1");
  }

  @Test
  void letsItsOwnerBackInAndRemovesTheDemoShopByOneCommandEach() {
    Map<String, String> demo =
        Map.of("SHOPBELL_OWNER_EMAIL", "", "SHOPBELL_OWNER_PASSWORD", "", "SHOPBELL_DEMO", "true");
    try (PackagedShopbell shopbell = new PackagedShopbell(temp.resolve("data"), demo)) {
      shopbell.start();
      assertThat(shopbell.output()).contains("Demo sign-in: demo@shopbell.example");
      assertThat(shopbell.api().all("/conversations")).hasSizeGreaterThan(20);
      assertThat(shopbell.runBeside("rescue", "demo@shopbell.example")).isZero();
      String beside = rescueLink(shopbell);
      assertThat(shopbell.api().get("/invitations/" + beside).path("rescue").asBoolean()).isTrue();
      shopbell.stop();
      assertThat(shopbell.runToEnd("--remove-demo")).isZero();
      assertThat(shopbell.runBeside("rescue", "demo@shopbell.example")).isZero();
      assertThat(shopbell.runBeside("rescue", "nobody@shopbell.example")).isEqualTo(1);

      shopbell.start();
      shopbell
          .api()
          .post(
              "/invitations/" + rescueLink(shopbell),
              Map.of("password", "the owner is back again"));
      assertThat(shopbell.api().send("GET", "/invitations/" + beside, null, Map.of()).status())
          .isEqualTo(404);
      assertThat(shopbell.api().all("/conversations")).isEmpty();
      assertThat(shopbell.api().all("/customers")).isEmpty();
    }
  }
}
