package dev.shopbell;

import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several nodes on one PostgreSQL, each a process of its own. */
@Order(1)
class NodesIT {
  private static final Duration SECONDS = Duration.ofSeconds(10);
  private static final int MAILS = 300;
  private static final int ANSWERS = 30;
  private static final Path JAR = Path.of("target", "shopbell.jar");

  @TempDir Path temp;

  private final String database = RunningShopbell.emptyDatabase();
  private final GreenMail relay =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final List<PackagedShopbell> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    // Nothing of them is to be kept, and to end in order takes its time.
    nodes.forEach(PackagedShopbell::kill);
    relay.stop();
  }

  /** One more on the same database, with the same files and secret. */
  private PackagedShopbell node(Path jar) {
    if (!relay.isRunning()) {
      relay.start();
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("SHOPBELL_DATABASE_URL", database);
    settings.put("SHOPBELL_RELAY_URL", "smtp://127.0.0.1:" + relay.getSmtp().getPort());
    settings.put("SHOPBELL_ALLOW_INTERNAL_HOSTS", "127.0.0.1");
    PackagedShopbell node = new PackagedShopbell(jar, temp.resolve("data"), settings);
    nodes.add(node);
    return node;
  }

  private static void take(PackagedShopbell node, String from) {
    Mail mail = Mail.plain(from, "care@shop.example", "A teapot of " + from, "Where is it?");
    assertThat(mail.send(node.smtpPort()).code()).isEqualTo(250);
  }

  private static List<JsonNode> conversationsOf(PackagedShopbell node, String from) {
    return node.api().all("/conversations?q=" + from.replaceAll("@.*", ""));
  }

  @Test
  void shareTheWorkThoughOneIsOfTheNextVersionAndGoOnWithoutTheOneThatIsKilled() throws Exception {
    PackagedShopbell first = node(JAR);
    first.start();
    PackagedShopbell second = node(JAR);
    second.start();
    tellsAcross(first, second);

    // The next version expands the tables while the old ones work.
    PackagedShopbell next = node(withOneMoreMigration());
    Senders senders = new Senders(0, MAILS, first, second);
    next.start();
    senders.awaitEnd();
    assertThat(senders.acknowledged()).isEqualTo(MAILS);
    senders.assertEachOnce(next.api());
    tellsAcross(next, first);

    sendEachAnswerOnce(first, second, next);
    goOnWithout(first, second, next);

    assertThat(second.stop()).as("how the last old one ended").isIn(0, 143);
    take(next, "after@client.example");
    await().atMost(SECONDS).until(() -> !conversationsOf(next, "after@client.example").isEmpty());
  }

  private static void tellsAcross(PackagedShopbell from, PackagedShopbell to) {
    String customer = "across" + from.smtpPort() + "@client.example";
    try (OpenDesk desk =
        OpenDesk.opening(
            to.address(), Map.of("Authorization", "Bearer " + PackagedShopbell.TOKEN))) {
      desk.hello();
      take(from, customer);
      desk.await(
          "the message that came to the other node",
          frame -> frame.path("name").asString("").equals("MessageReceived"));
    }
  }

  private void sendEachAnswerOnce(PackagedShopbell... all) {
    take(all[0], "asker@client.example");
    soon("the mail").until(() -> !conversationsOf(all[1], "asker@client.example").isEmpty());
    long id = conversationsOf(all[1], "asker@client.example").getFirst().path("id").asLong();
    List<String> texts = IntStream.range(0, ANSWERS).mapToObj(n -> "Answer number " + n).toList();
    for (int n = 0; n < ANSWERS; n++) {
      all[n % all.length]
          .api()
          .post("/conversations/" + id + "/replies", Map.of("text", texts.get(n)));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                all[0].api().all("/conversations/" + id + "/messages").stream()
                    .filter(one -> one.path("delivery").path("state").asString("").equals("sent"))
                    .count(),
            sent -> sent == ANSWERS);
    assertThat(
            Arrays.stream(relay.getReceivedMessages())
                .map(mail -> {
                  try {
                    return mail.getMessageID();
                  } catch (jakarta.mail.MessagingException e) {
                    throw new IllegalStateException(e);
                  }
                }))
        .as("what the relay was given")
        .hasSize(ANSWERS)
        .doesNotHaveDuplicates();
  }

  private static void goOnWithout(PackagedShopbell killed, PackagedShopbell... left)
      throws InterruptedException {
    Senders senders = new Senders(MAILS, MAILS, killed, left[0], left[1]);
    senders.awaitAQuarter();
    killed.kill();
    // Whatever the dead node had in its hands is another's within seconds: mail, log and index.
    take(left[0], "afterwards@client.example");
    await()
        .atMost(SECONDS)
        .until(() -> !conversationsOf(left[1], "afterwards@client.example").isEmpty());
    senders.awaitEnd();
    assertThat(senders.acknowledged()).as("what one does not take another does").isEqualTo(MAILS);
    senders.assertEachOnce(left[1].api());
    await()
        .atMost(SECONDS)
        .until(
            () -> left[0].api().all("/conversations?q=%22the+matter%22").size(),
            found -> found == 2 * MAILS);
  }

  /** The next version expands a table; what it no longer needs goes with the one after it. */
  private Path withOneMoreMigration() throws IOException {
    Path jar = Files.copy(JAR, temp.resolve("next.jar"));
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      Files.writeString(
          inside.getPath("BOOT-INF/classes/db/migration/V999__conversations.sql"),
          """
          alter table conversation add column weight integer not null default 1;
          create table weighing (conversation_id bigint primary key references conversation (id), grams integer);
          """);
    }
    return jar;
  }
}
