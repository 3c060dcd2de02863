package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The desk in a real browser, as one agent has it before them: keys, rows, messages. It keeps its
 * own cookies and its own memory, so two of them are two people.
 */
final class Desk implements AutoCloseable {
  static final int PATIENCE_MS = 20_000;

  private static final String AXE = axe();

  /** By these rules, or by all; what others laid out, in the frame of a mail, is not looked at. */
  private static final String RUN_AXE =
      """
      async ({part, rules}) => {
        const options = {resultTypes: ['violations'], iframes: false};
        if (rules.length > 0) options.runOnly = {type: 'rule', values: rules};
        const {violations} = await axe.run(part, options);
        return violations.map(({id, nodes}) =>
          id + ' ' + nodes.map((each) => each.target + ' ' + each.failureSummary).join('; '));
      }
      """;

  private final BrowserContext context;
  private final Page page;
  private final String address;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> calledOut = new ArrayList<>();

  private Desk(String address, NewContextOptions options) {
    this.address = address;
    String ours = address.split("://", 2)[1] + "/";
    context =
        Chromium.shared()
            .newContext(options.setBaseURL(address).setReducedMotion(ReducedMotion.REDUCE));
    context.setDefaultTimeout(PATIENCE_MS);
    context.onRequest(request -> {
      String url = request.url();
      if (url.matches("(?:https?|wss?)://.*") && !url.split("://", 2)[1].startsWith(ours)) {
        calledOut.add(url);
      }
    });
    context.onWebError(error -> complaints.add(error.error()));
    context.onConsoleMessage(message -> {
      // A refusal that the desk handles is still printed by the browser.
      if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
        complaints.add(message.text());
      }
    });
    context.onDialog(dialog -> {
      complaints.add("dialog: " + dialog.message());
      dialog.dismiss();
    });
    page = context.newPage();
  }

  /** A desk on a screen of usual size; nobody is signed in. */
  static Desk of(RunningShopbell shopbell) {
    return new Desk(shopbell.address(), new NewContextOptions().setViewportSize(1440, 900));
  }

  /** The same, reached by its name: a number is no host that a passkey could be bound to. */
  static Desk byName(RunningShopbell shopbell) {
    return new Desk(
        shopbell.address().replace("127.0.0.1", "localhost"),
        new NewContextOptions().setViewportSize(1440, 900));
  }

  static Desk onPhone(RunningShopbell shopbell) {
    return new Desk(
        shopbell.address(),
        new NewContextOptions().setViewportSize(390, 844).setHasTouch(true).setIsMobile(true));
  }

  Desk signedIn() {
    return signedIn(RunningShopbell.OWNER, RunningShopbell.PASSWORD);
  }

  Desk signedIn(String email, String password) {
    var answer =
        context
            .request()
            .post(
                "/api/v1/session",
                RequestOptions.create().setData(Map.of("email", email, "password", password)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return this;
  }

  /** As agents who set it so: nothing is held back for some seconds, to be undone. */
  Desk sendingAtOnce() {
    // not in the frames of mails, which may store nothing
    context.addInitScript("if (top === self) localStorage.setItem('shopbell.undoSeconds', '0')");
    return this;
  }

  /** Opens an address of the desk, which stands there with its heading. */
  Desk go(String path) {
    page.navigate(path);
    return this;
  }

  /** The inbox, with every list and key of it in place. */
  Desk inbox() {
    go("/inbox/open");
    assertThat(page.getByLabel("Search conversations")).isVisible();
    return this;
  }

  /** A conversation, opened by its address. */
  Desk open(long conversation) {
    go("/inbox/all/" + conversation);
    assertThat(page.getByRole(AriaRole.ARTICLE).first()).isVisible();
    return this;
  }

  /**
   * Waits for parts of the desk that come once the first page rests, by the names of their modules.
   */
  Desk having(String... parts) {
    page.waitForFunction(
        """
        (parts) => {
          const came = performance.getEntriesByType('resource').filter((one) => one.responseEnd > 0);
          return parts.every((part) => came.some((one) => one.name.includes(`/${part}-`) && one.name.endsWith('.js')));
        }
        """,
        List.of(parts));
    return this;
  }

  Desk press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
    return this;
  }

  Desk type(String text) {
    page.keyboard().type(text);
    return this;
  }

  /** Picks from the choice that the key opens. */
  Desk pick(String key, String wanted) {
    press(key);
    assertThat(page.locator("[role=combobox][data-autofocus]")).isFocused();
    type(wanted);
    assertThat(page.locator("[role=option]:visible").first())
        .containsText(wanted, new LocatorAssertions.ContainsTextOptions().setIgnoreCase(true));
    return press("Enter");
  }

  /** Runs a command by its name. */
  Desk command(String name) {
    return pick("Control+k", name);
  }

  /** Opens the editor by its key. */
  Desk write(String key, String text) {
    press(key);
    assertThat(editor()).isFocused();
    return type(text);
  }

  /** A row of the list. */
  Locator row(String words) {
    return page.locator("li[aria-posinset]").filter(new Locator.FilterOptions().setHasText(words));
  }

  Locator message(String words) {
    return page.getByRole(AriaRole.ARTICLE).filter(new Locator.FilterOptions().setHasText(words));
  }

  Locator editor() {
    return page.locator(".tiptap");
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first();
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).first();
  }

  Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator text(String text) {
    return page.getByText(text).first();
  }

  Locator field(String label) {
    return page.getByRole(
        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(label).setExact(true));
  }

  Page page() {
    return page;
  }

  /** Waits until the address is this one. */
  Desk isAt(String pattern) {
    assertThat(page).hasURL(Pattern.compile(address.replace(".", "\\.") + pattern + "$"));
    return this;
  }

  /** Errors of scripts and refusals of the content policy, so far. */
  List<String> complaints() {
    return complaints;
  }

  /** What was asked of other hosts, so far. */
  List<String> calledOut() {
    return calledOut;
  }

  /** Axe finds nothing on what is shown; in the dark, which changes colours alone, in those. */
  void isAccessible(String screen) {
    isAccessible(screen, "html", ColorScheme.LIGHT, ColorScheme.DARK);
  }

  /** The same for the part that the selector means: what is around it was looked at before. */
  void isAccessible(String screen, String part, ColorScheme... schemes) {
    if (page.evaluate("typeof axe").equals("undefined")) {
      page.evaluate(AXE);
    }
    for (ColorScheme scheme : schemes) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      assertThat(page.locator("html"))
          .hasAttribute("data-mantine-color-scheme", scheme == ColorScheme.DARK ? "dark" : "light");
      List<String> rules =
          scheme == ColorScheme.DARK ? List.of("color-contrast", "link-in-text-block") : List.of();
      assertThat((List<?>) page.evaluate(RUN_AXE, Map.of("part", part, "rules", rules)))
          .as("%s, %s", screen, scheme)
          .isEmpty();
    }
  }

  private static String axe() {
    try (InputStream script = Desk.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; undefined";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
