package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.shopbell.staff.FirstOwner;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From nothing to the first answered mail, and what is set up after that. */
class DeskSetUpIT {
  private static RunningShopbell demo;

  @BeforeAll
  static void start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
    demo = RunningShopbell.start(Map.of("shopbell.demo", "true"));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void anOwnerIsLedFromNothingToTheFirstAnsweredMail() {
    Map<String, String> nobody =
        Map.of("shopbell.owner-email", "", "shopbell.owner-password", "", "shopbell.api-token", "");
    try (RunningShopbell shopbell = RunningShopbell.start(nobody);
        Desk desk = Desk.of(shopbell).sendingAtOnce()) {
      desk.go(path(shopbell.bean(FirstOwner.class).setupLink().orElseThrow()));
      desk.field("Your name").fill("Ada Owner");
      desk.field("Email").fill("ada@shop.example");
      desk.field("Password").fill("three plain words");
      desk.press("Enter");
      desk.isAt("/start");

      desk.field("Name").fill("Brass & Bell");
      desk.field("Address").fill(Inbox.SHOP);
      desk.press("Enter");
      assertThat(step(desk, "Name your shop")).containsText("Done");
      Mail.plain("First Customer <first@customers.example>", Inbox.SHOP, "Hello?", "Anybody here?")
          .send(shopbell.smtpPort());
      assertThat(step(desk, "Receive a mail")).containsText("Done");
      assertThat(step(desk, "Set up sending")).containsText("Done");

      desk.page()
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open the inbox"))
          .click();
      assertThat(desk.row("Hello?")).isVisible();
      desk.press("j");
      assertThat(desk.message("Anybody here?")).isVisible();
      desk.write("r", "Yes, we are.").press("Control+Enter");
      Inbox.soon("the answer at the relay")
          .until(() -> shopbell.relay().getReceivedMessages().length == 1);
      assertThat(Inbox.header(shopbell.relay().getReceivedMessages()[0], "From"))
          .contains("Brass & Bell", Inbox.SHOP);

      desk.command("Go to Getting started");
      assertThat(step(desk, "Answer it")).containsText("Done");
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void anInvitedAgentJoins() {
    try (Desk owner = Desk.of(demo).signedIn().go("/settings/people");
        Desk invited = Desk.of(demo)) {
      owner.button("Invite").click();
      owner.field("Name").fill("Noor Haddad");
      owner.field("Email").fill("noor@shop.example");
      owner.press("Enter");
      Locator link = owner.page().getByRole(AriaRole.STATUS).locator("code");
      assertThat(link).containsText("/join/");
      assertThat(
              owner
                  .page()
                  .getByRole(AriaRole.LISTITEM)
                  .filter(new Locator.FilterOptions().setHasText("Noor Haddad")))
          .containsText("has not joined yet");

      invited.go(path(link.innerText()));
      invited.field("Password").fill("another set of words");
      invited.press("Enter");
      assertThat(invited.heading("Open")).isVisible();
      invited.go("/settings/profile");
      assertThat(invited.heading("Profile")).isVisible();
      // An agent has no business there.
      assertThat(
              invited
                  .page()
                  .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Brands")))
          .hasCount(0);

      assertThat(
              owner
                  .page()
                  .getByRole(AriaRole.LISTITEM)
                  .filter(new Locator.FilterOptions().setHasText("Noor Haddad")))
          .not()
          .containsText("has not joined yet");
    }
  }

  @Test
  void aBrandIsChangedAndItsFieldsCleared() {
    try (Desk desk = Desk.of(demo).signedIn().go("/settings/brands")) {
      desk.field("From name").fill("Somebody");
      desk.button("Save").click();
      assertThat(desk.text("Saved")).isVisible();
      assertThat(brand().path("fromName").asString()).isEqualTo("Somebody");

      desk.field("From name").fill("");
      desk.button("Save").click();
      Inbox.soon("cleared").until(() -> brand().path("fromName").isNull());

      desk.go("/settings/mailboxes");
      desk.field("Another address").fill("parcels@shop.example");
      desk.press("Enter");
      Locator mailbox = desk.button("Remove parcels@shop.example");
      assertThat(mailbox).isVisible();
      mailbox.click();
      assertThat(mailbox).hasCount(0);
    }
  }

  @Test
  void anAgentShowsAFaceAndSignsForTheBrand() {
    try (Desk desk = Desk.of(demo).signedIn().go("/settings/profile")) {
      desk.page().getByLabel("Picture").setInputFiles(picture());
      assertThat(desk.page().locator("form img[src^='/faces/']").first()).isVisible();
      desk.field("Name for customers").fill("Mia from Brinewell");
      desk.press("Enter");
      Locator signature =
          desk.page()
              .locator("section")
              .filter(new Locator.FilterOptions().setHasText("Your lines"));
      assertThat(signature).containsText("Mia from Brinewell");
      desk.field("Your lines").fill("Back on Monday");
      desk.button("Save the lines").click();
      assertThat(signature.locator("strong")).hasText("Mia from Brinewell");
      assertThat(signature).containsText("Back on Monday");

      desk.go("/settings/brands");
      Locator editor = desk.field("Signature of Brinewell");
      editor.press("ControlOrMeta+a");
      desk.type("Yours, ");
      desk.button("Name").click();
      Locator preview = desk.page().getByLabel("As a customer sees it, written by you");
      assertThat(preview).containsText("Yours, Mia from Brinewell");
      assertThat(preview.locator("img")).isVisible();
      desk.button("Save the signature").click();
      assertThat(desk.button("Use the standard one")).isVisible();
      desk.open(conversation()).press("r");
      assertThat(desk.text("Signed: Yours, Mia from Brinewell")).isVisible();
      desk.isAccessible("reply with a signature");
      assertThat(desk.complaints()).isEmpty();
    }
  }

  private static long conversation() {
    return demo.api().get("/conversations?limit=1").path("items").get(0).path("id").asLong();
  }

  private static FilePayload picture() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
      return new FilePayload("me.png", "image/png", bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTokenIsShownOnceAndWorksUntilItIsRemoved() {
    try (Desk desk = Desk.of(demo).signedIn().go("/settings/tokens")) {
      desk.button("New token").click();
      desk.field("Name").fill("Stock robot");
      desk.button("Make the token").click();
      Locator secret = desk.page().getByRole(AriaRole.STATUS).locator("code");
      assertThat(secret).containsText("sb_");
      Api robot = demo.api(secret.innerText());
      assertThat(robot.get("/conversations").path("items").size()).isPositive();

      desk.page().reload();
      assertThat(desk.button("Remove Stock robot")).isVisible();
      assertThat(secret).hasCount(0);
      desk.button("Remove Stock robot").click();
      assertThat(desk.button("Remove Stock robot")).hasCount(0);
      assertThat(robot.send("GET", "/conversations", null, Map.of()).status()).isEqualTo(401);
    }
  }

  @Test
  void nameAndPasswordAreOnesOwn() {
    String email = Inbox.address("vera");
    String link =
        demo.api()
            .post("/agents", Map.of("name", "Vera", "email", email, "role", "agent"))
            .path("invitationUrl")
            .asString();
    try (Desk desk = Desk.of(demo).go(path(link))) {
      desk.field("Password").fill("her first password");
      desk.press("Enter");
      assertThat(desk.heading("Open")).isVisible();
      desk.go("/settings/profile");
      desk.field("Name").fill("Vera Novak");
      desk.field("Title").fill("Returns");
      desk.page()
          .getByLabel("Languages", new Page.GetByLabelOptions().setExact(true))
          .first()
          .focus();
      desk.type("Czech");
      assertThat(desk.page().getByRole(AriaRole.OPTION)).hasCount(1);
      desk.press("ArrowDown", "Enter");
      desk.field("Name").focus();
      desk.press("Enter");
      assertThat(desk.text("Saved")).isVisible();
      desk.go("/settings/people");
      assertThat(
              desk.page()
                  .getByRole(AriaRole.LISTITEM)
                  .filter(new Locator.FilterOptions().setHasText("Vera Novak")))
          .containsText("Czech");
      desk.go("/settings/profile");
      desk.field("Current password").fill("her first password");
      desk.field("New password").fill("her second password");
      desk.press("Enter");
      assertThat(desk.text("Password changed")).isVisible();
    }
    try (Desk again = Desk.of(demo).signedIn(email, "her second password").inbox()) {
      assertThat(again.button("Vera Novak")).isVisible();
    }
  }

  @Test
  void theDeskSpeaksTheLanguageOfTheAgent() {
    String email = Inbox.address("greta");
    String link =
        demo.api()
            .post("/agents", Map.of("name", "Greta", "email", email, "role", "agent"))
            .path("invitationUrl")
            .asString();
    try (Desk desk = Desk.of(demo).go(path(link))) {
      desk.field("Password").fill("drei einfache Worte");
      desk.press("Enter");
      assertThat(desk.heading("Open")).isVisible();
      desk.go("/settings/profile");
      desk.field("Title").fill("Kundendienst");
      desk.command("Language: Deutsch");
      assertThat(desk.heading("Profil")).isVisible();
      assertThat(desk.field("Position")).hasValue("Kundendienst");
      assertThat(desk.page().locator("html")).hasAttribute("lang", "de");
      assertThat(desk.complaints()).isEmpty();
    }
    try (Desk elsewhere = Desk.of(demo).signedIn(email, "drei einfache Worte").go("/inbox/open")) {
      assertThat(elsewhere.heading("Offen")).isVisible();
      assertThat(elsewhere.page().locator("html")).hasAttribute("lang", "de");
      assertThat(elsewhere.page().locator("a[href*='/inbox/open/']").first()).isVisible();
      elsewhere.press("j");
      assertThat(elsewhere.page().getByRole(AriaRole.ARTICLE).first()).isVisible();
      elsewhere.write("r", "Guten Tag").isAccessible("antworten");
      assertThat(elsewhere.button("Senden")).isVisible();
      elsewhere.press("Escape").command("Einstellungen: Darstellung");
      assertThat(elsewhere.heading("Darstellung")).isVisible();
      elsewhere.isAccessible("darstellung");
      elsewhere.command("Abmelden");
      assertThat(elsewhere.heading("Bei Shopbell anmelden")).isVisible();
      assertThat(elsewhere.complaints()).isEmpty();
    }
  }

  @Test
  void keysAreOnesOwn() {
    try (Desk desk = Desk.of(demo).signedIn().go("/settings/keyboard")) {
      desk.button("Resolve, or reopen: E. Change").focus();
      desk.press("Enter", "d");
      assertThat(desk.text("“Resolve, or reopen” is D now")).isVisible();
      assertThat(desk.button("Resolve, or reopen: D. Change")).isFocused();
      desk.press("Enter", "s");
      assertThat(desk.text("S is the key of “Snooze…”.")).isVisible();
      desk.isAccessible("keyboard");
      desk.button("Leave it").focus();
      desk.press("Enter");
    }
    try (Desk elsewhere = Desk.of(demo).signedIn().open(conversation())) {
      elsewhere.press("?");
      assertThat(
              elsewhere
                  .page()
                  .getByRole(AriaRole.DIALOG)
                  .locator("dl > div")
                  .filter(new Locator.FilterOptions().setHasText("Resolve"))
                  .first())
          .containsText("D");
      elsewhere.press("Escape");
      // Keys of the page beneath are off as long as a dialog stands before it.
      assertThat(elsewhere.page().getByRole(AriaRole.DIALOG)).hasCount(0);
      elsewhere.press("d");
      assertThat(elsewhere.button("Undo")).isVisible();
      elsewhere.press("z");
      elsewhere.go("/settings/keyboard");
      assertThat(elsewhere.button("Reset all")).isEnabled();
      elsewhere.button("Reset all").focus();
      elsewhere.press("Enter");
      assertThat(elsewhere.button("Resolve, or reopen: E. Change")).isVisible();
      assertThat(elsewhere.complaints()).isEmpty();
    }
  }

  @Test
  void aRestartOfTheServerIsABlink() {
    try (RunningShopbell shopbell = RunningShopbell.start(Map.of());
        Desk desk = Desk.of(shopbell).signedIn()) {
      Inbox inbox = new Inbox(shopbell);
      long id = inbox.begin("rae@customers.example", "Still there?");
      desk.open(id);
      desk.write("r", "Before, ");
      shopbell.restart();
      desk.type("and after.");
      assertThat(desk.editor()).hasText("Before, and after.");

      inbox.take(Mail.plain("new@customers.example", Inbox.SHOP, "News", "Hello again."));
      assertThat(desk.row("News")).isVisible();
      assertThat(desk.text("Not connected.")).hasCount(0);
      desk.press("Control+Enter");
      assertThat(desk.message("Before, and after.")).isVisible();
    }
  }

  @Test
  void theDemoShopGoesByOneClick() {
    try (RunningShopbell shopbell = RunningShopbell.start(Map.of("shopbell.demo", "true"));
        Desk desk = Desk.of(shopbell).signedIn().inbox()) {
      assertThat(desk.page().locator("a[href*='/inbox/open/']").first()).isVisible();
      assertThat(desk.page().getByRole(AriaRole.ARTICLE)).hasCount(0);
      desk.press("j");
      assertThat(desk.page().getByRole(AriaRole.ARTICLE).first()).isVisible();
      desk.go("/settings/installation");
      desk.button("Back up now").press("Enter");
      assertThat(desk.text("none yet")).hasCount(0);
      desk.button("Remove the demo shop").click();
      assertThat(desk.button("Remove the demo shop")).hasCount(0);
      desk.inbox();
      assertThat(desk.text("Waiting for your first mail")).isVisible();
    }
  }

  private static tools.jackson.databind.JsonNode brand() {
    return demo.api().get("/brands").path("items").get(0);
  }

  private static Locator step(Desk desk, String title) {
    return desk.page()
        .getByRole(AriaRole.LISTITEM)
        .filter(new Locator.FilterOptions().setHasText(title));
  }

  /** A link without its host, which depends on where the program believes it is. */
  private static String path(String link) {
    return java.net.URI.create(link).getPath();
  }
}
