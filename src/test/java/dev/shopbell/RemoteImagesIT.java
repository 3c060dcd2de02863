package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.shopbell.ScriptedWeb.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pictures from elsewhere, as an agent meets them. */
class RemoteImagesIT {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  private long take(String from, ScriptedWeb web) {
    String html =
        """
        <table width="600"><tr><td>Look at these teapots.</td></tr></table>
        <img src="%s" alt="Green teapot"> <img src="%s" alt="Blue teapot">
        <img src="%s" width="1" height="1">
        """
            .formatted(web.url("/green.png"), web.url("/blue.png"), web.url("/who?" + from));
    inbox.take(Mail.html(from, Inbox.SHOP, "Teapots " + Inbox.word(), html));
    return inbox.of(from).getLast().path("id").asLong();
  }

  private static Locator picture(FrameLocator mail, String name) {
    return mail.locator("img[alt='" + name + "']");
  }

  private static void isSeen(Locator picture) {
    assertThat(picture).hasJSProperty("naturalWidth", 40);
  }

  private static void isNotSeen(Locator picture) {
    assertThat(picture).hasJSProperty("naturalWidth", 0);
  }

  @Test
  void areShownWhenAskedAndAlwaysFromWhomTheAgentTrusts() throws Exception {
    byte[] picture = answer("200 OK", "", Pictures.png(40, 30));
    try (ScriptedWeb web =
            ScriptedWeb.of((request, out) ->
                out.write(
                    request.startsWith("GET /green.png") ? picture : answer("410 Gone", "")));
        Desk desk = Desk.of(shopbell).signedIn().inbox()) {
      String domain = Inbox.word() + ".example";
      long id = take("anna@" + domain, web);
      desk.open(id);
      FrameLocator mail = desk.page().frameLocator("iframe.mail-frame");
      Locator green = picture(mail, "Green teapot");
      assertThat(desk.text("2 pictures from elsewhere not shown")).isVisible();
      assertThat(desk.text("1 picture that only reports who reads this left out")).isVisible();
      isNotSeen(green);
      desk.isAccessible("pictures not shown");
      assertThat(web.asked()).isEmpty();

      desk.button("Show once").focus();
      desk.press("Enter");
      isSeen(green);
      assertThat(mail.getByText("“Blue teapot”: picture not shown. It is no longer there."))
          .isVisible();
      assertThat(desk.button("Hide the pictures")).isFocused();
      desk.isAccessible("pictures shown");
      desk.press("Enter");
      isNotSeen(green);

      desk.button("Always from…").focus();
      desk.press("Enter");
      assertThat(desk.page().getByText("Everybody at " + domain)).isVisible();
      assertThat(desk.page().getByRole(AriaRole.MENUITEM).first()).isFocused();
      desk.press("ArrowDown", "Enter");
      assertThat(desk.text("since you trust the sender")).isVisible();
      isSeen(green);

      long next = take("bert@" + domain, web);
      desk.open(next);
      isSeen(picture(desk.page().frameLocator("iframe.mail-frame"), "Green teapot"));

      desk.go("/settings/pictures");
      assertThat(desk.text("Everybody at " + domain)).isVisible();
      desk.button("Remove " + domain).click();
      assertThat(desk.page().getByText("Everybody at " + domain)).hasCount(0);
      desk.open(next);
      assertThat(desk.text("2 pictures from elsewhere not shown")).isVisible();

      assertThat(web.asked())
          .hasSize(2)
          .allMatch(request -> request.contains("User-Agent: Shopbell\r\n"));
      assertThat(desk.calledOut()).isEmpty();
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
