package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A working day at the desk, in a real browser, by keyboard. */
class DeskJourneyIT {
  private static final LocatorAssertions.IsVisibleOptions WITHIN_A_SECOND =
      new LocatorAssertions.IsVisibleOptions().setTimeout(1_000);

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  @Test
  void anAgentSignsInAndOut() {
    try (Desk desk = Desk.of(shopbell)) {
      desk.go("/inbox/waiting").isAt("/sign-in\\?.*");
      desk.field("Email").fill(RunningShopbell.OWNER);
      desk.field("Password").fill("not the password");
      desk.press("Enter");
      assertThat(desk.page().getByRole(AriaRole.ALERT)).isVisible();
      desk.field("Password").fill(RunningShopbell.PASSWORD);
      desk.press("Enter");
      desk.isAt("/inbox/waiting");
      assertThat(desk.heading("Waiting")).isVisible();

      desk.command("Sign out").isAt("/sign-in");
      desk.go("/inbox/open").isAt("/sign-in\\?.*");
    }
  }

  @Test
  void aMailAppearsWithinASecondAndIsAnsweredByKeyboardAlone() {
    String from = Inbox.address("ann");
    String subject = Inbox.word();
    String asked = Inbox.messageId();
    try (Desk desk = Desk.of(shopbell).signedIn().sendingAtOnce().inbox()) {
      String warm = Inbox.word();
      inbox.begin(Inbox.address("first"), warm);
      assertThat(desk.row(warm)).isVisible();

      Mail mail = Mail.with(from, Inbox.SHOP, subject, "Where is my parcel?", Inbox.bears(asked));
      assertThat(mail.send(shopbell.smtpPort()).code()).isEqualTo(250);
      assertThat(desk.row(subject)).isVisible(WITHIN_A_SECOND);

      desk.press("j");
      assertThat(desk.message("Where is my parcel?")).isVisible();
      desk.write("r", "It is on its way.");
      assertThat(desk.text("by email to " + from)).isVisible();
      desk.press("Control+Enter");
      assertThat(desk.message("It is on its way.")).isVisible();

      MimeMessage sent =
          Inbox.soon("the answer at the relay")
              .until(() -> inbox.sentTo(from), mails -> !mails.isEmpty())
              .getLast();
      assertThat(Inbox.header(sent, "In-Reply-To")).isEqualTo("<" + asked + ">");
      assertThat(
              desk.message("It is on its way.")
                  .getByText("Sent", new Locator.GetByTextOptions().setExact(true)))
          .isVisible();
      assertThat(inbox.status(inbox.only(from))).isEqualTo("waiting");
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void twoBrowsersSeeEachOthersChangesLive() {
    String subject = Inbox.word();
    long id = inbox.begin(Inbox.address("pat"), subject);
    try (Desk here = Desk.of(shopbell).signedIn().open(id);
        Desk there = Desk.of(shopbell).signedIn().inbox()) {
      assertThat(there.row(subject)).isVisible();

      here.write("n", "Ask the warehouse.").press("Control+Enter");
      assertThat(here.message("Ask the warehouse.")).isVisible();
      assertThat(there.row(subject).getByTitle("2 messages")).isVisible();

      there.row(subject).getByRole(AriaRole.LINK).click();
      assertThat(there.message("Ask the warehouse.")).isVisible();
      there.pick("p", "Urgent");
      assertThat(here.button("Priority: urgent")).isVisible(WITHIN_A_SECOND);

      here.press("e");
      assertThat(there.button("Reopen")).isVisible(WITHIN_A_SECOND);
      assertThat(there.row(subject)).hasCount(0);
    }
  }

  @Test
  void draftsSurviveAReloadAndFollowToAnotherBrowser() {
    long id = inbox.begin(Inbox.address("drew"), Inbox.word());
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      desk.write("r", "Half a sentence");
      desk.page().reload();
      assertThat(desk.button("Draft Half a sentence")).isVisible();
      desk.press("r");
      assertThat(desk.editor()).hasText("Half a sentence");

      Inbox.soon("the draft at the server")
          .until(() ->
              inbox
                  .conversation(id)
                  .path("drafts")
                  .path(0)
                  .path("html")
                  .asString("")
                  .contains("Half"));
      try (Desk other = Desk.of(shopbell).signedIn().open(id)) {
        assertThat(other.button("Draft Half a sentence")).isVisible();
      }
    }
  }

  @Test
  void undoGivesTheWordsAndTheFilesBack() {
    String from = Inbox.address("una");
    long id = inbox.begin(from, Inbox.word());
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      desk.write("r", "Sent too early");
      FilePayload file =
          new FilePayload("label.txt", "text/plain", "Label".getBytes(StandardCharsets.UTF_8));
      desk.page().locator("input[type=file]").setInputFiles(file);
      // It may still be on its way up: then the answer leaves once it is there.
      assertThat(desk.button("Remove label.txt")).isVisible();
      desk.editor().focus();
      desk.press("Control+Shift+Enter");
      assertThat(desk.text("Sent and resolved")).isVisible();
      desk.press("z");

      // Sent and resolved, the desk had gone on; it comes back for the words.
      desk.isAt("/inbox/all/" + id);
      assertThat(desk.editor()).hasText("Sent too early");
      assertThat(desk.message("Sent too early")).hasCount(0);
      assertThat(desk.button("Remove label.txt")).isVisible();
      assertThat(inbox.status(id)).isEqualTo("open");
      assertThat(inbox.conversation(id).path("assignee").isNull()).isTrue();

      desk.press("Control+Enter");
      assertThat(desk.message("Sent too early").getByText("label.txt")).isVisible();
      assertThat(inbox.lastMessage(id).path("attachments")).hasSize(1);
    }
  }

  @Test
  void triageNeedsNoMouse() {
    String subject = Inbox.word();
    String tag = Inbox.word();
    long id = inbox.begin(Inbox.address("tri"), subject);
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      desk.pick("a", "Owner");
      assertThat(desk.button("Assigned to Owner")).isVisible();
      desk.pick("#", tag).press("Escape");
      assertThat(
              desk.page()
                  .getByRole(
                      AriaRole.LIST,
                      new com.microsoft.playwright.Page.GetByRoleOptions().setName("Tags")))
          .containsText(tag);
      desk.pick("p", "Urgent");
      assertThat(desk.button("Priority: urgent")).isVisible();
      desk.pick("s", "In a week");
      Inbox.soon("snoozed").until(() -> inbox.status(id).equals("snoozed"));

      JsonNode conversation = inbox.conversation(id);
      assertThat(conversation.path("assignee").path("name").asString()).isEqualTo("Owner");
      assertThat(conversation.path("tags").get(0).path("name").asString()).isEqualTo(tag);
      assertThat(conversation.path("priority").asString()).isEqualTo("urgent");

      desk.command("Go to Snoozed").isAt("/inbox/snoozed");
      assertThat(desk.row(subject)).isVisible();
      desk.open(id);
      desk.press("e");
      Inbox.soon("resolved").until(() -> inbox.status(id).equals("resolved"));
      assertThat(desk.text("Resolved")).isVisible();
      desk.press("z");
      Inbox.soon("snoozed again").until(() -> inbox.status(id).equals("snoozed"));
    }
  }

  @Test
  void keysTypedWithAltGrWork() {
    long id = inbox.begin(Inbox.address("altgr"), Inbox.word());
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      Locator customer =
          desk.page()
              .getByRole(
                  AriaRole.COMPLEMENTARY,
                  new com.microsoft.playwright.Page.GetByRoleOptions().setName("Customer"));
      assertThat(customer).isVisible();
      // As a German keyboard on Windows says it: AltGr is Ctrl and Alt at once.
      desk.page()
          .evaluate(
              "document.body.dispatchEvent(new KeyboardEvent('keydown',"
                  + " {key: ']', ctrlKey: true, altKey: true, modifierAltGraph: true, bubbles: true}))");
      assertThat(customer).isHidden();
    }
  }

  @Test
  void searchShowsItsHits() {
    String word = Inbox.word();
    inbox.take(
        Mail.plain(
            Inbox.address("sue"),
            Inbox.SHOP,
            "Something else",
            "There are many words before the one that matters, and it is " + word + ", at last."));
    try (Desk desk = Desk.of(shopbell).signedIn().inbox()) {
      desk.press("/").type(word.substring(0, 10));
      Locator hit = desk.page().locator("mark").first();
      assertThat(hit).hasText(word);
      assertThat(hit).isInViewport();
      desk.press("Enter", "j");
      assertThat(desk.message(word)).isVisible();
    }
  }

  @Test
  void thePaletteReachesEverything() {
    long id = inbox.begin(Inbox.address("pal"), Inbox.word());
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      for (String name :
          List.of(
              "Reply",
              "Write a note",
              "Assign to me",
              "Resolve",
              "Snooze: tomorrow",
              "Priority…",
              "Tags…",
              "Mark as spam",
              "New conversation",
              "Go to Mine",
              "Go to Unassigned",
              "Go to Spam",
              "Settings: Brands",
              "Settings: People",
              "Settings: API tokens",
              "Settings: Audit",
              "Go to Getting started",
              "Show the keys",
              "Sign out")) {
        desk.press("Control+k");
        assertThat(desk.page().locator("[role=combobox][data-autofocus]")).isFocused();
        desk.type(name);
        assertThat(desk.page().getByRole(AriaRole.OPTION).first()).containsText(name);
        desk.press("Escape");
      }
      desk.command("Assign to me");
      assertThat(desk.button("Assigned to Owner")).isVisible();
      desk.command("Use the dark theme");
      assertThat(desk.page().locator("html")).hasAttribute("data-mantine-color-scheme", "dark");
      desk.command("Settings: People").isAt("/settings/people");
      desk.command("Go to Getting started").isAt("/start");
      desk.press("?");
      assertThat(desk.heading("Keys")).isVisible();
    }
  }

  @Test
  void aPhoneIsEnoughToTriageAndAnswer() {
    String from = Inbox.address("phoebe");
    String subject = Inbox.word();
    long id = inbox.begin(from, subject);
    try (Desk desk = Desk.onPhone(shopbell).signedIn().inbox()) {
      desk.row(subject).getByRole(AriaRole.LINK).tap();
      assertThat(desk.message("Where is my parcel?")).isVisible();
      desk.button("Customer").tap();
      assertThat(desk.text("Reachable at")).isVisible();
      desk.button("Close").tap();
      assertThat(desk.text("Reachable at")).isHidden();

      desk.button("Assign").tap();
      desk.page().getByRole(AriaRole.OPTION).first().tap();
      assertThat(desk.button("Assigned to Owner")).isVisible();
      desk.button("Reply to " + from).tap();
      assertThat(desk.editor()).isFocused();
      desk.type("Tomorrow.");
      desk.button("Send").tap();
      assertThat(desk.message("Tomorrow.")).isVisible();
      Inbox.soon("answered").until(() -> inbox.status(id).equals("waiting"));
      desk.button("Back to the list").tap();
      desk.isAt("/inbox/open");

      Number wider =
          (Number) desk.page().evaluate("document.documentElement.scrollWidth - innerWidth");
      assertThat(wider.intValue()).isZero();
    }
  }

  @Test
  void aLongThreadIsReadFromItsEnd() {
    String from = Inbox.address("long");
    String previous = Inbox.messageId();
    inbox.take(Mail.with(from, Inbox.SHOP, "Long", "Message 1.", Inbox.bears(previous)));
    for (int i = 2; i <= 40; i++) {
      String next = Inbox.messageId();
      inbox.take(
          Mail.with(
              from,
              Inbox.SHOP,
              "Re: Long",
              "Message " + i + ".",
              Inbox.bears(next),
              Inbox.answers(previous)));
      previous = next;
    }
    long id = inbox.only(from);
    try (Desk desk = Desk.of(shopbell).signedIn().open(id)) {
      assertThat(desk.message("Message 40.")).isInViewport();
      assertThat(desk.message("Message 2.")).hasCount(0);
      desk.button("Earlier messages").scrollIntoViewIfNeeded();
      assertThat(desk.message("Message 2.")).hasCount(1);

      inbox.take(Mail.with(from, Inbox.SHOP, "Re: Long", "The newest.", Inbox.answers(previous)));
      // What is far from what one looks at is not drawn.
      desk.press("End");
      assertThat(desk.message("The newest.")).isInViewport();
    }
  }
}
