package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Finding something by keyboard, as one would say it. */
class DeskSearchIT {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  private static Locator option(Desk desk, String words) {
    return desk.page()
        .getByRole(AriaRole.OPTION)
        .filter(new Locator.FilterOptions().setHasText(words))
        .first();
  }

  @Test
  void aSearchIsCompletedReadAndFoundAgain() {
    String word = Inbox.word();
    String tag = "Tall " + word;
    String anna = Inbox.address("anna");
    String bob = Inbox.address("bob");
    inbox.take(Mail.plain(anna, Inbox.SHOP, "Teapot " + word, "My " + word + " is broken."));
    inbox.take(Mail.plain(bob, Inbox.SHOP, "Saucer " + word, "My " + word + " is fine."));
    shopbell
        .api()
        .put("/conversations/" + inbox.only(anna) + "/tags", Map.of("tags", List.of(tag)));
    try (Desk desk = Desk.of(shopbell).signedIn().inbox()) {
      Locator field = desk.page().getByLabel("Search conversations");
      desk.press("/");
      assertThat(option(desk, "from:")).isVisible();
      desk.isAccessible("what a search can begin with");
      desk.type(word);
      assertThat(desk.row("Saucer " + word)).isVisible();
      desk.type(" ta");
      assertThat(desk.page().getByRole(AriaRole.OPTION).first()).containsText("tag:");
      desk.press("Tab").type(word.substring(0, 6));
      assertThat(desk.page().getByRole(AriaRole.OPTION).first()).containsText(tag);
      desk.press("ArrowDown");
      assertThat(field).hasAttribute("aria-activedescendant", Pattern.compile(".+"));
      desk.press("Enter");
      assertThat(field).hasValue(word + " tag:\"" + tag + "\" ");
      assertThat(desk.row("Saucer " + word)).hasCount(0);
      assertThat(desk.row("Teapot " + word)).isVisible();
      desk.isAccessible("a search with an operator");
      desk.press("Enter", "j");
      assertThat(desk.message(word)).isVisible();
      Inbox.soon("the hit is marked in the message")
          .until(() ->
              (Boolean) desk.page().evaluate("() => (CSS.highlights.get('found')?.size ?? 0) > 0"));

      desk.press("/");
      field.fill("");
      assertThat(desk.page().getByRole(AriaRole.OPTION).first()).containsText(tag);
      desk.press("ArrowDown", "Enter");
      assertThat(field).hasValue(word + " tag:\"" + tag + "\"");
      desk.type(" is:nothing ");
      assertThat(desk.text("“nothing” says nothing behind is:")).isVisible();
      desk.isAccessible("what says nothing");
      desk.press("Escape");
      assertThat(desk.heading("Search")).hasCount(0);
      assertThat(field).hasValue("");
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
