package dev.shopbell;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of mail and answers while the program cannot reach its database. */
class DatabaseOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Cable cable;
  private RunningShopbell shopbell;

  private void start(Map<String, String> settings) {
    String database = RunningShopbell.emptyDatabase();
    int port = URI.create(database.replace("jdbc:", "")).getPort();
    cable = new Cable(port);
    Map<String, String> all = new java.util.HashMap<>(settings);
    all.put("shopbell.database-url", database.replace(":" + port, ":" + cable.port()));
    shopbell = RunningShopbell.start(all);
  }

  @AfterEach
  void stop() {
    shopbell.close();
    cable.close();
  }

  private static Mail mail(String from) {
    return Mail.plain(from, SHOP, "A teapot", "Where is it?");
  }

  private boolean isTaken(Mail mail) {
    return mail.send(shopbell.smtpPort()).code() == 250;
  }

  @Test
  void mailAndAnswersGoOnOnceConnectionsThatWereCutAreMadeAnew() {
    start(Map.of());
    Inbox inbox = new Inbox(shopbell);
    List<String> senders = new ArrayList<>();
    long asked = inbox.begin(address("first"), "A first matter");
    for (int cuts = 0; cuts < 5; cuts++) {
      cable.cut();
      String from = address("after-cut");
      Mail mail = mail(from);
      // refused or cut off: whoever sends comes again, with the same mail
      await().atMost(PATIENCE).ignoreExceptions().until(() -> isTaken(mail));
      senders.add(from);
    }
    inbox.settle();
    senders.forEach(inbox::only);
    assertThat(inbox.answer(asked, "It is on its way.")).isNotNull();
  }

  @Test
  void whoAsksWhileTheNetworkIsSilentIsToldSoAndAllGoesOnAfterwards() {
    start(
        Map.of(
            "spring.datasource.hikari.connection-timeout",
            "500",
            "spring.datasource.hikari.validation-timeout",
            "300",
            "spring.datasource.hikari.data-source-properties.socketTimeout",
            "1"));
    Inbox inbox = new Inbox(shopbell);
    long asked = inbox.begin(address("patient"), "A first matter");
    cable.silence();
    try {
      await()
          .atMost(PATIENCE)
          .until(
              () -> shopbell.api().send("GET", "/conversations", null, Map.of()).status() == 503);
      assertThat(mail(address("unlucky")).send(shopbell.smtpPort()).code()).isEqualTo(451);
    } finally {
      cable.mend();
    }
    String from = address("afterwards");
    Mail mail = mail(from);
    await().atMost(PATIENCE).ignoreExceptions().until(() -> isTaken(mail));
    inbox.settle();
    inbox.only(from);
    assertThat(inbox.answer(asked, "It is on its way.")).isNotNull();
  }
}
