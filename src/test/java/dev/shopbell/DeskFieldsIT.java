package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tags looked after, fields made and filled in, and a conversation asleep until it is answered. */
class DeskFieldsIT {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  /** Puts the focus there, as tabbing does, and presses the key. */
  private static void press(Locator target, String key) {
    target.focus();
    target.press(key);
  }

  @Test
  void tagsFieldsAndSnoozeByKeyboard() {
    String gone = Inbox.word();
    String kept = Inbox.word();
    String fieldName = "Carrier " + Inbox.word();
    long id = inbox.begin(Inbox.address("fee"), "Which carrier?");
    api.put("/conversations/" + id + "/tags", Map.of("tags", List.of(gone)));
    api.post("/tags", Map.of("name", kept));
    try (Desk desk = Desk.of(shopbell).signedIn()) {
      desk.go("/settings/tags");
      press(desk.button("Change " + kept), "Enter");
      assertThat(desk.field("Name")).isFocused();
      Locator red =
          desk.page().getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Red")).first();
      press(red, "Space");
      desk.field("What it stands for").fill("For what is kept");
      desk.isAccessible("tags");
      press(desk.field("Name"), "Enter");
      assertThat(desk.text("For what is kept")).isVisible();
      press(desk.button("Merge " + gone), "Enter");
      Locator into = desk.page().getByLabel("Merge " + gone + " into");
      assertThat(into).isFocused();
      desk.type(kept);
      desk.isAccessible("a merge of tags");
      into.selectOption(kept);
      press(
          desk.page()
              .getByRole(
                  AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Merge").setExact(true)),
          "Enter");
      assertThat(desk.text(gone + " is " + kept + " now")).isVisible();

      desk.go("/settings/fields");
      press(desk.button("New field"), "Enter");
      desk.type(fieldName);
      Locator kind = desk.page().getByLabel("Kind");
      kind.focus();
      kind.selectOption("choice");
      desk.field("Choice 1").focus();
      desk.type("Post").press("Enter");
      assertThat(desk.field("Choice 2")).isFocused();
      desk.type("Bike");
      desk.isAccessible("a new field");
      press(desk.field("Name"), "Enter");
      assertThat(desk.button("Archive " + fieldName)).isVisible();

      desk.open(id);
      assertThat(desk.page().locator("header").getByText(kept)).isVisible();
      Locator value = desk.page().getByLabel(fieldName);
      assertThat(value).isVisible();
      desk.command("Change " + fieldName);
      assertThat(value).isFocused();
      // As typing its name does in a list that is closed.
      value.selectOption("bike");
      Inbox.soon("the value")
          .until(() -> inbox.conversation(id).path("fields").toString().contains("\"bike\""));
      desk.isAccessible("fields beside a conversation");

      desk.open(id).pick("s", "Until they reply");
      assertThat(desk.text("Snoozed until they reply")).isVisible();
      Inbox.soon("asleep").until(() -> inbox.status(id).equals("snoozed"));
      desk.go("/inbox/snoozed");
      assertThat(desk.row("Which carrier?")).containsText("until they reply");
      desk.isAccessible("asleep until they reply");

      desk.go("/inbox/all");
      assertThat(desk.page().getByLabel("Search conversations")).isVisible();
      desk.press("F");
      assertThat(desk.page().locator("input[role=combobox][data-autofocus]")).isFocused();
      desk.type(fieldName);
      assertThat(desk.page().locator("[role=option]").first()).containsText(fieldName);
      desk.press("Enter");
      assertThat(desk.page().locator("[role=option]").first()).containsText("Post");
      desk.type("Bike").press("Enter");
      assertThat(desk.row("Which carrier?")).hasCount(1);
      desk.press("Escape");
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
