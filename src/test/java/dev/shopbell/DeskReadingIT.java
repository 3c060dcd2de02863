package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reading a conversation at the desk, by keyboard. */
class DeskReadingIT {
  private static final String QUOTED = "On Monday, Shop wrote:\n> The heron was mentioned here.";

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  /** A conversation of so many mails, each numbered; every tenth is laid out in HTML. */
  private long talk(String from, int mails) {
    List<Mail> all = new ArrayList<>();
    String last = null;
    for (int n = 1; n <= mails; n++) {
      String id = Inbox.messageId();
      String[] headers =
          last == null
              ? new String[] {Inbox.bears(id)}
              : new String[] {Inbox.bears(id), Inbox.answers(last)};
      Mail mail =
          Mail.with(
              from, Inbox.SHOP, "Long talk", "Letter number " + n + ".\n\n" + QUOTED, headers);
      if (n % 10 == 0) {
        String html =
            "<table bgcolor=\"#eeeeff\"><tr><td>Letter number "
                + n
                + " with a heron</td></tr></table>";
        Mail plain = Mail.with(from, Inbox.SHOP, "Long talk", html, headers);
        mail = new Mail(from, List.of(Inbox.SHOP), plain.raw().replace("text/plain", "text/html"));
      }
      all.add(mail);
      last = id;
    }
    inbox.take(all.toArray(Mail[]::new));
    return inbox.only(from);
  }

  private static Locator found(Desk desk) {
    return desk.page().getByRole(AriaRole.SEARCH).getByRole(AriaRole.STATUS);
  }

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  @Test
  void aLongConversationIsWalkedSearchedAndUnfoldedByKeyboard() {
    long id = talk(Inbox.address("lena"), 45);
    List<JsonNode> messages = inbox.messages(id);
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      assertThat(desk.message("Letter number 45.")).isInViewport();
      desk.isAccessible("a long conversation");
      desk.press(",");
      assertThat(desk.message("Letter number 45.")).isFocused();
      desk.press(",");
      assertThat(desk.message("Letter number 44.")).isFocused();
      assertThat(desk.message("Letter number 44.")).not().containsText("heron");
      desk.press("o");
      assertThat(desk.message("Letter number 44.")).containsText("The heron was mentioned");
      desk.press("o", ".");
      assertThat(desk.message("Letter number 45.")).isFocused();

      desk.press("Control+f");
      desk.type("heron");
      assertThat(found(desk)).hasText("45 of 45");
      desk.isAccessible("finding in a conversation");
      desk.press("Enter", "Enter", "Enter", "Enter", "Enter");
      assertThat(found(desk)).hasText("40 of 45");
      assertThat(desk.page().frameLocator("iframe").last().getByText("Letter number 40"))
          .isInViewport();
      desk.press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown");
      assertThat(found(desk)).hasText("1 of 45");
      assertThat(desk.message("Letter number 1.")).isInViewport();
      assertThat(desk.message("Letter number 1.")).containsText("The heron was mentioned");
      desk.press("Escape");
      assertThat(desk.message("Letter number 1.")).isFocused();
      desk.press("End");
      assertThat(desk.message("Letter number 45.")).isInViewport();
      desk.press("Home");
      assertThat(desk.message("Letter number 1.")).isInViewport();

      // A link leads to a message that is not even loaded.
      desk.go("/inbox/all/" + id + "?message=" + messages.get(2).path("id").asLong());
      assertThat(desk.message("Letter number 3.")).isFocused();
      assertThat(desk.message("Letter number 3.")).isInViewport();
      desk.isAt("/inbox/all/" + id);

      desk.command("Show the original mail");
      assertThat(desk.heading("The original mail")).isVisible();
      assertThat(desk.page().getByRole(AriaRole.DIALOG)).containsText("Message-ID");
      desk.isAccessible("an original mail");
      desk.press("Escape");
      assertThat(desk.page().getByRole(AriaRole.DIALOG)).hasCount(0);
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void filesAreLookedAtWithoutLeavingTheDeskAndRunNothing() {
    String from = Inbox.address("fritz");
    inbox.take(withFiles(from));
    try (Desk desk = Desk.of(shopbell).signedIn().open(inbox.only(from))) {
      desk.press("v");
      Locator dialog = desk.page().getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText("photo.png");
      Locator photo =
          dialog.getByRole(AriaRole.IMG, new Locator.GetByRoleOptions().setName("photo.png"));
      assertThat(photo).isVisible();
      desk.isAccessible("a picture");
      desk.press("ArrowRight");
      assertThat(dialog).containsText("invoice.pdf");
      assertThat(dialog.getByText("Invoice 4711")).isAttached();
      desk.press("ArrowRight");
      assertThat(dialog.getByRole(AriaRole.CELL, new Locator.GetByRoleOptions().setName("39,00")))
          .isVisible();
      desk.isAccessible("a table");
      desk.press("ArrowRight");
      assertThat(dialog.getByText("<script>alert(document.domain)</script>")).isVisible();
      desk.press("ArrowRight");
      assertThat(dialog).containsText("Files of this kind cannot be shown here.");
      desk.isAccessible("a file that is not shown");
      desk.press("ArrowLeft", "Escape");
      assertThat(dialog).hasCount(0);
      desk.isAt("/inbox/all/\\d+");
      assertThat(desk.complaints()).as("also no dialog of a script").isEmpty();
      assertThat(desk.calledOut()).isEmpty();
    }
  }

  @Test
  void whatIsNewIsMarkedForEachAgentAndWhoSawItIsShown() {
    Api colleague = Colleague.joins(shopbell, "agent");
    String from = Inbox.address("nora");
    String first = Inbox.messageId();
    long id = inbox.begin(from, "Unread talk", Inbox.bears(first));
    try (Desk desk = Desk.of(shopbell).signedIn().inbox()) {
      Locator row =
          desk.row("Unread talk").filter(new Locator.FilterOptions().setHasText("Unread:"));
      assertThat(row).hasCount(1);
      desk.open(id);
      Inbox.soon("read").until(() -> !inbox.conversation(id).path("unread").asBoolean());
      assertThat(row).hasCount(0);

      desk.go("/inbox/open");
      inbox.take(Mail.with(from, Inbox.SHOP, "Re: Unread talk", "Any news?", Inbox.answers(first)));
      assertThat(row).hasCount(1);
      desk.open(id);
      assertThat(desk.page().getByText("New since")).isVisible();
      Inbox.soon("read again").until(() -> !inbox.conversation(id).path("unread").asBoolean());
      colleague.put(
          "/conversations/" + id + "/read",
          Map.of("messageId", inbox.lastMessage(id).path("id").asLong()));
      assertThat(desk.page().getByLabel("Seen by")).containsText("Colleague saw this");
      desk.isAccessible("what is new, and who saw it");

      desk.press("u");
      desk.isAt("/inbox/all");
      assertThat(row).hasCount(1);
      Inbox.soon("unread").until(() -> inbox.conversation(id).path("unread").asBoolean());
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void aConversationIsPrintedWhole() {
    long id = talk(Inbox.address("paul"), 12);
    try (Desk desk = Desk.of(shopbell).signedIn()) {
      desk.page().addInitScript("window.print = () => document.body.dataset.printed = 'yes'");
      desk.go("/print/" + id);
      assertThat(desk.page().locator("body[data-printed]")).hasCount(1);
      assertThat(desk.page().getByRole(AriaRole.ARTICLE)).hasCount(12);
      assertThat(desk.heading("Long talk")).isVisible();
      assertThat(desk.message("Letter number 1.")).containsText("The heron was mentioned");
      assertThat(desk.complaints()).isEmpty();
    }
  }

  private static Mail withFiles(String from) {
    Mail plain = Mail.plain(from, Inbox.SHOP, "Files", "");
    String head = plain.raw().substring(0, plain.raw().indexOf("MIME-Version"));
    Base64.Encoder base64 = Base64.getMimeEncoder();
    return new Mail(
        from,
        List.of(Inbox.SHOP),
        (head
                + """
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=cut

                --cut
                Content-Type: text/plain; charset=utf-8

                Here they are.
                --cut
                Content-Type: image/png
                Content-Disposition: attachment; filename="photo.png"
                Content-Transfer-Encoding: base64

                %s
                --cut
                Content-Type: application/pdf
                Content-Disposition: attachment; filename="invoice.pdf"
                Content-Transfer-Encoding: base64

                %s
                --cut
                Content-Type: text/csv; charset=utf-8
                Content-Disposition: attachment; filename="orders.csv"

                Name;Price
                Teapot;39,00
                --cut
                Content-Type: text/html
                Content-Disposition: attachment; filename="page.html"

                <script>alert(document.domain)</script>
                --cut
                Content-Type: application/zip
                Content-Disposition: attachment; filename="archive.zip"

                PK
                --cut--
                """
                    .formatted(
                        base64.encodeToString(Pictures.png(900, 600)),
                        base64.encodeToString(pdf("Invoice 4711").getBytes(UTF_8))))
            .replaceAll("\r?\n", "\r\n"));
  }

  /** One page with one line of words. */
  private static String pdf(String words) {
    String drawn = "BT /F1 24 Tf 72 760 Td (" + words + ") Tj ET";
    List<String> objects =
        List.of(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            "<</Length " + drawn.length() + ">>\nstream\n" + drawn + "\nendstream");
    StringBuilder file = new StringBuilder("%PDF-1.4\n");
    StringBuilder places = new StringBuilder("0000000000 65535 f \n");
    for (int i = 0; i < objects.size(); i++) {
      places.append("%010d 00000 n \n".formatted(file.length()));
      file.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
    }
    int table = file.length();
    return file
        + "xref\n0 6\n"
        + places
        + "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n"
        + table
        + "\n%%EOF";
  }
}
