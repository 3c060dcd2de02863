package dev.shopbell.staff;

import static dev.shopbell.staff.ProviderVisits.end;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.OpenIdServer;
import dev.shopbell.RunningShopbell;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Who gets in by an identity provider, as whom, and who does not. The program trusts its proxy, so
 * that each browser comes from an address of its own.
 */
class ProviderSignInTest {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();
  private static final String DOMAIN = "team.example";

  private static RunningShopbell shopbell;
  private static OpenIdServer provider;
  private static ProviderVisits visits;

  @BeforeAll
  static void start() {
    shopbell = RunningShopbell.start(Map.of("shopbell.trusted-proxies", "127.0.0.1"));
    provider = OpenIdServer.start();
    Map<String, Object> wanted = provider.asEntered("Club", Map.of());
    JsonNode made = shopbell.api().post("/identity-providers", wanted);
    visits = new ProviderVisits(provider, made.path("id").asLong());
  }

  @AfterAll
  static void stop() {
    shopbell.close();
    provider.close();
  }

  @AfterEach
  void behaveAgain() {
    provider.behave();
    set(Map.of());
  }

  private static void set(Map<String, ?> more) {
    shopbell.api().put("/identity-providers/" + visits.id(), provider.asEntered("Club", more));
  }

  private static Browser browser() {
    return new Browser(shopbell, "10.0.2." + ADDRESSES.incrementAndGet());
  }

  private static String address() {
    return Inbox.word() + "@" + DOMAIN;
  }

  private static Colleague.Member member() {
    return member(Map.of());
  }

  private static Colleague.Member member(Map<String, ?> more) {
    String email = address();
    Map<String, Object> who = new HashMap<>(more);
    who.put("email", email);
    Colleague.Member member = Colleague.member(shopbell, who);
    return new Colleague.Member(member.id(), email, member.browser());
  }

  private static boolean isIn(Browser browser) {
    return browser.get("/session").status() == 200;
  }

  private static String subject() {
    return "subject " + Inbox.word();
  }

  @Test
  void whoeverIsInvitedJoinsByTheirVerifiedAddressAndTheirLinkIsUsedUp() {
    String email = address();
    JsonNode invited = shopbell.api().post("/agents", Map.of("name", "Ada", "email", email));
    Browser browser = browser();
    provider.signedIn(subject(), email.toUpperCase());
    assertThat(visits.signIn(browser)).isEqualTo("/");
    JsonNode session = browser.get("/session").json();
    assertThat(session.path("agent").path("id").asLong())
        .isEqualTo(invited.path("agent").path("id").asLong());
    assertThat(session.path("agent").path("joined").asBoolean()).isTrue();
    String link = invited.path("invitationUrl").asString();
    String token = link.substring(link.lastIndexOf('/') + 1);
    assertThat(browser().get("/invitations/" + token).status()).isEqualTo(404);
    assertThat(browser.get("/me/sessions").json().path("items").size()).isEqualTo(1);
    assertThat(browser.get("/me/sign-in").json().path("password").asBoolean()).isFalse();
    assertThat(audit("SignedIn")).contains("provider");
    assertThat(audit("SignInMethodAdded")).contains("provider");
  }

  private static List<String> audit(String fact) {
    return shopbell
        .api()
        .get("/audit?limit=20")
        .path("items")
        .valueStream()
        .filter(entry -> entry.path("name").asString().equals(fact))
        .map(entry ->
            entry
                .path("detail")
                .path("by")
                .asString(entry.path("detail").path("method").asString("")))
        .toList();
  }

  @Test
  void anAccountIsKnownByItsSubjectWhateverItsAddressIsLater() {
    Colleague.Member ada = member();
    String hers = subject();
    provider.signedIn(hers, ada.email());
    assertThat(visits.signIn(browser())).isEqualTo("/");
    provider.signedIn(Map.of("sub", hers, "email", "new@elsewhere.example"));
    Browser later = browser();
    assertThat(visits.signIn(later)).isEqualTo("/");
    assertThat(later.get("/session").json().path("agent").path("id").asLong()).isEqualTo(ada.id());
    provider.signedIn(subject(), ada.email());
    Browser newcomer = browser();
    assertThat(visits.signIn(newcomer))
        .as("somebody else who has her address now")
        .isEqualTo(visits.refused("other"));
    assertThat(isIn(newcomer)).isFalse();
    shopbell.api().delete("/agents/" + ada.id() + "/identity-providers");
    assertThat(visits.signIn(newcomer)).as("once it was unlinked").isEqualTo("/");
  }

  @Test
  void anAddressThatIsNotVerifiedProvesNobody() {
    Colleague.Member ada = member();
    for (Map<String, ?> account :
        List.of(
            Map.of("sub", subject(), "email", ada.email()),
            Map.of("sub", subject(), "email", ada.email(), "email_verified", false),
            Map.of("sub", subject(), "email", ada.email(), "email_verified", "no"),
            Map.of("sub", subject(), "email_verified", true),
            Map.of("sub", subject(), "email", ada.email(), "xms_edov", true))) {
      provider.signedIn(account);
      assertThat(visits.signIn(browser()))
          .as(account.toString())
          .isEqualTo(visits.refused("unproven"));
    }
  }

  @Test
  void whatATerseTokenLeavesOutIsAskedOfTheProviderForTheSameSubjectAlone() {
    Colleague.Member ada = member();
    provider.signedIn(subject(), ada.email());
    provider.changing(claims -> without(claims, "email", "email_verified"));
    long before = provider.asked("/userinfo");
    assertThat(visits.signIn(browser())).isEqualTo("/");
    assertThat(provider.asked("/userinfo")).isEqualTo(before + 1);
    provider.signedIn(subject(), member().email());
    provider.changing(claims -> with(without(claims, "email", "email_verified"), "sub", "another"));
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("unproven"));
  }

  static Map<String, Object> without(Map<String, Object> claims, String... names) {
    Map<String, Object> less = new HashMap<>(claims);
    less.keySet().removeAll(Set.of(names));
    return less;
  }

  static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
    Map<String, Object> more = new HashMap<>(claims);
    more.put(name, value);
    return more;
  }

  @Test
  void strangersJoinByThemselvesOnlyFromTheDomainsAndWithTheRoleThatAnOwnerChose() {
    String stranger = address();
    provider.signedIn(subject(), stranger);
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("unknown"));
    set(Map.of("domains", List.of("@Team.Example"), "joinRole", "lead"));
    Browser browser = browser();
    assertThat(visits.signIn(browser)).isEqualTo("/");
    JsonNode agent = browser.get("/session").json().path("agent");
    assertThat(agent.path("email").asString()).isEqualTo(stranger);
    assertThat(agent.path("name").asString()).isEqualTo("Ada");
    assertThat(agent.path("role").asString()).isEqualTo("lead");
    provider.signedIn(subject(), Inbox.word() + "@sub.team.example");
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("outside"));
    provider.signedIn(subject(), RunningShopbell.OWNER);
    assertThat(visits.signIn(browser()))
        .as("also whoever is known, of another domain")
        .isEqualTo(visits.refused("outside"));
  }

  @Test
  void whoseAccessHasEndedIsToldSo() {
    Colleague.Member ada = member();
    provider.signedIn(subject(), ada.email());
    assertThat(visits.signIn(browser())).isEqualTo("/");
    shopbell.api().patch("/agents/" + ada.id(), Map.of("active", false));
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("ended"));
    provider.signedIn(subject(), ada.email());
    assertThat(visits.signIn(browser()))
        .as("by another account")
        .isEqualTo(visits.refused("ended"));
    Colleague.Member guest =
        member(Map.of("role", "guest", "expiresAt", Instant.now().plusSeconds(1).toString()));
    provider.signedIn(subject(), guest.email());
    Inbox.soon("the end of a guest").until(() -> !isIn(guest.browser()));
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("ended"));
  }

  @Test
  void everybodyButOwnersComesByTheProviderWhereAnOwnerWantsItSo() {
    Colleague.Member ada = member();
    JsonNode invited = shopbell.api().post("/agents", Map.of("name", "B", "email", address()));
    String link = invited.path("invitationUrl").asString();
    set(Map.of("exclusive", true));
    Api.Answer refused = browser().signIn(ada.email(), RunningShopbell.PASSWORD);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("detail").asString()).contains("Club");
    assertThat(browser().signIn(ada.email(), "a wrong password").status())
        .as("who may not is told to nobody but those who know the password")
        .isEqualTo(401);
    Api.Answer joining =
        browser()
            .post(
                "/invitations/" + link.substring(link.lastIndexOf('/') + 1),
                Map.of("password", RunningShopbell.PASSWORD));
    assertThat(joining.status()).isEqualTo(403);
    assertThat(browser().signIn(RunningShopbell.OWNER, RunningShopbell.PASSWORD).status())
        .isEqualTo(200);
    provider.signedIn(subject(), ada.email());
    assertThat(visits.signIn(browser())).isEqualTo("/");
    assertThat(ada.browser().get("/session").status()).as("whoever is in stays").isEqualTo(200);
    set(Map.of());
    assertThat(browser().signIn(ada.email(), RunningShopbell.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void aProviderStandsForBothSteps() {
    shopbell.api().put("/sign-in-policy", Map.of("everyone", true, "roles", List.of()));
    try {
      Colleague.Member ada = member();
      provider.signedIn(subject(), ada.email());
      Browser browser = browser();
      visits.signIn(browser);
      assertThat(browser.get("/session").json().path("settingUp").asBoolean()).isFalse();
      assertThat(ada.browser().get("/session").json().path("settingUp").asBoolean()).isTrue();
    } finally {
      shopbell.api().put("/sign-in-policy", Map.of("everyone", false, "roles", List.of()));
    }
  }

  @Test
  void whoeverIsSignedInLinksAnAccountThatProvesNoAddressAndUnlinksIt() {
    Colleague.Member ada = member();
    String hers = subject();
    provider.signedIn(Map.of("sub", hers));
    assertThat(visits.link(ada.browser())).isEqualTo("/settings/security?linked=" + visits.id());
    Browser browser = browser();
    assertThat(visits.signIn(browser)).isEqualTo("/");
    JsonNode own = browser.get("/me/identity-providers").json().path("items").get(0);
    assertThat(own.path("lastUsedAt").isNull()).isFalse();
    Colleague.Member bob = member();
    assertThat(visits.link(bob.browser()))
        .as("it is hers")
        .isEqualTo("/settings/security?trouble=taken&provider=" + visits.id());
    provider.signedIn(Map.of("sub", subject()));
    assertThat(visits.link(ada.browser()))
        .as("she has one")
        .isEqualTo("/settings/security?trouble=other&provider=" + visits.id());
    String path = "/me/identity-providers/" + visits.id();
    assertThat(browser.send("DELETE", path, null, true).status()).isEqualTo(204);
    assertThat(browser.send("DELETE", path, null, true).status()).isEqualTo(404);
    provider.signedIn(Map.of("sub", hers));
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("unproven"));
  }

  @Test
  void theOnlyWayInCannotBeGivenUp() {
    String email = address();
    shopbell.api().post("/agents", Map.of("name", "Ada", "email", email));
    provider.signedIn(subject(), email);
    Browser browser = browser();
    visits.signIn(browser);
    String path = "/me/identity-providers/" + visits.id();
    assertThat(browser.send("DELETE", path, null, true).status()).isEqualTo(409);
    assertThat(visits.signIn(browser())).isEqualTo("/");
    Map<String, String> choice = Map.of("next", RunningShopbell.PASSWORD);
    assertThat(browser.send("PUT", "/me/password", choice, true).status())
        .as("a password, where there is none yet")
        .isEqualTo(204);
    assertThat(browser.send("PUT", "/me/password", choice, true).status()).isEqualTo(422);
    assertThat(browser.send("DELETE", path, null, true).status()).isEqualTo(204);
    assertThat(browser().signIn(email, RunningShopbell.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void anAccountIsLinkedByWhoeverBeganItInThatSessionAlone() {
    Colleague.Member ada = member();
    Colleague.Member bob = member();
    provider.signedIn(Map.of("sub", subject()));
    String page =
        bob.browser()
            .post("/me/identity-providers/" + visits.id(), Map.of())
            .json()
            .path("url")
            .asString();
    String back = ProviderVisits.path(provider.visit(page));
    assertThat(end(ada.browser(), back)).isEqualTo("/sign-in?trouble=tooLate");
    assertThat(
            ada.browser()
                .get("/me/identity-providers")
                .json()
                .path("items")
                .get(0)
                .path("linkedAt")
                .isNull())
        .isTrue();
  }

  @Test
  void theBrowserGoesOnToWhereItWantedInTheDesk() {
    provider.signedIn(subject(), member().email());
    Browser browser = browser();
    String page = visits.page(browser, "/inbox/open/17?q=a%20b&x=1#top");
    assertThat(end(browser, ProviderVisits.path(provider.visit(page))))
        .isEqualTo("/inbox/open/17?q=a%20b&x=1#top");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "evil",
        "/%zz",
        "/#a#b",
        "/\"><script>"
      })
  void itGoesNowhereElse(String elsewhere) {
    provider.signedIn("somebody", RunningShopbell.OWNER);
    Browser browser = browser();
    String page = visits.page(browser, elsewhere);
    assertThat(end(browser, ProviderVisits.path(provider.visit(page)))).isEqualTo("/");
  }
}
