package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roles, teams and guests at the desk, by keyboard. */
class DeskPeopleIT {
  private static RunningShopbell shopbell;

  @BeforeAll
  static void twoShops() {
    shopbell = RunningShopbell.start(Map.of());
    Api owner = shopbell.api();
    long first = owner.get("/brands").path("items").get(0).path("id").asLong();
    owner.patch("/brands/" + first, Map.of("name", "Harbour & Hook", "color", "#0e7490"));
    long second = owner.post("/brands", Map.of("name", "Attic Light")).path("id").asLong();
    owner.patch("/brands/" + second, Map.of("color", "#f59e0b"));
    owner.post("/mailboxes", Map.of("brandId", first, "address", "hello@harbour.example"));
    owner.post("/mailboxes", Map.of("brandId", second, "address", "hello@attic.example"));
    new Inbox(shopbell)
        .take(
            Mail.plain(Inbox.address("a"), "hello@harbour.example", "A rope", "It frays."),
            Mail.plain(Inbox.address("b"), "hello@attic.example", "A lamp", "It hums."));
  }

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  /** Puts the focus there, as tabbing does, and presses the key. */
  private static void press(Locator target, String key) {
    target.focus();
    target.press(key);
  }

  private static Locator box(Desk desk, AriaRole role, String name) {
    return desk.page().getByRole(role, new Page.GetByRoleOptions().setName(name)).first();
  }

  private static FilePayload logo() throws IOException {
    BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return new FilePayload("logo.png", "image/png", bytes.toByteArray());
  }

  @Test
  void aGuestOfOneBrandSeesThatBrandOnly() throws IOException {
    String link;
    try (Desk desk = Desk.of(shopbell).signedIn()) {
      desk.go("/settings/roles");
      press(desk.button("New role"), "Enter");
      desk.type("Season help");
      press(box(desk, AriaRole.CHECKBOX, "Change customers"), "Space");
      press(desk.field("What it is for"), "Enter");
      assertThat(desk.text("Season help")).isVisible();
      desk.isAccessible("roles");

      desk.go("/settings/teams");
      press(desk.button("New team"), "Enter");
      desk.type("Lamps");
      press(desk.field("Emoji"), "Enter");
      assertThat(desk.button("Change Lamps")).isVisible();
      desk.isAccessible("teams");

      desk.go("/settings/people");
      press(desk.button("Invite"), "Enter");
      desk.type("Gil Guest");
      desk.field("Email").fill("gil@guests.example");
      Locator role = desk.page().getByLabel("Role").first();
      role.focus();
      role.press("ArrowDown");
      box(desk, AriaRole.OPTION, "Guest").click();
      press(box(desk, AriaRole.CHECKBOX, "Lamps"), "Space");
      press(box(desk, AriaRole.CHECKBOX, "Attic Light"), "Space");
      press(box(desk, AriaRole.RADIO, "All"), "Space");
      desk.isAccessible("inviting");
      press(desk.button("Make an invitation link"), "Enter");
      Locator code = desk.page().getByRole(AriaRole.STATUS).locator("code");
      assertThat(code).containsText("/join/");
      link = code.innerText();
      Locator person =
          desk.page()
              .getByRole(AriaRole.LISTITEM)
              .filter(new Locator.FilterOptions().setHasText("Gil Guest"))
              .first();
      assertThat(person).containsText("expires in");
      assertThat(person).containsText("Lamps");
      desk.isAccessible("people");
      desk.go("/settings/brands");
      assertThat(desk.text("Seen by")).isVisible();
      desk.page()
          .getByLabel("Logo", new Page.GetByLabelOptions().setExact(true))
          .first()
          .setInputFiles(logo());
      assertThat(desk.text("Logo saved")).isVisible();
      assertThat(desk.text("Words in it are hard to read on white: 2.1 to 1 of 4.5.")).isVisible();
      desk.isAccessible("brands");
      desk.go("/inbox/open");
      assertThat(desk.row("A rope")).containsText("Harbour & Hook");
      assertThat(desk.row("A lamp")).containsText("Attic Light");
      assertThat(desk.row("A rope").locator("img[src^='/logos/']")).isVisible();
      desk.isAccessible("two brands");
      assertThat(desk.complaints()).isEmpty();
    }
    try (Desk guest = Desk.of(shopbell)) {
      guest.go(link.substring(link.indexOf("/join/")));
      guest.field("Password").fill("a set of words");
      guest.press("Enter");
      assertThat(guest.heading("Open")).isVisible();
      guest.inbox();
      assertThat(guest.row("A lamp")).isVisible();
      assertThat(guest.row("A rope")).hasCount(0);
      guest.press("j");
      assertThat(guest.message("It hums.")).isVisible();
      guest.pick("a", "Lamps");
      guest.go("/inbox/teams");
      assertThat(guest.row("A lamp")).isVisible();
      guest.go("/settings/profile");
      assertThat(guest.heading("Profile")).isVisible();
      for (String section : new String[] {"Brands", "Roles", "API tokens"}) {
        assertThat(
                guest.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(section)))
            .hasCount(0);
      }
      assertThat(guest.complaints()).isEmpty();
    }
  }

  @Test
  void theAuditIsFilteredAndTheAddressSaysHow() {
    Colleague.Member member = Colleague.member(shopbell, Map.of("name", "Ida Watchful"));
    try (Desk desk = Desk.of(shopbell).signedIn().go("/settings/audit")) {
      Locator who = desk.page().getByLabel("Whom it concerns").first();
      who.focus();
      desk.type(member.email());
      assertThat(desk.page().locator("[role=option]:visible")).hasCount(1);
      desk.press("ArrowDown", "Enter");
      Locator entries =
          desk.page()
              .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Audit"))
              .getByRole(AriaRole.LISTITEM);
      assertThat(entries.first()).containsText("Ida Watchful: signed in");
      desk.isAt("/settings/audit\\?about=" + member.id());
      desk.isAccessible("the audit, filtered");

      desk.go("/settings/audit?about=" + member.id() + "&what=AgentInvited");
      assertThat(entries).hasCount(1);
      assertThat(entries.first()).containsText("agent invited");
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
