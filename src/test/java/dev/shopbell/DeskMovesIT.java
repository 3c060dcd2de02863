package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Conversations and customers are made one and parted at the desk, by keyboard alone. */
class DeskMovesIT {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  private static void look(Desk desk, String name) {
    String folder = System.getProperty("screenshots");
    if (folder != null) {
      desk.page()
          .screenshot(
              new com.microsoft.playwright.Page.ScreenshotOptions()
                  .setPath(Path.of(folder, name + ".png")));
    }
  }

  private long begun(String name, String address) {
    inbox.take(
        Mail.with(
            name + " <" + address + ">",
            Inbox.SHOP,
            "Dented teapot",
            "Where is my parcel?",
            Inbox.bears(Inbox.messageId())));
    return inbox.only(address);
  }

  @Test
  void twoMattersBecomeOneAndPartAgain() {
    String anna = Inbox.address("anna");
    long first = begun("Anna Meier", anna);
    inbox.take(
        Mail.with(
            "Anna Meier <" + anna + ">",
            Inbox.SHOP,
            "And six cups",
            "Are they blue?",
            Inbox.bears(Inbox.messageId())));
    long second =
        inbox.of(anna).stream()
            .map(row -> row.path("id").asLong())
            .filter(id -> id != first)
            .findFirst()
            .orElseThrow();
    try (Desk desk = Desk.of(shopbell).signedIn().open(first)) {
      desk.press("m");
      assertThat(desk.page().getByRole(AriaRole.OPTION).first()).containsText("And six cups");
      look(desk, "merge-picker");
      desk.isAccessible("choosing what to merge");
      desk.press("Enter");
      assertThat(
              desk.page()
                  .getByRole(AriaRole.DIALOG)
                  .getByRole(
                      AriaRole.BUTTON,
                      new com.microsoft.playwright.Locator.GetByRoleOptions()
                          .setName("Merge")
                          .setExact(true)))
          .isFocused();
      look(desk, "merge-preview");
      desk.isAccessible("the preview of a merge");
      desk.press("Enter");
      assertThat(desk.message("Are they blue?")).isVisible();
      assertThat(desk.message("Where is my parcel?")).isVisible();
      assertThat(desk.text("merged #" + second + " into this")).isVisible();
      look(desk, "merged");
      desk.isAccessible("a merged conversation");
      desk.go("/inbox/all/" + second).isAt("/inbox/all/" + first);
      assertThat(desk.message("Are they blue?")).isVisible();
      assertThat(desk.button("Undo")).isVisible();
      desk.button("Undo").focus();
      desk.press("Enter");
      assertThat(desk.text("Everything is where it was")).isVisible();
      assertThat(desk.message("Are they blue?")).hasCount(0);
      assertThat(inbox.messages(second)).hasSize(1);
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void messagesAreTakenOutAndThatIsUndoneByOneKey() {
    String anna = Inbox.address("anna");
    String id = Inbox.messageId();
    long first = inbox.begin(anna, "Dented teapot", Inbox.bears(id));
    inbox.take(
        Mail.with(anna, Inbox.SHOP, "Re: Dented teapot", "Also, an invoice", Inbox.answers(id)));
    try (Desk desk = Desk.of(shopbell).signedIn().open(first)) {
      desk.press("X");
      assertThat(desk.page().getByRole(AriaRole.CHECKBOX).first()).isFocused();
      desk.press("ArrowDown", "Space");
      look(desk, "take-out");
      desk.isAccessible("taking messages out");
      desk.press("Enter");
      assertThat(desk.text("Taken out into")).isVisible();
      assertThat(desk.message("Also, an invoice")).isVisible();
      assertThat(desk.text("Split from")).isVisible();
      assertThat(inbox.messages(first)).hasSize(1);
      desk.press("z");
      assertThat(desk.text("Everything is where it was")).isVisible();
      assertThat(inbox.messages(first)).hasSize(2);
      desk.isAt("/inbox/all/" + first);
    }
  }

  @Test
  void samePersonIsProposedMergedAndPartedInThePanel() {
    String word = Inbox.word();
    long first = begun("Anna Meier", word + "@customers.example");
    inbox.take(
        Mail.plain(
            "A. Meier <" + word + "+shop@customers.example>", Inbox.SHOP, "Six cups", "Blue?"));
    try (Desk desk = Desk.of(shopbell).signedIn().open(first)) {
      assertThat(desk.text("both addresses reach the same mailbox")).isVisible();
      look(desk, "duplicate");
      desk.isAccessible("a proposed duplicate");
      desk.command("Merge the customer with");
      assertThat(desk.page().getByRole(AriaRole.DIALOG)).containsText("Make them one customer");
      look(desk, "merge-customers");
      desk.isAccessible("merging customers");
      desk.page()
          .getByRole(AriaRole.DIALOG)
          .getByRole(
              AriaRole.BUTTON,
              new com.microsoft.playwright.Locator.GetByRoleOptions().setName("Merge"))
          .focus();
      desk.press("Enter");
      assertThat(desk.text("Merged with A. Meier")).isVisible();
      desk.press("z");
      assertThat(desk.text("They are two customers again")).isVisible();

      desk.command("Customers who may be the same");
      Locator pair =
          desk.page()
              .getByRole(AriaRole.LISTITEM)
              .filter(new Locator.FilterOptions().setHasText("Anna Meier and A. Meier"));
      pair.getByRole(AriaRole.BUTTON).first().focus();
      desk.press("Enter");
      assertThat(pair).containsText(word + "+shop@customers.example");
      look(desk, "duplicates");
      desk.isAccessible("customers who may be the same");
      desk.press("x");
      assertThat(desk.text("They are not proposed again")).isVisible();
      assertThat(pair).hasCount(0);
      desk.press("z");
      pair.getByRole(AriaRole.BUTTON).first().focus();
      desk.press("Enter", "m");
      assertThat(desk.text("They are one customer now")).isVisible();

      desk.open(first).command("Make " + word + "+shop");
      assertThat(desk.text("is a customer of its own now")).isVisible();
      assertThat(desk.text("both addresses reach the same mailbox")).isVisible();
      desk.press("z");
      assertThat(desk.text("both addresses reach the same mailbox")).hasCount(0);
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
