package dev.shopbell.platform.status;

import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Colleague;
import dev.shopbell.RunningShopbell;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What the page of the installation's state says. */
class StatusTest {
  private static JsonNode check(RunningShopbell shopbell, String name) {
    JsonNode all = shopbell.api().get("/status").path("checks");
    return StreamSupport.stream(all.spliterator(), false)
        .filter(one -> one.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysOfEveryPartThatItIsWell() {
    RunningShopbell shopbell = RunningShopbell.shared();
    List<String> parts =
        StreamSupport.stream(shopbell.api().get("/status").path("checks").spliterator(), false)
            .map(one -> one.path("name").asString())
            .toList();
    assertThat(parts)
        .contains(
            "answers",
            "clock",
            "disk",
            "files",
            "log-readers",
            "mail-in",
            "mail-out",
            "mailboxes",
            "pool",
            "tasks",
            "transactions",
            "vacuum",
            "webhooks");
    JsonNode clock = check(shopbell, "clock");
    assertThat(clock.path("state").asString()).isEqualTo("well");
    assertThat(clock.path("advice").isNull()).isTrue();
  }

  @Test
  void saysWhatIsWrongAndWhatToDoAndHasItInTheMetrics() {
    RunningShopbell shopbell = RunningShopbell.start(Map.of("shopbell.relay-url", ""));
    try (shopbell) {
      JsonNode mail = check(shopbell, "mail-out");
      assertThat(mail.path("state").asString()).isEqualTo("soon");
      assertThat(mail.path("advice").asString()).contains("SHOPBELL_RELAY_URL");

      JdbcClient jdbc = shopbell.bean(JdbcClient.class);
      String consumer =
          jdbc.sql("select name from consumer order by name limit 1").query(String.class).single();
      jdbc.sql(
              "insert into parked_fact (consumer, xid, id, error, parked_at) values (?, '1', 1, 'broken', now())")
          .param(consumer)
          .update();
      soon("the fact that was set aside")
          .until(
              () -> check(shopbell, "log-readers"),
              one -> one.path("state").asString().equals("soon"));
      assertThat(check(shopbell, "log-readers").path("values").path("parked").asInt()).isOne();
      assertThat(shopbell.api().get("/status").path("state").asString()).isEqualTo("soon");
    }
  }

  @Test
  void isForThoseWhoLookAfterTheInstallationAlone() {
    RunningShopbell shopbell = RunningShopbell.shared();
    assertThat(Colleague.joins(shopbell, "agent").send("GET", "/status", null, Map.of()).status())
        .isEqualTo(403);
  }
}
