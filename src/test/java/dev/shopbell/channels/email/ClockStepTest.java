package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import dev.shopbell.SteppedClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The machine's clock is set forwards by an hour while the program runs, and back again. */
@ResourceLock(ShopbellWithClock.ALONE)
class ClockStepTest {
  private final RunningShopbell shopbell = ShopbellWithClock.SHOPBELL;
  private final Inbox inbox = new Inbox(shopbell);

  private long newest(String customer) {
    return inbox.of(customer).getLast().path("id").asLong();
  }

  private static long taken(String customer) {
    return ShopbellWithClock.RELAY.taken().stream().filter(mail -> mail.contains(customer)).count();
  }

  @Test
  void anHourForwardsAndBackLosesNothing() {
    Browser agent = Colleague.member(shopbell, Map.of("role", "agent")).browser();
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    long asleep = inbox.begin(address("bert"), "Blue teapot");
    String due =
        shopbell.bean(SteppedClock.class).instant().plus(Duration.ofMinutes(30)).toString();
    shopbell
        .api()
        .put(
            "/conversations/" + asleep + "/status",
            Map.of("status", "snoozed", "snoozedUntil", due));
    long later = inbox.reply(id, "In half an hour", "sendAt", due).path("id").asLong();

    ShopbellWithClock.step(Duration.ofHours(1));
    soon("what was due has happened").until(() -> inbox.status(asleep).equals("open"));
    inbox.awaitDelivery(id, later, "sent");
    assertThat(taken(anna)).isEqualTo(1);
    assertThat(agent.get("/session").status()).isEqualTo(200);
    String ahead = word();
    inbox.take(Mail.plain(anna, SHOP, "Re: Green teapot", "An hour ahead " + ahead));

    ShopbellWithClock.step(Duration.ofHours(-1));
    assertThat(agent.get("/session").status()).isEqualTo(200);
    long answered = newest(anna);
    long message = inbox.reply(answered, "Thank you").path("id").asLong();
    inbox.awaitDelivery(answered, message, "sent");
    assertThat(taken(anna)).isEqualTo(2);
    String back = word();
    inbox.begin(address("carl"), "Red teapot " + back);
    for (String sought : List.of(ahead, back)) {
      soon("found")
          .until(() -> shopbell.api().get("/conversations?q=" + sought).path("items").size() == 1);
    }
  }
}
