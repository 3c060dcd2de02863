package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A mention finds its agent, by keyboard alone; and the desk stands without a network. */
class DeskNotificationsIT {
  private static final RunningShopbell SHOPBELL = RunningShopbell.shared();

  @BeforeAll
  static void patience() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  private static void mention(long conversation, long agent, String words) {
    SHOPBELL
        .api()
        .post(
            "/conversations/" + conversation + "/notes",
            Map.of(
                "html",
                "<p><span data-mention=\"" + agent + "\">@Colleague</span> " + words + "</p>"));
  }

  @Test
  void aMentionFindsAnAgent() {
    Inbox inbox = new Inbox(SHOPBELL);
    long conversation = inbox.begin(Inbox.address("anna"), "Teapot with a crack");
    var me = Colleague.joins(SHOPBELL, "agent").get("/session").path("agent");
    long bea = me.path("id").asLong();
    try (Desk desk =
        Desk.of(SHOPBELL).signedIn(me.path("email").asString(), RunningShopbell.PASSWORD).inbox()) {
      assertThat(desk.page()).hasTitle("Shopbell");
      desk.press("b");
      assertThat(desk.text("Nothing new for you")).isVisible();
      desk.isAccessible("no notifications");
      desk.press("b");

      mention(conversation, bea, "what do we say?");
      assertThat(desk.page()).hasTitle("(1) Shopbell");
      assertThat(desk.button("Notifications, 1 unread")).isVisible();
      mention(conversation, bea, "they wait");
      desk.press("b");
      Locator line = desk.page().locator("[data-line]").first();
      assertThat(line).isFocused();
      assertThat(line).containsText("mentioned you and 1 more");
      assertThat(line).containsText("Teapot with a crack");
      desk.isAccessible("notifications");
      line.press("m");
      assertThat(desk.page()).hasTitle("Shopbell");
      line.press("m");
      assertThat(desk.page()).hasTitle("(1) Shopbell");

      desk.press("Enter").isAt("/inbox/all/" + conversation);
      assertThat(desk.page().locator("[data-me]").first()).hasText("@Colleague");
      assertThat(desk.page()).hasTitle("Shopbell");
      desk.isAccessible("a mention");
      mention(conversation, bea, "and this you have before you");
      assertThat(desk.text("and this you have before you")).isVisible();
      assertThat(desk.page()).hasTitle("Shopbell");

      desk.press("w");
      assertThat(desk.text("You no longer follow it")).isVisible();
      desk.press("z");
      assertThat(desk.text("You follow this conversation")).isVisible();
      desk.command("Go to Following").isAt("/inbox/following");
      assertThat(desk.row("Teapot with a crack")).isVisible();

      desk.go("/settings/notifications");
      Locator mail = desk.page().getByLabel("A colleague mentions me: Mail");
      assertThat(mail).isChecked();
      mail.focus();
      desk.press("Space");
      assertThat(mail).not().isChecked();
      desk.page().getByLabel("Quiet hours").focus();
      desk.press("Space");
      assertThat(desk.page().getByLabel("Time zone").first()).isVisible();
      desk.isAccessible("notification settings");
      desk.go("/settings/notifications");
      assertThat(mail).not().isChecked();
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void theDeskStandsWithoutANetwork() {
    try (Desk desk = Desk.of(SHOPBELL).signedIn().inbox()) {
      desk.page()
          .evaluate(
              """
              async () => {
                await navigator.serviceWorker.register('/sw.js');
                await navigator.serviceWorker.ready;
              }
              """);
      desk.page()
          .waitForFunction(
              "() => caches.open('shopbell-desk').then((c) => c.match('/assets.json')).then(Boolean)");
      Object kept =
          desk.page()
              .evaluate(
                  """
                  () => caches.open('shopbell-desk').then((c) => c.keys())
                    .then((all) => all.filter((one) => new URL(one.url).pathname.startsWith('/api/')).length)
                  """);
      assertThat(((Number) kept).intValue()).isZero();
      desk.page().context().setOffline(true);
      desk.go("/inbox/mine");
      assertThat(desk.text("Shopbell cannot be reached right now.")).isVisible();
      desk.page().context().setOffline(false);
      desk.inbox();
    }
  }
}
