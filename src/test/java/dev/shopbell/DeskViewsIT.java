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

/** Making a view and clearing it out, by keyboard. */
class DeskViewsIT {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  private static Locator link(Desk desk, String name) {
    return desk.page()
        .getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Views"))
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
  }

  private static void pick(Desk desk, String words) {
    assertThat(desk.page().locator("input[role=combobox][data-autofocus]")).isFocused();
    desk.type(words);
    assertThat(desk.page().locator("[role=option]").first()).containsText(words);
    desk.press("Enter");
  }

  @Test
  void aViewIsMadeClearedOutAndPutBackByKeyboard() {
    String tag = Inbox.word();
    String first = Inbox.word();
    String second = Inbox.word();
    String other = Inbox.word();
    List<Long> ids =
        List.of(
            inbox.begin(Inbox.address("vic"), first), inbox.begin(Inbox.address("vera"), second));
    inbox.begin(Inbox.address("omar"), other);
    ids.forEach(
        id -> shopbell.api().put("/conversations/" + id + "/tags", Map.of("tags", List.of(tag))));
    try (Desk desk = Desk.of(shopbell).signedIn().inbox()) {
      assertThat(desk.row(other)).isVisible();
      desk.press("F");
      pick(desk, "Tag");
      pick(desk, tag);
      assertThat(desk.row(other)).hasCount(0);
      assertThat(desk.row(first)).isVisible();
      desk.press("Escape");
      desk.isAccessible("the filter");

      desk.button("Save as view").focus();
      desk.press("Enter");
      assertThat(desk.field("Name")).isFocused();
      String name = "View " + tag;
      desk.type(name).press("Enter");
      assertThat(desk.heading(name)).isVisible();
      assertThat(link(desk, name)).containsText(", 2 conversations");

      assertThat(desk.row(first)).isVisible();
      assertThat(desk.row(other)).hasCount(0);
      desk.press("j");
      assertThat(desk.message("Where is my parcel?")).isVisible();
      desk.press("x");
      assertThat(desk.text("1 selected")).isVisible();
      desk.press("J");
      assertThat(desk.text("2 selected")).isVisible();
      desk.isAccessible("two rows selected");
      desk.press("e");
      assertThat(desk.text("2 resolved")).isVisible();
      assertThat(desk.row(first)).hasCount(0);
      assertThat(desk.row(second)).hasCount(0);
      assertThat(ids).allMatch(id -> inbox.status(id).equals("resolved"));
      assertThat(link(desk, name)).not().containsText("conversation");

      desk.press("z");
      assertThat(desk.text("2 conversations are as before")).isVisible();
      assertThat(desk.row(first)).isVisible();
      assertThat(ids).allMatch(id -> inbox.status(id).equals("open"));

      link(desk, name).focus();
      desk.press("Alt+ArrowUp");
      Inbox.soon("the view stands before All")
          .until(() -> {
            List<String> keys =
                shopbell.api().all("/views").stream()
                    .map(view -> view.path("name").asString())
                    .toList();
            return keys.indexOf(name) < keys.indexOf("All");
          });
      desk.button("What to do with the view " + name).focus();
      desk.press("Enter");
      Locator delete =
          desk.page().getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Delete"));
      delete.focus();
      desk.press("Enter");
      assertThat(link(desk, name)).hasCount(0);
      assertThat(desk.text("View “" + name + "” deleted")).isVisible();
      desk.press("z");
      assertThat(link(desk, name)).isVisible();
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
