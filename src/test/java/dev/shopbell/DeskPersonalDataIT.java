package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A customer's data is given out and erased at the desk, by keyboard alone. */
class DeskPersonalDataIT {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  private static void look(Desk desk, String name) {
    String folder = System.getProperty("screenshots");
    if (folder != null) {
      for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
        desk.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        desk.page()
            .screenshot(
                new Page.ScreenshotOptions()
                    .setPath(Path.of(folder, name + "-" + scheme + ".png")));
      }
    }
  }

  @Test
  void customerIsErasedOnceTheirAddressIsTyped() {
    String anna = Inbox.address("anna");
    String subject = "Dented teapot " + Inbox.word();
    long id = inbox.begin(anna, subject);
    long customer = inbox.conversation(id).path("customer").path("id").asLong();
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      Locator export =
          desk.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Export data"));
      assertThat(desk.row(subject)).isVisible();
      assertThat(export).hasAttribute("href", "/api/v1/customers/" + customer + "/export");
      export.scrollIntoViewIfNeeded();
      look(desk, "personal-data");
      desk.command("Erase this customer");
      assertThat(desk.page().getByLabel("Type " + anna)).isFocused();
      assertThat(desk.button("Erase for good")).isDisabled();
      look(desk, "erase-customer");
      desk.isAccessible("erasing a customer");
      desk.page().keyboard().type("somebody else");
      desk.press("Enter");
      assertThat(desk.page().getByRole(AriaRole.DIALOG)).isVisible();
      desk.press("Control+a");
      desk.page().keyboard().type(anna);
      look(desk, "erase-customer-typed");
      desk.press("Enter");
      assertThat(desk.text("The customer is being erased")).isVisible();
      Inbox.soon("erased")
          .until(() ->
              shopbell.api().send("GET", "/conversations/" + id, null, Map.of()).status() == 404);
      assertThat(desk.row(subject)).hasCount(0);
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
