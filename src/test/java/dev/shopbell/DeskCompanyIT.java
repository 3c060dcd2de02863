package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Colleagues at the same conversation, and a line that is down: by keyboard. */
class DeskCompanyIT {
  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  private static Locator waiting(Desk desk) {
    return desk.page()
        .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Waiting to be sent"));
  }

  private static Locator status(Desk desk, String words) {
    return desk.page()
        .getByRole(AriaRole.STATUS)
        .filter(new Locator.FilterOptions().setHasText(words));
  }

  @Test
  void twoAgentsSeeEachOtherAndDoNotAnswerTwice() {
    RunningShopbell shopbell = RunningShopbell.shared();
    Inbox inbox = new Inbox(shopbell);
    Api mia = Colleague.joins(shopbell, "agent");
    String email = mia.get("/session").path("agent").path("email").asString();
    String anna = Inbox.address("anna");
    long id = inbox.begin(anna, "Which size?");
    try (Desk tom = Desk.of(shopbell).signedIn().open(id);
        Desk hers = Desk.of(shopbell).signedIn(email, RunningShopbell.PASSWORD).open(id)) {
      Locator here =
          tom.page().getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Also here"));
      assertThat(here).containsText("Colleague is reading");
      assertThat(tom.row(anna)).containsText("Colleague is reading");
      hers.write("r", "Size M.");
      assertThat(here).containsText("Colleague is writing an answer");
      tom.write("r", "Size L.");
      hers.type(" It runs small.");
      assertThat(status(tom, "Colleague is writing an answer to this customer, too.")).isVisible();
      tom.isAccessible("a colleague writes, too");

      mia.post("/conversations/" + id + "/replies", Map.of("text", "Size M, it runs small."));
      tom.press("Control+Enter");
      Locator crossed =
          tom.page()
              .getByRole(AriaRole.ALERT)
              .filter(new Locator.FilterOptions().setHasText("Not sent yet."));
      assertThat(crossed).containsText("Colleague has answered this customer");
      assertThat(crossed).containsText("it runs small");
      assertThat(tom.editor()).containsText("Size L.");
      tom.isAccessible("an answer that crosses another");
      assertThat(inbox.messages(id)).hasSize(2);
      tom.button("Send anyway").focus();
      tom.press("Enter");
      assertThat(tom.message("Size L.")).isVisible();
      Inbox.soon("both answers").until(() -> inbox.messages(id).size(), size -> size == 3);

      tom.press("Escape").pick("h", "Away");
      hers.press("Escape").press("a");
      assertThat(
              hers.page()
                  .getByRole(AriaRole.OPTION)
                  .filter(new Locator.FilterOptions().setHasText("Away"))
                  .first())
          .isVisible();
      hers.isAccessible("whom to assign");
      tom.pick("h", "Online");
      assertThat(tom.complaints()).isEmpty();
    }
  }

  @Test
  void whatIsWrittenOfflineWaitsOutlivesThePageAndGoesOutOnce() {
    RunningShopbell shopbell = RunningShopbell.shared();
    Inbox inbox = new Inbox(shopbell);
    String anna = Inbox.address("anna");
    long id = inbox.begin(anna, "In the cellar");
    try (Desk desk = Desk.of(shopbell).signedIn().sendingAtOnce().open(id)) {
      desk.write("r", "No signal").having("Palette", "OutgoingList");
      desk.page().context().setOffline(true);
      assertThat(desk.text("You are offline.")).isVisible();
      desk.type(" down here.").press("Control+Enter");
      assertThat(waiting(desk)).containsText("No signal down here.");
      desk.pick("p", "Urgent");
      assertThat(waiting(desk).getByRole(AriaRole.LISTITEM)).hasCount(2);
      assertThat(desk.message("In the cellar").or(desk.page().getByRole(AriaRole.ARTICLE)).first())
          .isVisible();
      desk.isAccessible("offline");

      desk.command("Show what waits");
      Locator list = desk.page().getByRole(AriaRole.DIALOG);
      assertThat(list.getByRole(AriaRole.LISTITEM)).hasCount(2);
      desk.isAccessible("what waits to be sent");
      desk.press("Escape");
      assertThatReloadFails(desk);

      desk.page().context().setOffline(false);
      desk.open(id);
      assertThat(desk.message("No signal down here.")).isVisible();
      assertThat(waiting(desk)).hasCount(0);
      Inbox.soon("the change")
          .until(() -> inbox.conversation(id).path("priority").asString(), "urgent"::equals);
      Inbox.soon("the answer at the relay")
          .until(() -> inbox.sentTo(anna), mails -> mails.size() == 1);
      assertThat(inbox.messages(id)).hasSize(2);
    }
  }

  private static void assertThatReloadFails(Desk desk) {
    try {
      desk.page().reload();
    } catch (PlaywrightException e) {
      assertThat(e.getMessage()).contains("ERR_INTERNET_DISCONNECTED");
    }
  }

  @Test
  void restartOfTheServerInTheMiddleOfASentenceIsABlink() throws Exception {
    try (RunningShopbell shopbell = RunningShopbell.start(Map.of())) {
      Inbox inbox = new Inbox(shopbell);
      String anna = Inbox.address("anna");
      long id = inbox.begin(anna, "Hello?");
      try (Desk desk = Desk.of(shopbell).signedIn().sendingAtOnce().open(id)) {
        desk.write("r", "Half a ");
        Thread restart = Thread.ofPlatform().start(shopbell::restart);
        desk.type("sentence, and the rest of it.");
        Inbox.soon("the server away")
            .until(() -> {
              try {
                return shopbell.api().send("GET", "/session", null, Map.of()).status() != 200;
              } catch (java.io.UncheckedIOException e) {
                return true;
              }
            });
        desk.press("Control+Enter");
        restart.join();
        assertThat(desk.message("Half a sentence, and the rest of it.")).isVisible();
        assertThat(desk.page().getByText("We could not load")).hasCount(0);
        Inbox.soon("the answer at the relay")
            .until(() -> inbox.sentTo(anna), mails -> mails.size() == 1);
        assertThat(inbox.messages(id)).hasSize(2);
      }
    }
  }
}
