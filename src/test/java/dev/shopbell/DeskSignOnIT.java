package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** An owner sets up an identity provider and signs in by it, by keyboard. */
class DeskSignOnIT {
  private final RunningShopbell shopbell = RunningShopbell.shared();

  private static void press(Locator target) {
    target.focus();
    target.press("Enter");
  }

  private static void atTheProvider(Desk desk) {
    Locator link =
        desk.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Go on as Ada"));
    assertThat(link).isVisible();
    press(link);
  }

  private static Locator offered(Desk desk) {
    return desk.button("Sign in with Club");
  }

  @Test
  void anOwnerSetsUpAProviderAndSignsInByIt() {
    try (OpenIdServer provider = OpenIdServer.start().askingFirst();
        Desk desk = Desk.byName(shopbell).signedIn()) {
      provider.signedIn("ada at the club", RunningShopbell.OWNER);
      desk.go("/settings/installation");
      press(desk.button("Set up a provider"));
      assertThat(desk.text("/api/v1/session/callback")).isVisible();
      desk.isAccessible("setting up a provider");
      desk.field("Name on the button").fill("Club");
      desk.field("Issuer").fill(provider.issuer() + "/nothing");
      desk.field("Client id").fill(OpenIdServer.CLIENT);
      desk.page().getByLabel("Client secret", exactly()).fill(OpenIdServer.SECRET);
      desk.press("Enter");
      assertThat(desk.text("answers 404")).isVisible();
      desk.field("Issuer").fill(provider.issuer());
      desk.press("Enter");
      assertThat(desk.button("Change Club")).isVisible();
      desk.isAccessible("a provider");

      desk.command("Sign out");
      assertThat(offered(desk)).isVisible();
      desk.isAccessible("signing in with a provider");
      provider.refusing("access_denied");
      press(offered(desk));
      atTheProvider(desk);
      assertThat(desk.text("Club did not let you in")).isVisible();
      desk.isAccessible("a provider said no");

      provider.behave();
      press(offered(desk));
      atTheProvider(desk);
      assertThat(desk.heading("Open")).isVisible();

      desk.go("/settings/security");
      press(desk.button("Unlink Club"));
      assertThat(desk.text("lets nobody in here any more")).isVisible();
      assertThat(desk.page().locator("button:focus")).hasText("Unlink Club");
      desk.press("Enter");
      assertThat(desk.button("Link Club")).isVisible();
      press(desk.button("Link Club"));
      assertThat(desk.text("You sign in at Club once")).isVisible();
      desk.isAccessible("accounts elsewhere");
      desk.press("Enter");
      atTheProvider(desk);
      assertThat(desk.text("Your account at Club is linked")).isVisible();
      desk.isAt("/settings/security");
      assertThat(desk.complaints()).isEmpty();
    } finally {
      Api owner = shopbell.api();
      owner
          .get("/identity-providers")
          .path("items")
          .forEach(one -> owner.delete("/identity-providers/" + one.path("id").asLong()));
    }
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
