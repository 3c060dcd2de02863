package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Mail servers that send many mails, four at a time, to any of the nodes: what one does not take is
 * offered to the next, each once.
 */
final class Senders {
  private static final int THREADS = 4;

  private final int end;
  private final List<PackagedShopbell> nodes;
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger next;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch begun;

  /**
   * Begins to send.
   *
   * @param first number of the mails, which tells them from those of other senders
   */
  Senders(int first, int mails, PackagedShopbell... nodes) {
    this.end = first + mails;
    this.next = new AtomicInteger(first);
    this.nodes = List.of(nodes);
    this.begun = new CountDownLatch(mails / 4);
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.ofVirtual().start(this::send));
    }
  }

  private void send() {
    for (int n = next.getAndIncrement(); n < end; n = next.getAndIncrement()) {
      Mail mail =
          Mail.with(
              "buyer" + n % 97 + "@client.example",
              "care@shop.example",
              "Matter " + n,
              "Hello, this is about the matter " + n + ".",
              "Message-ID: <matter-" + n + "@client.example>");
      for (int tried = 0; tried < nodes.size() && !acknowledged.contains(n); tried++) {
        try {
          if (mail.send(nodes.get((n + tried) % nodes.size()).smtpPort()).code() == 250) {
            acknowledged.add(n);
          }
        } catch (RuntimeException e) {
          // Not acknowledged: whether it is there or not, nobody was promised anything.
        }
      }
      begun.countDown();
    }
  }

  int acknowledged() {
    return acknowledged.size();
  }

  void awaitAQuarter() throws InterruptedException {
    begun.await();
  }

  void awaitEnd() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Every acknowledged mail is in one conversation, once; what was not promised, at most once. */
  void assertEachOnce(Api api) {
    Set<String> wanted = acknowledged.stream().map(n -> "Matter " + n).collect(Collectors.toSet());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.get("/installation").path("mail").path("oldestWaiting").isNull());
    List<JsonNode> all = api.all("/conversations");
    Map<String, Integer> times =
        all.stream()
            .filter(row -> row.path("subject").asString().startsWith("Matter "))
            .collect(
                Collectors.toMap(
                    row -> row.path("subject").asString(),
                    row -> row.path("messageCount").asInt(),
                    Integer::sum));
    assertThat(times.keySet()).containsAll(wanted);
    assertThat(times.entrySet().stream().filter(entry -> entry.getValue() != 1)).isEmpty();
  }
}
