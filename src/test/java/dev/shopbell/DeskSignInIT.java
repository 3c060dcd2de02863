package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.shopbell.staff.AuthenticatorApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An agent secures how they sign in, and signs in by each way, by keyboard. */
class DeskSignInIT {
  private final RunningShopbell shopbell = RunningShopbell.shared();

  private static void press(Locator target) {
    target.focus();
    target.press("Enter");
  }

  /** A device with a fingerprint reader, as Chromium plays one. */
  private static void plugInDevice(Desk desk) {
    CDPSession session = desk.page().context().newCDPSession(desk.page());
    session.send("WebAuthn.enable");
    JsonObject options =
        JsonParser.parseString(
                """
                {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
                  "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true}}
                """)
            .getAsJsonObject();
    session.send("WebAuthn.addVirtualAuthenticator", options);
  }

  private static void password(Desk desk, String email) {
    assertThat(desk.heading("Sign in to Shopbell")).isVisible();
    desk.field("Email").fill(email);
    desk.field("Password").fill(RunningShopbell.PASSWORD);
    desk.press("Enter");
  }

  private static void signOut(Desk desk) {
    desk.command("Sign out");
    assertThat(desk.heading("Sign in to Shopbell")).isVisible();
  }

  @Test
  void anAgentSecuresTheirSignInAndUsesEachWay() {
    Colleague.Member member = Colleague.member(shopbell, Map.of("name", "Noa Careful"));
    try (Desk desk = Desk.byName(shopbell)) {
      plugInDevice(desk);
      desk.go("/sign-in");
      password(desk, member.email());
      assertThat(desk.heading("Open")).isVisible();

      desk.go("/settings/security");
      press(desk.button("Set up an authenticator app"));
      Locator code = desk.field("Code");
      assertThat(code).isVisible();
      desk.isAccessible("setting up an app");
      String key = desk.page().locator(".copy-box code").innerText();
      code.fill(AuthenticatorApp.code(key, 0));
      desk.press("Enter");
      Locator codes = desk.page().getByRole(AriaRole.LISTITEM).locator("code");
      assertThat(codes).hasCount(10);
      desk.isAccessible("recovery codes");
      String recovery = codes.first().innerText();
      press(desk.button("I have kept them"));
      assertThat(desk.text("Your authenticator app is on.")).isVisible();

      press(desk.button("Add a passkey"));
      desk.field("Name").fill("Laptop");
      desk.press("Enter");
      assertThat(desk.button("Remove Laptop")).isVisible();
      desk.isAccessible("how one signs in");

      signOut(desk);
      password(desk, member.email());
      desk.field("Code").fill(AuthenticatorApp.code(key, 1));
      desk.isAccessible("the second step");
      desk.press("Enter");
      assertThat(desk.heading("Open")).isVisible();

      signOut(desk);
      password(desk, member.email());
      press(desk.button("Use a recovery code"));
      desk.field("Recovery code").fill(recovery);
      desk.press("Enter");
      assertThat(desk.heading("Open")).isVisible();

      signOut(desk);
      press(desk.button("Use a passkey"));
      assertThat(desk.heading("Open")).isVisible();

      desk.go("/settings/security");
      assertThat(desk.text("9 recovery codes are left")).isVisible();
      assertThat(member.browser().get("/session").status()).isEqualTo(200);
      press(desk.button("End A browser we do not know"));
      assertThat(desk.button("End A browser we do not know")).hasCount(0);
      Inbox.soon("the end of the session")
          .until(() -> member.browser().get("/session").status() == 401);
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void whoeverHasForgottenTheirPasswordChoosesAnother() {
    Colleague.Member member = Colleague.member(shopbell, Map.of("name", "Una Forgetful"));
    try (Desk desk = Desk.of(shopbell)) {
      desk.go("/sign-in");
      press(desk.link("Forgotten your password?"));
      assertThat(desk.field("Email")).isFocused();
      desk.isAccessible("a forgotten password");
      desk.type(member.email()).press("Enter");
      assertThat(desk.heading("Look into your mail")).isVisible();
      desk.isAccessible("a link on its way");

      String url =
          shopbell
              .api()
              .post("/agents/" + member.id() + "/invitation", Map.of())
              .path("invitationUrl")
              .asString();
      String path = url.substring(url.indexOf("/join/"));
      desk.go(path);
      Locator password = desk.field("Password");
      assertThat(password).isFocused();
      assertThat(desk.field("Your name")).hasCount(0);
      password.fill("another long password");
      desk.press("Enter");
      assertThat(desk.heading("Open")).isVisible();

      signOut(desk);
      desk.go(path);
      assertThat(desk.heading("This link no longer works")).isVisible();
      desk.isAccessible("a link that was used");
      press(desk.link("Mail me another link"));
      assertThat(desk.field("Email")).isFocused();
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void anOpenDeskLeadsToASecondStepOnceOneIsRequired() {
    String role =
        shopbell
            .api()
            .post(
                "/roles",
                Map.of("name", Inbox.word(), "permissions", List.of("conversations:read")))
            .path("id")
            .asString();
    Colleague.Member member = Colleague.member(shopbell, Map.of("role", role));
    try (Desk desk = Desk.of(shopbell).signedIn(member.email(), RunningShopbell.PASSWORD).inbox()) {
      shopbell.api().put("/sign-in-policy", Map.of("everyone", false, "roles", List.of(role)));
      assertThat(desk.heading("One more thing")).isVisible();
      desk.isAt("/secure");
    } finally {
      shopbell.api().put("/sign-in-policy", Map.of("everyone", false, "roles", List.of()));
    }
  }
}
