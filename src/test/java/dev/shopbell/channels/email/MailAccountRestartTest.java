package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shopbell.RunningShopbell;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A mailbox is taken in whole and once, whatever happens meanwhile. */
class MailAccountRestartTest {
  private static final int MAILS = 400;

  @Test
  void nothingIsLostOrDoubledByInterruptionsOrNewNumbers() {
    try (ScriptedImap imap = new ScriptedImap();
        RunningShopbell shopbell =
            RunningShopbell.start(Map.of("shopbell.allow-internal-hosts", "127.0.0.1"))) {
      imap.folder("Archive", "\\HasNoChildren").folder("Trash", "\\Trash");
      Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(20, ChronoUnit.DAYS);
      List<String> wanted = new ArrayList<>();
      for (int i = 0; i < MAILS; i++) {
        String subject = "Matter " + i;
        wanted.add(subject);
        imap.put("INBOX", mail(i, subject), start.plusSeconds(i * 60L), false);
        if (i % 10 == 0) {
          imap.put("Archive", mail(i, subject), start.plusSeconds(i * 60L), false);
        }
      }
      // The same Message-ID as the first, but another mail; and a large one.
      imap.put(
          "INBOX", mail(0, "Another").replace("Body", "Else"), start.plusSeconds(90_000), false);
      imap.put(
          "INBOX",
          mail(MAILS, "Large").replace("Body", "Body ".repeat(200_000)),
          start.plusSeconds(90_060),
          false);
      imap.put("INBOX", mail(9_999, "Too old"), start.minus(30, ChronoUnit.DAYS), false);
      imap.put("Trash", mail(9_998, "Thrown away"), start, false);
      wanted.add("Another");
      wanted.add("Large");

      imap.breakAfter(30);
      long id = connect(shopbell, imap);
      for (int interruption = 1; interruption <= 3; interruption++) {
        int enough = MAILS * interruption / 5;
        await().atMost(Duration.ofSeconds(40)).until(() -> imported(shopbell, id) >= enough);
        imap.breakAfter(10);
        shopbell.restart();
      }
      awaitLive(shopbell, id);
      assertThat(subjects(shopbell)).containsExactlyInAnyOrderElementsOf(wanted);

      imap.renumber("INBOX");
      imap.put("INBOX", mail(7_777, "After the reset"), Instant.now(), false);
      wanted.add("After the reset");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              imap.commands().stream().anyMatch("IDLE"::equals)
                  && subjects(shopbell).contains("After the reset"));
      awaitLive(shopbell, id);
      assertThat(subjects(shopbell)).containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(account(shopbell, id).path("leftOnServer").asInt()).isZero();
      assertThat(imap.commands()).noneMatch(command -> command.startsWith("SELECT"));
    }
  }

  /** Every seventh has no Message-ID. */
  private static String mail(int number, String subject) {
    return "From: Anna <anna%d@client.example>\r\nTo: care@shop.example\r\nSubject: %s\r\n%s\r\nBody %d\r\n"
        .formatted(
            number,
            subject,
            number % 7 == 3 ? "" : "Message-ID: <m" + number + "@client.example>\r\n",
            number);
  }

  private static long connect(RunningShopbell shopbell, ScriptedImap imap) {
    long brand = shopbell.api().get("/brands").path("items").get(0).path("id").asLong();
    return shopbell
        .api()
        .post(
            "/mail-accounts",
            Map.of(
                "brandId",
                brand,
                "address",
                "care@shop.example",
                "imap",
                Map.of("host", "127.0.0.1", "port", imap.port(), "security", "none"),
                "auth",
                "password",
                "password",
                "secret",
                "folders",
                List.of("Archive"),
                "importDays",
                30))
        .path("id")
        .asLong();
  }

  private static void awaitLive(RunningShopbell shopbell, long id) {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() ->
            account(shopbell, id).path("state").asString().equals("live")
                && shopbell.api().get("/installation").path("mail").path("oldestWaiting").isNull());
  }

  private static JsonNode account(RunningShopbell shopbell, long id) {
    return shopbell
        .api()
        .get("/mail-accounts")
        .path("items")
        .valueStream()
        .filter(one -> one.path("id").asLong() == id)
        .findFirst()
        .orElseThrow();
  }

  private static int imported(RunningShopbell shopbell, long id) {
    return account(shopbell, id).path("imported").asInt();
  }

  private static List<String> subjects(RunningShopbell shopbell) {
    return shopbell.api().all("/conversations").stream()
        .flatMap(row ->
            java.util.Collections.nCopies(
                row.path("messageCount").asInt(), row.path("subject").asString())
                .stream())
        .toList();
  }
}
