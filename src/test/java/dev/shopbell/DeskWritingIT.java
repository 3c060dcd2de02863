package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Writing to a customer and to colleagues, by keyboard alone. */
class DeskWritingIT {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  @Test
  void anAnswerIsWrittenFormattedCheckedAndSentWithoutAMouse() throws Exception {
    String from = Inbox.address("greta");
    inbox.take(
        Mail.with(
            from, Inbox.SHOP, "Teekanne", "Guten Tag, wann kommt meine Bestellung? Ich warte."));
    long id = inbox.only(from);
    Inbox.soon("the language is known")
        .until(() -> inbox.conversation(id).path("language").asString("").equals("de"));
    try (Desk desk = Desk.of(shopbell).signedIn().sendingAtOnce().open(id)) {
      desk.write("r", "**Hallo** Greta, ~~morgen~~ `heute` :paket");
      Locator editor = desk.editor();
      assertThat(editor).hasAttribute("lang", "de");
      assertThat(desk.page().getByRole(AriaRole.LISTBOX)).isVisible();
      desk.isAccessible("the emoji that are offered");
      desk.press("Enter", "Enter");
      desk.type("- Karton auf").press("Enter", "Tab").type("vorsichtig").press("Enter", "Enter");
      desk.press("Enter").type("Mehr: ").press("Control+Shift+k");
      assertThat(desk.field("Link address")).isFocused();
      desk.type("shop.example/hilfe").press("Enter");
      assertThat(editor).isFocused();
      assertThat(editor.locator("a")).hasAttribute("href", "https://shop.example/hilfe");
      assertThat(editor.locator("strong")).hasText("Hallo");
      assertThat(editor.locator("li li")).hasText("vorsichtig");

      desk.press("Control+Shift+l");
      assertThat(desk.page().getByRole(AriaRole.MENU)).isVisible();
      desk.press("Escape");
      assertThat(desk.page().getByRole(AriaRole.MENU)).hasCount(0);
      assertThat(editor).isFocused();

      desk.type("Anbei das Etikett.").press("Control+Enter");
      assertThat(
              desk.page()
                  .getByRole(AriaRole.ALERT)
                  .filter(new Locator.FilterOptions().setHasText("Anbei")))
          .isVisible();
      desk.isAccessible("a file that was forgotten");
      editor.focus();
      desk.press("Control+Enter");
      assertThat(desk.message("Hallo Greta")).isVisible();
      Inbox.soon("the answer at the relay").until(() -> !inbox.sentTo(from).isEmpty());
      MimeMessage mail = inbox.sentTo(from).getLast();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      mail.writeTo(out);
      assertThat((String) ((jakarta.mail.Multipart) mail.getContent()).getBodyPart(0).getContent())
          .contains("Hallo Greta, ~morgen~ `heute` 📦")
          .contains("- Karton auf")
          .contains("  - vorsichtig");
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("<strong>Hallo</strong>");

      // A colleague is named in a note; what another device wrote is not lost.
      desk.write("n", "Please look, @Own");
      assertThat(desk.page().getByRole(AriaRole.OPTION)).hasCount(1);
      desk.press("Enter").type("soon");
      assertThat(desk.editor().locator("span[data-mention]")).hasText("@Owner");
      Inbox.soon("the draft at the server")
          .until(() -> inbox.conversation(id).path("drafts").toString().contains("soon"));
      Map<String, String> other = Map.of("html", "<p>From the train</p>", "device", "phone");
      shopbell.api().put("/conversations/" + id + "/drafts/note", other);
      desk.type(", it is urgent");
      assertThat(desk.text("You also wrote on another device")).isVisible();
      desk.isAccessible("a draft of two devices");
      desk.button("Add it below").focus();
      desk.press("Enter");
      assertThat(desk.editor()).containsText("it is urgent");
      assertThat(desk.editor()).containsText("From the train");
      desk.press("Control+Enter");
      assertThat(desk.message("From the train")).isVisible();
      // It stands there before the server has it.
      Inbox.soon("the note with its mention")
          .until(() -> inbox.lastMessage(id).path("html").asString("").contains("data-mention="));
      Inbox.soon("the draft to be gone")
          .until(() -> inbox.conversation(id).path("drafts").isEmpty());
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
