package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Axe finds nothing on any screen of the demo shop. */
class DeskEveryScreenIT {
  private static RunningShopbell demo;

  @BeforeAll
  static void start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
    demo = RunningShopbell.start(Map.of("shopbell.demo", "true"));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void isAccessible() {
    try (Desk desk = Desk.of(demo)) {
      lookAtAll(desk);
    }
  }

  @Test
  void isAccessibleOnAPhone() {
    try (Desk desk = Desk.onPhone(demo)) {
      lookAtAll(desk);
    }
  }

  private static void lookAtAll(Desk desk) {
    long id = demo.api().get("/conversations").path("items").get(0).path("id").asLong();
    desk.go("/sign-in");
    assertThat(desk.heading("Sign in to Shopbell")).isVisible();
    desk.isAccessible("sign-in");
    desk.signedIn().inbox();
    assertThat(desk.page().locator("a[href*='/inbox/open/']").first()).isVisible();
    desk.isAccessible("inbox");
    desk.open(id).isAccessible("conversation");
    desk.write("r", "Hello").isAccessible("reply");
    desk.press("Escape");
    desk.write("n", "Hello").isAccessible("note");
    desk.press("Escape", "a");
    assertThat(desk.page().locator("[role=option]").first()).isVisible();
    desk.isAccessible("assign");
    desk.press("Escape", "Control+k");
    assertThat(desk.page().locator("[role=option]").first()).isVisible();
    desk.isAccessible("palette");
    desk.press("Escape");
    assertThat(desk.page().getByRole(AriaRole.DIALOG)).hasCount(0);
    desk.press("?");
    assertThat(desk.heading("Keys")).isVisible();
    desk.isAccessible("keys");
    desk.press("Escape");
    assertThat(desk.heading("Keys")).hasCount(0);
    desk.press("c");
    assertThat(desk.heading("New conversation")).isVisible();
    desk.isAccessible("new conversation");
    desk.go("/inbox/search?q=order");
    assertThat(desk.page().locator("mark").first()).isVisible();
    desk.isAccessible("search");
    for (String section :
        List.of(
            "Profile",
            "Appearance",
            "API tokens",
            "Brands",
            "Mailboxes",
            "People",
            "Installation",
            "Audit")) {
      desk.go("/settings/" + section.toLowerCase(Locale.ROOT).replace("api ", ""));
      assertThat(desk.heading(section)).isVisible();
      assertThat(desk.page().locator("[aria-busy=true]")).hasCount(0);
      desk.isAccessible(section);
    }
    desk.go("/start");
    assertThat(desk.heading("Getting started")).isVisible();
    desk.isAccessible("getting started");
  }
}
