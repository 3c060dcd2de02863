package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An owner connects the shop's mailbox in the desk, and is told when it falls silent. */
class DeskMailboxesIT {
  private static final String SHOP = "care@shop.example";

  @BeforeAll
  static void start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  @Test
  void mailboxIsConnectedPausedAndMissed() {
    GreenMail server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP)
            });
    server.start();
    server.setUser(SHOP, SHOP, "right password");
    try (RunningShopbell shopbell =
            RunningShopbell.start(Map.of("shopbell.allow-internal-hosts", "127.0.0.1"));
        Desk desk = Desk.of(shopbell).signedIn().go("/settings/mailboxes")) {
      desk.button("Connect a mailbox").click();
      desk.field("Its address").fill(SHOP);
      desk.press("Enter");
      server(desk, "IMAP server", server.getImap().getPort());
      server(desk, "SMTP server", server.getSmtp().getPort());
      desk.field("Password").fill("wrong password");
      desk.isAccessible("connect");
      desk.button("Test and connect").click();
      assertThat(desk.page().getByText("refuses the user name or the password").first())
          .isVisible();
      desk.isAccessible("refused connection");
      desk.field("Password").fill("right password");
      desk.button("Test and connect").click();
      assertThat(desk.text("Connected")).isVisible();

      Mail mail = Mail.plain("Anna <anna@customers.example>", SHOP, "By the mailbox", "Hello.");
      mail.send(server.getSmtp().getPort());
      desk.inbox();
      assertThat(desk.row("By the mailbox")).isVisible();

      desk.go("/settings/mailboxes");
      desk.button("Change " + SHOP).click();
      desk.button("Test and list the folders").click();
      assertThat(desk.page().getByText("Mail can be read.")).isVisible();
      desk.isAccessible("change");
      desk.button("Cancel").click();
      desk.button("Pause").click();
      assertThat(desk.page().getByText("Paused · ")).isVisible();
      desk.button("Resume").click();
      assertThat(desk.text("Connected")).isVisible();

      server.stop();
      shopbell
          .bean(JdbcClient.class)
          .sql("update mail_account set last_seen_at = last_seen_at - interval '1 day'")
          .update();
      for (Desk one : List.of(desk, Desk.onPhone(shopbell).signedIn().go("/settings/mailboxes"))) {
        assertThat(one.page().getByText(SHOP + " does not answer.")).isVisible();
        assertThat(one.button("Try now")).isVisible();
        one.isAccessible("silent mailbox");
      }
    } finally {
      server.stop();
    }
  }

  private static void server(Desk desk, String name, int port) {
    Locator group =
        desk.page().getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName(name));
    group.getByLabel(name).last().fill("127.0.0.1");
    group.getByLabel("Port").fill(Integer.toString(port));
    group.getByLabel("Encryption").first().click();
    desk.page()
        .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("None"))
        .locator("visible=true")
        .click();
  }
}
