package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.shopbell.commerce.DemoTill;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Orders beside the conversation, put right from the keyboard. */
class DeskOrdersIT {
  @Test
  void whoAsksForAParcelIsSeenWithTheOrderAndGetsMoneyBackByKeyboard() {
    RunningShopbell shopbell = RunningShopbell.shared();
    Inbox inbox = new Inbox(shopbell);
    DemoTill till = new DemoTill(shopbell);
    String anna = Inbox.address("anna");
    Instant now = Instant.now();
    till.place(DemoTill.Sample.delivered(anna, now.minus(40, ChronoUnit.DAYS)));
    var asked = DemoTill.Sample.delivered(anna, now.minus(3, ChronoUnit.DAYS));
    long order = till.place(asked);
    till.place(DemoTill.Sample.order(anna));
    long id = inbox.begin(anna, "Chipped: " + asked.number());
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      Locator cards = desk.page().locator("[data-about]");
      assertThat(cards).hasCount(1);
      assertThat(cards).containsText(asked.number());
      desk.isAccessible("orders beside a conversation");

      desk.press("$");
      Locator dialog = desk.page().getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText("Visa •••• 4242");
      assertThat(dialog).containsText("Delivered");
      desk.isAccessible("an order");
      desk.press("Escape");
      assertThat(dialog).hasCount(0);

      desk.command("Refund… (order " + asked.number());
      Locator form = dialog.getByRole(AriaRole.FORM);
      Locator amount = form.getByLabel("Amount in EUR");
      assertThat(amount).isFocused();
      assertThat(amount).hasValue("45.00");
      amount.fill("46");
      assertThat(form.getByRole(AriaRole.STATUS))
          .containsText("45.00 EUR can be given back at most");
      amount.fill("12,50");
      assertThat(form.getByRole(AriaRole.STATUS)).containsText("€12.50 goes to the customer.");
      desk.isAccessible("money that is to be given back");
      desk.press("Enter");
      assertThat(dialog).containsText("Refund · €12.50 · done");
      assertThat(desk.complaints()).isEmpty();
    }
    assertThat(shopbell.api().get("/orders/" + order).path("row").path("refunded").asLong())
        .isEqualTo(1_250);
  }
}
