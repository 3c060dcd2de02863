package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An owner has another program told what happens, by keyboard alone, and sees what came of it. */
class DeskWebhooksIT {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api owner = shopbell.api();

  @BeforeAll
  static void patience() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  @AfterEach
  void stop() {
    owner.all("/webhooks").forEach(each -> owner.delete("/webhooks/" + each.path("id").asLong()));
  }

  @Test
  void aWebhookIsAddedTriedWatchedAndTakenAway() throws Exception {
    Inbox inbox = new Inbox(shopbell);
    long conversation = inbox.begin(Inbox.address("anna"), "Teapot");
    String[] status = {"204 No Content"};
    try (ScriptedWeb receiver =
            ScriptedWeb.of((request, out) -> out.write(ScriptedWeb.answer(status[0], "")));
        Desk desk = Desk.of(shopbell).signedIn().inbox()) {
      desk.command("Settings: Webhooks");
      assertThat(desk.heading("No webhooks yet")).isVisible();
      desk.isAccessible("no webhooks");
      desk.command("New webhook");
      assertThat(desk.field("Address")).isFocused();
      desk.type("http://127.0.0.2/hook").press("Enter");
      assertThat(desk.page().getByText("inside of this network").first()).isVisible();
      desk.field("Address").fill(receiver.url("/hook"));
      desk.press("Tab").type("Warehouse").press("Tab", "ArrowDown");
      assertThat(desk.page().getByLabel("Note added")).isVisible();
      desk.isAccessible("choosing events");
      desk.page().getByLabel("Note added").focus();
      desk.press("Space");
      desk.field("Address").focus();
      desk.press("Enter");
      assertThat(desk.text("whsec_")).isVisible();
      assertThat(desk.text("Nothing was sent yet.")).isVisible();
      desk.button("Send a test").focus();
      desk.press("Enter");
      assertThat(desk.text("It took the test event")).isVisible();
      owner.post("/conversations/" + conversation + "/notes", Map.of("text", "Look at this"));
      assertThat(desk.text("Delivered")).isVisible();
      desk.isAccessible("deliveries");

      status[0] = "410 Gone";
      owner.post("/conversations/" + conversation + "/notes", Map.of("text", "And at that"));
      assertThat(desk.text("Disabled: it does not want to be told")).isVisible();
      desk.inbox();
      assertThat(desk.text("The webhook to 127.0.0.1:" + receiver.port() + " was disabled."))
          .isVisible();
      desk.isAccessible("disabled webhook");
      status[0] = "204 No Content";
      desk.go("/settings/webhooks");
      desk.button("Show Warehouse").focus();
      desk.press("Enter");
      desk.button("Resume").focus();
      desk.press("Enter");
      assertThat(desk.text("Works")).isVisible();
      desk.button("Remove").focus();
      desk.press("Enter");
      assertThat(desk.heading("No webhooks yet")).isVisible();
    }
  }
}
