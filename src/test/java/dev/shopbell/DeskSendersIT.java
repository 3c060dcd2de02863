package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who a mail is from, and what makes ours be believed: as owner and agent see it. */
class DeskSendersIT {
  private static final NameServer DNS = new NameServer();
  private static RunningShopbell shopbell;

  @BeforeAll
  static void start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
    shopbell =
        RunningShopbell.start(
            Map.of("shopbell.dns", DNS.address(), "shopbell.mail-trusted-peers", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    shopbell.close();
    DNS.close();
  }

  @Test
  void anOwnerIsLedToASignedDomain() {
    Api api = shopbell.api();
    api.patch("/brands/1", Map.of("address", "hello@ourshop.example"));
    DNS.text("ourshop.example", "v=spf1 mx ~all");
    DNS.mail("ourshop.example", "mx.provider.example");
    try (Desk desk = Desk.of(shopbell).signedIn().go("/settings/domains")) {
      assertThat(check(desk, "Receiving")).containsText("Mail goes to mx.provider.example");
      assertThat(check(desk, "Who may send")).containsText("Fine");
      assertThat(check(desk, "Forged mail")).containsText("v=DMARC1; p=none");
      desk.button("Make a key").focus();
      desk.press("Enter");
      assertThat(check(desk, "Signature")).containsText("waits for this record");
      assertThat(check(desk, "Signature")).containsText("v=DKIM1; k=rsa; p=");
      assertThat(desk.button("Copy the value of the DKIM record")).isVisible();
      desk.isAccessible("sending domains");

      JsonNode record = api.get("/mail-domains").path("items").get(0).path("checks").get(2);
      DNS.text(
          record.path("publish").path("name").asString(),
          record.path("publish").path("value").asString());
      desk.button("Look again").click();
      assertThat(check(desk, "Signature")).containsText("Fine");
      assertThat(desk.complaints()).isEmpty();
    }
    try (Desk phone = Desk.onPhone(shopbell).signedIn().go("/settings/domains")) {
      assertThat(check(phone, "Signature")).isVisible();
      phone.isAccessible("sending domains on a phone");
      Object overflow =
          phone.page().evaluate("document.documentElement.scrollWidth - window.innerWidth");
      assertThat(((Number) overflow).intValue()).isLessThanOrEqualTo(0);
    }
  }

  private static Locator check(Desk desk, String title) {
    return desk.page()
        .getByRole(AriaRole.LISTITEM)
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    desk.page()
                        .getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title))));
  }

  @Test
  void anAgentSeesWhoIsWhoTheySay() {
    Inbox inbox = new Inbox(shopbell);
    String honest = Inbox.word() + "@honest.example";
    String forged = Inbox.word() + "@forged.example";
    DNS.text("honest.example", "v=spf1 ip4:127.0.0.2 -all");
    DNS.text("forged.example", "v=spf1 -all");
    for (String from : new String[] {honest, forged}) {
      Mail.plain(from, "hello@ourshop.example", "Teapot", "Where is it?")
          .sendFrom("127.0.0.2", shopbell.smtpPort());
    }
    inbox.settle();
    try (Desk desk = Desk.of(shopbell).signedIn().open(inbox.only(honest))) {
      Locator confirmed = desk.button("Sender confirmed: why");
      confirmed.focus();
      desk.press("Enter");
      assertThat(desk.text("It came from a server that may send for honest.example.")).isVisible();
      desk.isAccessible("a confirmed sender");
      desk.press("Escape");
      assertThat(confirmed).isFocused();

      desk.open(inbox.only(forged));
      desk.button("Sender doubtful: why").click();
      assertThat(desk.text("its server may not send for forged.example")).isVisible();
      desk.isAccessible("a doubtful sender");
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
