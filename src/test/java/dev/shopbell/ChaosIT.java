package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Killed again and again at random moments, in the middle of mail, answers and merges: by {@code
 * -Dkills=100} as often as one likes, by {@code -Dseed=} in the same order once more.
 */
@Order(1)
class ChaosIT {
  private static final int KILLS = Integer.getInteger("kills", 10);
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Between two kills so much is done at least. */
  private static final int STEPS = 15;

  /** Of ten kills; the program itself takes longest to come again. */
  private static final List<Victim> TEN =
      List.of(
          Victim.PROGRAM,
          Victim.PROGRAM,
          Victim.PROGRAM,
          Victim.POSTMASTER,
          Victim.POSTMASTER,
          Victim.POSTMASTER,
          Victim.POSTMASTER,
          Victim.WATCHDOG,
          Victim.WATCHDOG,
          Victim.WATCHDOG);

  @TempDir Path temp;

  private final GreenMail relay =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  private final List<Integer> mails = new CopyOnWriteArrayList<>();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  private final List<Integer> merges = new CopyOnWriteArrayList<>();
  private volatile boolean ending;

  @Test
  void keepsAllItAcknowledgedOnceWhateverIsKilled() throws Exception {
    relay.start();
    Map<String, String> settings =
        Map.of(
            "SHOPBELL_RELAY_URL",
            "smtp://127.0.0.1:" + relay.getSmtp().getPort(),
            "SHOPBELL_ALLOW_INTERNAL_HOSTS",
            "127.0.0.1");
    try (PackagedShopbell shopbell = new PackagedShopbell(temp.resolve("data"), settings);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      shopbell.start();
      List<Future<?>> work =
          List.of(
              threads.submit(() -> again(mails, n -> isTaken(shopbell, n))),
              threads.submit(() -> again(answers, n -> isAnswered(shopbell, n))),
              threads.submit(() -> again(merges, n -> isMerged(shopbell, n))));
      Random random = new Random(SEED);
      List<Victim> killed = new ArrayList<>();
      List<Victim> victims = new ArrayList<>();
      try {
        for (int i = 0; i < KILLS; i++) {
          int until = done() + STEPS + random.nextInt(2 * STEPS);
          await().atMost(PATIENCE).until(() -> done() >= until);
          if (victims.isEmpty()) {
            victims.addAll(TEN);
            Collections.shuffle(victims, random);
          }
          killed.add(victims.removeLast());
          killed.getLast().kill(shopbell);
          if (!shopbell.isAlive()) {
            shopbell.start();
          }
        }
      } finally {
        ending = true;
      }
      for (Future<?> one : work) {
        one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      assertThat(killed).hasSize(KILLS);
      assertWhole(shopbell, "seed " + SEED + ", killed " + killed);
    } finally {
      relay.stop();
    }
  }

  private enum Victim {
    PROGRAM,
    POSTMASTER,
    WATCHDOG;

    void kill(PackagedShopbell shopbell) {
      switch (this) {
        case PROGRAM -> shopbell.kill();
        case POSTMASTER -> shopbell.killPostmaster();
        case WATCHDOG -> shopbell.killWatchdog();
      }
    }
  }

  private int done() {
    return mails.size() + answers.size();
  }

  private interface Step {
    boolean isDone(int number);
  }

  /** Each thing is tried until it is confirmed, as those do who must not lose anything. */
  private void again(List<Integer> confirmed, Step step) {
    for (int n = 0; !ending; n++) {
      int number = n;
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> confirms(() -> step.isDone(number)));
      confirmed.add(number);
    }
  }

  private static boolean confirms(Callable<Boolean> step) {
    try {
      return step.call();
    } catch (Exception | AssertionError e) {
      // killed in the middle: whether it is done or not is seen in the end
      return false;
    }
  }

  private static String buyer(int n) {
    return "buyer" + n % 20 + "@client.example";
  }

  private static boolean isTaken(PackagedShopbell shopbell, int n) {
    Mail mail =
        Mail.with(
            buyer(n),
            "care@shop.example",
            "Matter " + n,
            "mail <" + n + ">",
            "Message-ID: <matter-" + n + "@client.example>");
    return mail.send(shopbell.smtpPort()).code() == 250;
  }

  private boolean isAnswered(PackagedShopbell shopbell, int n) {
    return isPosted(
        shopbell,
        "answer-" + n,
        () -> {
          JsonNode newest = shopbell.api().get("/conversations?limit=5").path("items");
          return newest.isEmpty()
              ? null
              : new Post(
                  "/conversations/"
                      + newest.get(n % newest.size()).path("id").asLong()
                      + "/replies",
                  "{\"text\":\"answer <" + n + ">\"}");
        });
  }

  private record Post(String path, String body) {}

  /** What a key was first sent with: a repeat of it has to be the same. */
  private final Map<String, Post> posts = new ConcurrentHashMap<>();

  private final Map<String, Integer> tries = new ConcurrentHashMap<>();

  /** What was refused has not happened: it is chosen anew, under another key. */
  private boolean isPosted(PackagedShopbell shopbell, String what, Supplier<Post> choice) {
    String key = what + "-" + tries.getOrDefault(what, 0);
    Post post = posts.computeIfAbsent(key, none -> choice.get());
    if (post == null) {
      return false;
    }
    int status =
        shopbell
            .api()
            .send("POST", post.path(), post.body(), Map.of("Idempotency-Key", key))
            .status();
    if (status == 404 || status == 422 || status == 307) {
      tries.merge(what, 1, Integer::sum);
    }
    return status == 201;
  }

  /** Two conversations of one customer become one. */
  private boolean isMerged(PackagedShopbell shopbell, int n) {
    return isPosted(shopbell, "merge-" + n, () -> twoOfOne(shopbell));
  }

  private static Post twoOfOne(PackagedShopbell shopbell) {
    Map<Long, List<JsonNode>> of =
        shopbell.api().all("/conversations").stream()
            .collect(Collectors.groupingBy(row -> row.path("customer").path("id").asLong()));
    return of.values().stream()
        .filter(rows -> rows.size() > 3)
        .findFirst()
        .map(rows ->
            new Post(
                "/conversations/" + rows.get(0).path("id").asLong() + "/merges",
                "{\"conversationIds\":[" + rows.get(1).path("id").asLong() + "]}"))
        .orElse(null);
  }

  private void assertWhole(PackagedShopbell shopbell, String which) throws MessagingException {
    Api api = shopbell.api();
    await()
        .atMost(PATIENCE)
        .until(() -> api.get("/installation").path("mail").path("oldestWaiting").isNull());
    List<JsonNode> messages =
        await()
            .atMost(PATIENCE)
            .until(
                () -> messages(api),
                all ->
                    all.stream()
                        .filter(one -> one.path("direction").asString().equals("outbound"))
                        .allMatch(
                            one -> one.path("delivery").path("state").asString().equals("sent")));
    List<String> texts = messages.stream().map(one -> one.path("text").asString().strip()).toList();

    assertThat(texts).as(which).doesNotHaveDuplicates();
    assertThat(texts)
        .as("acknowledged, " + which)
        .containsAll(mails.stream().map(n -> "mail <" + n + ">").toList())
        .containsAll(answers.stream().map(n -> "answer <" + n + ">").toList());
    assertThat(merges).as("merges, " + which).isNotEmpty();

    // What SMTP cannot promise: who dies between the end of a mail and its 250 sends it again,
    // under the same Message-ID, by which mail programs know it.
    List<String> ids = new ArrayList<>();
    for (var mail : relay.getReceivedMessages()) {
      ids.add(mail.getMessageID());
    }
    long sent =
        messages.stream()
            .filter(one -> one.path("direction").asString().equals("outbound"))
            .count();
    assertThat(ids.stream().distinct().count()).as("sent, " + which).isEqualTo(sent);
    assertThat(ids.size() - sent).as("sent again, " + which).isLessThanOrEqualTo(8L * KILLS);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(shopbell.metrics().lines())
                .as("every fact read, " + which)
                .filteredOn(line -> line.startsWith("shopbell_consumer_lag{"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" 0.0")));
    assertThat(shopbell.output()).as(which).doesNotContain("parks the fact");
  }

  private static List<JsonNode> messages(Api api) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode conversation : api.all("/conversations")) {
      all.addAll(api.all("/conversations/" + conversation.path("id").asLong() + "/messages"));
    }
    return all;
  }
}
