package dev.shopbell;

import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The machine's clock is set forwards by an hour while the program runs, and back again. */
class ClockStepTest {
  @Test
  void anHourForwardsAndBackLosesNothing() {
    try (RunningShopbell shopbell = RunningShopbell.start(Map.of(), SteppedClock.class)) {
      Inbox inbox = new Inbox(shopbell);
      SteppedClock clock = shopbell.bean(SteppedClock.class);
      Browser agent = Colleague.member(shopbell, Map.of("role", "agent")).browser();
      String anna = address("anna");
      long id = inbox.begin(anna, "Green teapot");
      long asleep = inbox.begin(address("bert"), "Blue teapot");
      String soon = Instant.now().plus(Duration.ofMinutes(30)).toString();
      shopbell
          .api()
          .put(
              "/conversations/" + asleep + "/status",
              Map.of("status", "snoozed", "snoozedUntil", soon));
      long later = inbox.reply(id, "In half an hour", "sendAt", soon).path("id").asLong();

      clock.step(Duration.ofHours(1));
      soon("what was due has happened").until(() -> inbox.status(asleep).equals("open"));
      inbox.awaitDelivery(id, later, "sent");
      assertThat(inbox.sentTo(anna)).hasSize(1);
      assertThat(agent.get("/session").status()).isEqualTo(200);
      String word = Inbox.word();
      inbox.take(Mail.plain(anna, Inbox.SHOP, "Re: Green teapot", "An hour ahead " + word));

      clock.step(Duration.ofHours(-1));
      assertThat(agent.get("/session").status()).isEqualTo(200);
      long message =
          inbox
              .reply(inbox.of(anna).getLast().path("id").asLong(), "Thank you")
              .path("id")
              .asLong();
      inbox.awaitDelivery(inbox.of(anna).getLast().path("id").asLong(), message, "sent");
      assertThat(inbox.sentTo(anna)).hasSize(2);
      String next = Inbox.word();
      inbox.begin(address("carl"), "Red teapot " + next);
      for (String sought : new String[] {word, next}) {
        soon("found")
            .until(
                () -> shopbell.api().get("/conversations?q=" + sought).path("items").size() == 1);
      }
      String notes = "/conversations/" + id + "/notes";
      assertThat(agent.send("POST", notes, Map.of("text", "Back again"), true).status())
          .isEqualTo(201);
    }
  }
}
