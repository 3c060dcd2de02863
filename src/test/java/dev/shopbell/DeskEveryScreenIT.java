package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Every screen that the router knows, of a shop with real-looking and with hostile data: axe finds
 * nothing, and nothing runs out at the side, on a desk and on a phone; the colours of both are the
 * same, so the desk alone is looked at in the dark.
 */
@Order(1)
class DeskEveryScreenIT {
  private static final String DIALOG = "[role=dialog]";
  private static final ColorScheme[] LIGHT = {ColorScheme.LIGHT};
  private static final ColorScheme[] DARK = {ColorScheme.DARK};
  private static final ColorScheme[] BOTH = {ColorScheme.LIGHT, ColorScheme.DARK};
  private static final Path WEB = Path.of("web", "desk", "src");
  private static RunningShopbell demo;
  private static List<Long> hostile;

  private final SoftAssertions problems = new SoftAssertions();

  @BeforeAll
  static void start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
    demo = RunningShopbell.start(Map.of("shopbell.demo", "true"));
    hostile = HostileShop.fill(demo);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void holdsOnADesk() throws IOException {
    look(Desk.of(demo));
  }

  @Test
  void holdsOnAPhone() throws IOException {
    look(Desk.onPhone(demo));
  }

  /** One run tells of all screens. */
  private void look(Desk desk) throws IOException {
    try (desk) {
      walk(desk);
      lookAtWhatOpens(desk);
    }
    problems.assertAll();
  }

  /** Where the router leads. */
  private void walk(Desk desk) throws IOException {
    int seen = 0;
    List<String> paths = paths();
    paths.add("/no/such/page");
    boolean in = false;
    for (String path : paths) {
      if (!in && !isOutside(path)) {
        desk.signedIn();
        in = true;
      }
      // On paper all conversations are alike.
      List<String> screens = filledIn(path);
      for (String screen : path.startsWith("/print") ? screens.subList(0, 1) : screens) {
        go(desk, screen);
        assertThat(desk.page().locator("main").first()).isVisible();
        assertThat(desk.page().locator("[aria-busy=true], .bone")).hasCount(0);
        if (hostile.stream().skip(1).anyMatch(id -> screen.equals("/inbox/all/" + id))) {
          // Made of the same as the first, of other words.
          staysWithin(desk, screen);
        } else {
          holds(desk, screen, "html");
        }
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(30);
  }

  /** By its link where there is one, which needs no new page. */
  private static void go(Desk desk, String screen) {
    Matcher conversation = Pattern.compile("/inbox/all/(\\d+)").matcher(screen);
    boolean isConversation = conversation.matches();
    Locator link = desk.page().locator("a[href='" + screen + "']:visible").first();
    if ((isConversation || screen.startsWith("/settings/")) && link.count() > 0) {
      String name = link.innerText().strip();
      link.click();
      if (!isConversation) {
        assertThat(desk.page().locator("h1")).hasText(name);
      }
    } else {
      desk.go(screen);
    }
    if (isConversation) {
      String thread = "[data-thread='" + conversation.group(1) + "'] article";
      assertThat(desk.page().locator(thread).first()).isVisible();
    }
  }

  /** The paths of the router, those first that need no session. */
  private static List<String> paths() throws IOException {
    List<String> paths = new ArrayList<>();
    Matcher found =
        Pattern.compile(" path: '([^']+)'").matcher(Files.readString(WEB.resolve("router.tsx")));
    while (found.find()) {
      // Only the conversation's continues another's.
      String beginning = found.group(1).startsWith("/") ? "" : "/inbox/$view/";
      paths.add(beginning + found.group(1));
    }
    // These only lead on.
    paths.removeIf(path -> path.matches("/|/inbox/.view/|/settings|/secure"));
    assertThat(paths).contains("/sign-in", "/inbox/$view/$conversationId", "/settings/$section");
    paths.sort(Comparator.comparing(path -> !isOutside(path)));
    return paths;
  }

  private static boolean isOutside(String path) {
    return path.matches("/(sign-in|forgotten-password|join).*");
  }

  private static List<String> filledIn(String path) throws IOException {
    List<String> filled = List.of(path);
    Matcher parameter = Pattern.compile("\\$\\w+").matcher(path);
    while (parameter.find()) {
      List<String> values = values(parameter.group());
      filled =
          filled.stream()
              .flatMap(each -> values.stream().map(value -> each.replace(parameter.group(), value)))
              .toList();
    }
    return filled;
  }

  private static List<String> values(String parameter) throws IOException {
    return switch (parameter) {
      case "$view" -> List.of("all");
      case "$conversationId" -> hostile.stream().map(String::valueOf).toList();
      case "$section" -> sections();
      case "$token" -> List.of("no-such-invitation");
      default -> throw new AssertionError("Say here what stands for " + parameter);
    };
  }

  private static List<String> sections() throws IOException {
    List<String> sections = new ArrayList<>();
    Matcher section =
        Pattern.compile("section: '(\\w+)'")
            .matcher(Files.readString(WEB.resolve("settings").resolve("sections.ts")));
    while (section.find()) {
      sections.add(section.group(1));
    }
    assertThat(sections).contains("profile", "audit");
    return sections;
  }

  /** What lies over the screens, or is only there once something is done. */
  private void lookAtWhatOpens(Desk desk) {
    desk.open(hostile.getFirst()).write("r", "Hello");
    holds(desk, "reply", "#main");
    desk.press("Escape").write("n", "Hello");
    holds(desk, "note", "#main");
    desk.press("Escape", "a");
    assertThat(desk.page().locator("[role=option]").first()).isVisible();
    holds(desk, "assign", DIALOG);
    desk.press("Escape", "Control+k");
    assertThat(desk.page().locator("[role=option]").first()).isVisible();
    holds(desk, "palette", DIALOG);
    desk.press("Escape");
    assertThat(desk.page().getByRole(AriaRole.DIALOG)).hasCount(0);
    desk.press("?");
    assertThat(desk.heading("Keys")).isVisible();
    holds(desk, "keys", DIALOG);
    desk.press("Escape");
    assertThat(desk.heading("Keys")).hasCount(0);
    desk.press("c");
    assertThat(desk.heading("New conversation")).isVisible();
    holds(desk, "new conversation", DIALOG);
    desk.go("/inbox/search?q=order");
    assertThat(desk.page().locator("mark").first()).isVisible();
    holds(desk, "search", "html");
    if (isPhone(desk)) {
      desk.open(hostile.getFirst()).button("Customer").tap();
      assertThat(desk.text("Reachable at")).isVisible();
      holds(desk, "customer", DIALOG);
    }
  }

  private static boolean isPhone(Desk desk) {
    return desk.page().viewportSize().width < 720;
  }

  /** The part is what the selector means: all around it holds already. */
  private void holds(Desk desk, String screen, String part) {
    boolean setting = screen.startsWith("/settings/");
    // The settings are made of the same on both, and of the same colours: each in one of the two,
    // by turns.
    if (!isPhone(desk) || !setting) {
      ColorScheme[] turn = screen.length() % 2 == 0 ? LIGHT : DARK;
      problems.check(
          () -> desk.isAccessible(screen, part, setting ? turn : isPhone(desk) ? LIGHT : BOTH));
    }
    staysWithin(desk, screen);
  }

  private void staysWithin(Desk desk, String screen) {
    problems
        .assertThat(desk.page().evaluate(SIDEWAYS))
        .as("%s scrolls sideways", screen)
        .isEqualTo("");
  }

  /** The page, or a part of it that scrolls down and should not scroll to the side as well. */
  private static final String SIDEWAYS =
      """
      () => [document.documentElement, ...document.querySelectorAll('#root *, [data-portal] *')]
        .filter((each) => each.scrollWidth > each.clientWidth + 1
          && (each === document.documentElement
            || (each.scrollHeight > each.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(each).overflowX))))
        .map((each) => `${each.tagName} ${each.className}: ${each.scrollWidth} of ${each.clientWidth}`)
        .join(', ')
      """;
}
