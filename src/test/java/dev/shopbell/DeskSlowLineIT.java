package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The desk before a server that is slow, or fails: what is coming has its place, and every trouble
 * has a way on.
 */
class DeskSlowLineIT {
  private static final Pattern LIST = Pattern.compile("/api/v1/conversations\\?");
  private static final Pattern MESSAGES = Pattern.compile("/api/v1/conversations/\\d+/messages");

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  /** Answers that are on their way for as long as the test wants. */
  private record Held(Desk desk, Pattern what, Queue<Route> routes) {
    static Held back(Desk desk, Pattern what) {
      Queue<Route> routes = new ArrayDeque<>();
      desk.page().route(what, routes::add);
      return new Held(desk, what, routes);
    }

    void letGo() {
      desk.page().unroute(what);
      while (!routes.isEmpty()) {
        routes.remove().resume();
      }
    }
  }

  private static void fail(Desk desk, Pattern what) {
    desk.page().route(what, route -> route.fulfill(new Route.FulfillOptions().setStatus(400)));
  }

  private static Locator list(Desk desk) {
    return desk.page()
        .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Conversations"));
  }

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  @Test
  void whatIsComingHasItsPlaceAndNothingJumpsWhenItIsThere() {
    String from = Inbox.address("sloane");
    long id = inbox.begin(from, "Slow talk");
    try (Desk desk = Desk.of(shopbell).signedIn()) {
      Held rows = Held.back(desk, LIST);
      desk.inbox();
      Locator bone = list(desk).locator("[aria-busy=true] > div").first();
      assertThat(bone).isVisible();
      double expected = bone.boundingBox().y;
      desk.isAccessible("a list on its way");
      rows.letGo();
      assertThat(desk.row("Slow talk")).isVisible();
      assertThat(list(desk).locator("li[aria-posinset='1']").boundingBox().y).isEqualTo(expected);

      Held messages = Held.back(desk, MESSAGES);
      desk.row("Slow talk").getByRole(AriaRole.LINK).click();
      desk.isAt("/inbox/open/" + id);
      assertThat(desk.page().getByLabel("Loading messages")).isVisible();
      Locator subject = desk.page().locator("#main h2").first();
      assertThat(subject).containsText("Slow talk");
      double y = subject.boundingBox().y;
      messages.letGo();
      assertThat(desk.message("Where is my parcel?")).isVisible();
      assertThat(subject.boundingBox().y).isEqualTo(y);
      assertThat(desk.complaints()).isEmpty();
    }
  }

  @Test
  void whatCannotBeReadIsSaidWithAWayOn() {
    String from = Inbox.address("frida");
    long id = inbox.begin(from, "Failing talk");
    try (Desk desk = Desk.of(shopbell).signedIn()) {
      fail(desk, LIST);
      desk.inbox();
      assertThat(list(desk)).containsText("We could not load this list");
      desk.isAccessible("a list that cannot be read");
      desk.page().unroute(LIST);
      desk.button("Try again").press("Enter");
      assertThat(desk.row("Failing talk")).isVisible();

      fail(desk, MESSAGES);
      desk.go("/inbox/open/" + id);
      assertThat(desk.text("We could not load this conversation")).isVisible();
      desk.page().unroute(MESSAGES);
      desk.button("Try again").press("Enter");
      assertThat(desk.message("Where is my parcel?")).isVisible();
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
