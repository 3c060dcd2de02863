package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who gets a mail, what goes along and when it leaves: at the desk, by keyboard. */
class DeskMailIT {
  private static final String PASTE =
      """
      image => {
        const bytes = Uint8Array.from(atob(image), each => each.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], 'parcel.png', {type: 'image/png'}));
        document.querySelector('.tiptap').dispatchEvent(
            new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
      }
      """;

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  @Test
  void everybodyIsAnsweredWithOneMoreAndAPicture() throws Exception {
    String ann = Inbox.address("ann");
    String office = Inbox.address("office");
    String colleague = Inbox.address("cleo");
    String accountant = Inbox.address("acc");
    inbox.take(
        Mail.with(
            "Ann Lee <" + ann + ">",
            Inbox.SHOP,
            "Dented teapot",
            "Where is my parcel?",
            Inbox.bears(Inbox.messageId()),
            "Cc: Cleo Park <" + colleague + ">",
            "Reply-To: " + office));
    long id = inbox.only(ann);
    try (Desk desk = Desk.of(shopbell).signedIn().sendingAtOnce().open(id)) {
      desk.write("r", "Like this one: ");
      assertThat(desk.text("Ann Lee asked for answers at another address")).isVisible();
      desk.page().evaluate(PASTE, Base64.getEncoder().encodeToString(Pictures.png(240, 120)));
      assertThat(desk.editor().locator("img[src]")).isVisible();
      assertThat(desk.button("to " + office + ", cc 1")).isVisible();
      desk.button("Only the sender").focus();
      desk.press("Enter");
      desk.button("Reply to all").focus();
      desk.press("Enter");
      desk.editor().focus();
      desk.press("Control+Shift+e");
      assertThat(people(desk, "To")).isFocused();
      desk.press("Tab");
      assertThat(people(desk, "Cc")).isFocused();
      desk.type(accountant).press("Enter");
      assertThat(desk.button("to " + office + ", cc 2")).isVisible();
      desk.isAccessible("an answer to several");

      desk.editor().focus();
      desk.press("Control+Enter");
      Locator sent = desk.message("Like this one:");
      assertThat(sent).containsText("copy to Cleo Park, " + accountant);
      assertThat(sent.locator("img")).isVisible();
      MimeMessage mail =
          Inbox.soon("the answer at the relay")
              .until(() -> inbox.sentTo(office), mails -> !mails.isEmpty())
              .getLast();
      assertThat(Inbox.header(mail, "Cc")).contains("Cleo Park", colleague, accountant);
      assertThat(Inbox.header(mail, "To")).doesNotContain(ann);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      mail.writeTo(out);
      assertThat(out.toString(UTF_8)).contains("cid:", "image/png");
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void anAnswerWaitsForItsTimeAndLeavesAtAWord() {
    String from = Inbox.address("sam");
    String asked = Inbox.messageId();
    long id = inbox.begin(from, "Next week", Inbox.bears(asked));
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      desk.write("r", "Good morning!").press("Control+Shift+l");
      Locator tomorrow = item(desk, "Tomorrow morning");
      assertThat(tomorrow).isVisible();
      tomorrow.focus();
      desk.press("Enter");
      Locator scheduled = desk.message("Good morning!");
      assertThat(scheduled).containsText("Leaves tomorrow");
      desk.isAccessible("a scheduled answer");
      assertThat(inbox.sentTo(from)).isEmpty();

      inbox.take(
          Mail.with(
              "Sam <" + from + ">", Inbox.SHOP, "Re: Next week", "Wait!", Inbox.answers(asked)));
      assertThat(scheduled).containsText("Held back: Sam wrote before it left.");
      // What is still to come stands below what has come.
      assertThat(desk.page().getByRole(AriaRole.ARTICLE).last()).containsText("Good morning!");
      desk.isAccessible("an answer that is held back");
      desk.button("Send anyway").focus();
      desk.press("Enter");
      Inbox.soon("the answer at the relay")
          .until(() -> inbox.sentTo(from), mails -> mails.size() == 1);
      assertThat(desk.button("Send anyway")).hasCount(0);
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void aMessageIsShownToSomebodyElseWithTheFilesThatMatter() throws Exception {
    String from = Inbox.address("fay");
    String maker = Inbox.address("maker");
    inbox.take(withTwoFiles(from));
    long id = inbox.only(from);
    try (Desk desk = Desk.of(shopbell).signedIn().sendingAtOnce().open(id)) {
      choose(desk, "Forward");
      assertThat(people(desk, "To")).isFocused();
      desk.type(maker).press("Enter");
      Locator left =
          desk.page()
              .getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("invoice.pdf"));
      left.focus();
      desk.press("Space");
      assertThat(left).not().isChecked();
      desk.editor().focus();
      desk.type("Is this a fault of yours?");
      desk.isAccessible("a forward");
      desk.press("Control+Enter");
      assertThat(desk.message("Is this a fault of yours?")).containsText("Forwarded");
      String raw = raw(maker);
      assertThat(raw).contains("photo.png").doesNotContain("invoice.pdf");
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void aMailIsPassedOnAsItCame() throws Exception {
    String from = Inbox.address("ray");
    String owner = Inbox.address("owner");
    inbox.take(withTwoFiles(from));
    try (Desk desk = Desk.of(shopbell).signedIn().open(inbox.only(from))) {
      choose(desk, "Pass on as it came");
      assertThat(people(desk, "To")).isFocused();
      desk.type(owner).press("Enter");
      desk.isAccessible("passing on");
      desk.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pass on").setExact(true))
          .focus();
      desk.press("Enter");
      assertThat(desk.text("Passed on as it came")).isVisible();
      assertThat(raw(owner)).contains("It came broken.", "invoice.pdf");
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void filesOfTheLibraryAndOfTheConversationAreAMenuAway() {
    String label = Inbox.word() + ".txt";
    try (Desk desk = Desk.of(shopbell).signedIn().go("/settings/library")) {
      assertThat(desk.heading("Library")).isVisible();
      desk.page()
          .locator("input[type=file]")
          .setInputFiles(new FilePayload(label, "text/plain", "Label".getBytes(UTF_8)));
      assertThat(desk.button("Remove " + label)).isVisible();
      desk.isAccessible("the library");

      String from = Inbox.address("lia");
      inbox.take(withTwoFiles(from));
      long id = inbox.only(from);
      desk.open(id).write("r", "Here they are.");
      for (String file : List.of(label, "invoice.pdf")) {
        desk.button("Attach files").focus();
        desk.press("Enter");
        Locator item = item(desk, file);
        assertThat(item).isVisible();
        item.focus();
        desk.press("Enter");
        assertThat(desk.button("Remove " + file)).isVisible();
      }
      desk.editor().focus();
      desk.press("Control+Enter");
      assertThat(desk.message("Here they are.")).containsText(label);
      assertThat(inbox.lastMessage(id).path("attachments")).hasSize(2);

      desk.go("/settings/library");
      desk.button("Remove " + label).focus();
      desk.press("Enter");
      assertThat(desk.button("Remove " + label)).hasCount(0);
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void aWrongSplitIsMendedByKeyboard() {
    String from = Inbox.address("tim");
    inbox.take(Mail.plain(from, Inbox.SHOP, "Teapot", "It leaks.\n\n-- \nTim Berg\nBerg Ltd"));
    long id = inbox.only(from);
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      choose(desk, "Split was wrong");
      assertThat(desk.heading("What did they write themselves?")).isVisible();
      desk.press("Escape");
      assertThat(desk.heading("What did they write themselves?")).hasCount(0);
      desk.isAt("/inbox/all/" + id);
      choose(desk, "Split was wrong");
      Locator name =
          desk.page().getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Tim Berg"));
      assertThat(name).not().isChecked();
      name.focus();
      desk.press("Space");
      assertThat(name).isChecked();
      desk.isAccessible("a split");
      desk.button("Save").focus();
      desk.press("Enter");
      assertThat(desk.message("It leaks.")).containsText("Tim Berg");
      assertThat(inbox.lastMessage(id).path("ownText").asString()).contains("Tim Berg");
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void aMailInSpamSaysWhyAndIsTakenOut() {
    String from = Inbox.address("win");
    inbox.take(Mail.with(from, Inbox.SHOP, "You won", "You won.", "X-Spam-Flag: YES"));
    long id = inbox.only(from);
    assertThat(inbox.status(id)).isEqualTo("spam");
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      assertThat(desk.text("Your mail server takes it for spam")).isVisible();
      desk.isAccessible("a mail in spam");
      desk.button("Not spam").focus();
      desk.press("Enter");
      assertThat(desk.text("Your mail server takes it for spam")).hasCount(0);
      Inbox.soon("out of spam").until(() -> inbox.status(id).equals("open"));
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void aPhoneIsEnoughForAllOfIt() {
    String from = Inbox.address("pia");
    inbox.take(withTwoFiles(from));
    long id = inbox.only(from);
    inbox.reply(id, "Soon", "sendAt", Instant.now().plus(Duration.ofDays(3)).toString());
    try (Desk desk = Desk.onPhone(shopbell).signedIn().open(id)) {
      assertThat(desk.button("Send now")).isVisible();
      desk.isAccessible("a scheduled answer on a phone");
      choose(desk, "Forward");
      assertThat(people(desk, "To")).isFocused();
      desk.isAccessible("a forward on a phone");
      fits(desk);
      desk.page().getByText("Reply", new Page.GetByTextOptions().setExact(true)).tap();
      desk.button("by email to").tap();
      assertThat(people(desk, "Cc")).isVisible();
      desk.isAccessible("recipients on a phone");
      fits(desk);
    }
  }

  private static void fits(Desk desk) {
    Number wider =
        (Number) desk.page().evaluate("document.documentElement.scrollWidth - innerWidth");
    assertThat(wider.intValue()).isLessThanOrEqualTo(0);
  }

  /** Opens the menu of the first message and chooses from it. */
  private static void choose(Desk desk, String name) {
    desk.button("More about this message").focus();
    desk.press("Enter");
    Locator item = item(desk, name);
    assertThat(item).isVisible();
    item.focus();
    desk.press("Enter");
  }

  private String raw(String to) throws Exception {
    List<MimeMessage> mails =
        Inbox.soon("a mail for " + to).until(() -> got(to), found -> !found.isEmpty());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    mails.getFirst().writeTo(out);
    return out.toString(UTF_8);
  }

  private List<MimeMessage> got(String address) {
    return Stream.of(shopbell.relay().getReceivedMessages())
        .filter(
            mail -> (Inbox.header(mail, "To") + Inbox.header(mail, "Resent-To")).contains(address))
        .toList();
  }

  private static Mail withTwoFiles(String from) {
    Mail mail = Mail.plain(from, Inbox.SHOP, "Broken", "");
    String head = mail.raw().substring(0, mail.raw().indexOf("MIME-Version"));
    String photo = Base64.getEncoder().encodeToString(Pictures.png(8, 8));
    return new Mail(
        from,
        List.of(Inbox.SHOP),
        (head
                + """
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=cut

                --cut
                Content-Type: text/plain; charset=utf-8

                It came broken.
                --cut
                Content-Type: image/png
                Content-Disposition: attachment; filename="photo.png"
                Content-Transfer-Encoding: base64

                %s
                --cut
                Content-Type: application/pdf
                Content-Disposition: attachment; filename="invoice.pdf"

                %%PDF-1.4
                --cut--
                """
                    .formatted(photo))
            .replaceAll("\r?\n", "\r\n"));
  }

  private static Locator people(Desk desk, String label) {
    return desk.page().getByLabel(label, new Page.GetByLabelOptions().setExact(true)).first();
  }

  private static Locator item(Desk desk, String name) {
    return desk.page()
        .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name))
        .first();
  }
}
