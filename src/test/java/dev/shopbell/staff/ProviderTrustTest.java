package dev.shopbell.staff;

import static dev.shopbell.staff.ProviderSignInTest.with;
import static dev.shopbell.staff.ProviderSignInTest.without;
import static dev.shopbell.staff.ProviderVisits.end;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.OpenIdKey;
import dev.shopbell.OpenIdServer;
import dev.shopbell.RunningShopbell;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is believed of what a provider, or somebody in its place, answers. */
class ProviderTrustTest {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private static RunningShopbell shopbell;
  private static OpenIdServer provider;
  private static ProviderVisits visits;

  @BeforeAll
  static void start() {
    shopbell = RunningShopbell.start(Map.of("shopbell.trusted-proxies", "127.0.0.1"));
    provider = OpenIdServer.start().signedIn("the owner", RunningShopbell.OWNER);
    visits = new ProviderVisits(provider, add(provider, "Club"));
  }

  private static long add(OpenIdServer provider, String name) {
    return shopbell
        .api()
        .post("/identity-providers", provider.asEntered(name, Map.of()))
        .path("id")
        .asLong();
  }

  @AfterAll
  static void stop() {
    shopbell.close();
    provider.close();
  }

  @AfterEach
  void behaveAgain() {
    provider.behave();
  }

  private static Browser browser() {
    return new Browser(shopbell, "10.0.3." + ADDRESSES.incrementAndGet());
  }

  private static String trouble() {
    JsonNode said =
        shopbell
            .api()
            .get("/identity-providers")
            .path("items")
            .valueStream()
            .filter(one -> one.path("id").asLong() == visits.id())
            .findFirst()
            .orElseThrow();
    return said.path("trouble").asString("");
  }

  private static UnaryOperator<Map<String, Object>> claim(String name, Object value) {
    return claims -> with(claims, name, value);
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  static Stream<Arguments> wrongClaims() {
    return Stream.of(
        Arguments.of("another nonce", "untrusted", claim("nonce", "another")),
        Arguments.of("no nonce", "untrusted", drop("nonce")),
        Arguments.of("for another program", "untrusted", claim("aud", "another")),
        Arguments.of("for nobody", "untrusted", drop("aud")),
        Arguments.of(
            "for two, made for the other",
            "untrusted",
            (UnaryOperator<Map<String, Object>>)
                claims ->
                    with(
                        with(claims, "aud", List.of(OpenIdServer.CLIENT, "another")),
                        "azp",
                        "another")),
        Arguments.of(
            "for two, made for nobody",
            "untrusted",
            claim("aud", List.of(OpenIdServer.CLIENT, "another"))),
        Arguments.of("of another issuer", "untrusted", claim("iss", "https://evil.example")),
        Arguments.of(
            "of the same issuer with a slash", "untrusted", claim("iss", provider.issuer() + "/")),
        Arguments.of("of no issuer", "untrusted", drop("iss")),
        Arguments.of("of nobody", "untrusted", drop("sub")),
        Arguments.of("of a subject without end", "untrusted", claim("sub", "x".repeat(256))),
        Arguments.of("of a subject with a zero", "untrusted", claim("sub", "a\u0000b")),
        Arguments.of("run out", "clock", claim("exp", now() - 120)),
        Arguments.of("without an end", "untrusted", drop("exp")),
        Arguments.of(
            "of tomorrow",
            "clock",
            (UnaryOperator<Map<String, Object>>)
                claims -> with(with(claims, "iat", now() + 86_400), "exp", now() + 86_700)),
        Arguments.of("of yesterday", "clock", claim("iat", now() - 86_400)),
        Arguments.of("not valid yet", "clock", claim("nbf", now() + 200)),
        Arguments.of("without a time", "untrusted", drop("iat")),
        Arguments.of("with an end in words", "untrusted", claim("exp", "tomorrow")));
  }

  private static UnaryOperator<Map<String, Object>> drop(String name) {
    return claims -> without(claims, name);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongClaims")
  void aTokenWithAWrongClaimOpensNothing(
      String what, String why, UnaryOperator<Map<String, Object>> wrong) {
    provider.changing(wrong);
    Browser browser = browser();
    assertThat(visits.signIn(browser)).as(what).isEqualTo(visits.refused(why));
    assertThat(browser.get("/session").status()).isEqualTo(401);
    assertThat(trouble()).as("owners read why").isNotEmpty();
  }

  @Test
  void aTokenWithAWrongSignatureOpensNothing() {
    OpenIdKey stranger = OpenIdKey.make("RS256", "first");
    Map<String, OpenIdServer.Forger> forgers =
        Map.of(
            "alg none",
            OpenIdKey::unsigned,
            "HS256 with the public key",
            OpenIdKey::confused,
            "another's key under the same name",
            (key, claims) -> stranger.signed(claims),
            "changed after it was signed",
            (key, claims) -> {
              String[] signed = key.signed(claims).split("\\.");
              String[] other = key.signed(with(claims, "sub", "another")).split("\\.");
              return signed[0] + "." + other[1] + "." + signed[2];
            },
            "no token",
            (key, claims) -> "nonsense",
            "empty parts",
            (key, claims) -> "..");
    forgers.forEach((what, forger) -> {
      provider.forging(forger);
      Browser browser = browser();
      assertThat(visits.signIn(browser)).as(what).isEqualTo(visits.refused("untrusted"));
      assertThat(browser.get("/session").status()).as(what).isEqualTo(401);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA"})
  void tokensAreSignedInEachOfTheWaysThatOnlyTheProviderCan(String algorithm) {
    try (OpenIdServer other = OpenIdServer.start().signedIn("owner", RunningShopbell.OWNER)) {
      other.rotated(OpenIdKey.make(algorithm, algorithm.equals("PS256") ? "" : "k"), true);
      ProviderVisits there = new ProviderVisits(other, add(other, algorithm));
      assertThat(there.signIn(browser())).isEqualTo("/");
      shopbell.api().delete("/identity-providers/" + there.id());
    }
  }

  @Test
  void aNewKeyIsFoundAndOneThatIsNotShownIsNotAskedForAgainAndAgain() {
    try (OpenIdServer other = OpenIdServer.start().signedIn("owner", RunningShopbell.OWNER)) {
      ProviderVisits there = new ProviderVisits(other, add(other, "Rotating"));
      assertThat(there.signIn(browser())).isEqualTo("/");
      other.rotated(OpenIdKey.make("RS256", "second"), true);
      assertThat(there.signIn(browser())).isEqualTo("/");
      assertThat(other.asked("/keys")).isEqualTo(2);
      other.rotated(OpenIdKey.make("RS256", "third"), false);
      assertThat(there.signIn(browser())).isEqualTo(there.refused("untrusted"));
      assertThat(there.signIn(browser())).isEqualTo(there.refused("untrusted"));
      assertThat(other.asked("/keys")).isEqualTo(2);
      shopbell.api().delete("/identity-providers/" + there.id());
    }
  }

  @Test
  void whatComesBackWorksOnceAndInItsBrowserAlone() {
    Browser browser = browser();
    String back = visits.back(browser);
    Browser another = browser();
    assertThat(end(another, back)).as("no cookie").isEqualTo("/sign-in?trouble=tooLate");
    assertThat(end(browser, back)).as("used up").isEqualTo("/sign-in?trouble=tooLate");
    String first = visits.back(browser);
    visits.back(another);
    assertThat(end(another, first)).as("another's").isEqualTo("/sign-in?trouble=tooLate");
    String good = visits.back(browser);
    Browser twice = browser.copy();
    assertThat(end(browser, good)).isEqualTo("/");
    assertThat(end(twice, good)).as("twice").isEqualTo("/sign-in?trouble=tooLate");
    assertThat(end(browser(), "/session/callback")).isEqualTo("/sign-in?trouble=tooLate");
    assertThat(end(browser(), "/session/callback?state=%00&code=x"))
        .isEqualTo("/sign-in?trouble=tooLate");
  }

  @Test
  void theCookieIsForTheWayBackAloneAndNoScriptReadsIt() {
    Browser browser = browser();
    visits.page(browser, null);
    assertThat(browser.setCookie(ProviderVisits.COOKIE))
        .contains("HttpOnly", "SameSite=Lax", "Path=/api/v1/session/callback", "Max-Age=600");
  }

  @Test
  void aCodeThatIsShownTwiceOpensNothing() {
    Browser browser = browser();
    String first = visits.back(browser);
    assertThat(end(browser, first)).isEqualTo("/");
    Browser thief = browser();
    String second = visits.back(thief);
    String code = first.replaceAll(".*[?&]code=([^&]*).*", "$1");
    assertThat(end(thief, second.replaceAll("code=[^&]*", "code=" + code)))
        .isEqualTo(visits.refused("tooLate"));
    Browser victim = browser();
    String stolen = visits.back(browser()).replaceAll(".*[?&]code=([^&]*).*", "$1");
    assertThat(end(victim, visits.back(victim).replaceAll("code=[^&]*", "code=" + stolen)))
        .as("another browser's code has another verifier")
        .isEqualTo(visits.refused("tooLate"));
  }

  @Test
  void theAnswerOfOneProviderIsNotTakenForAnothers() {
    Browser browser = browser();
    String back = visits.back(browser);
    assertThat(end(browser, back + "&iss=https%3A%2F%2Fevil.example"))
        .isEqualTo(visits.refused("untrusted"));
    provider.describing(said -> with(said, "authorization_response_iss_parameter_supported", true));
    shopbell.api().put("/identity-providers/" + visits.id(), provider.asEntered("Club", Map.of()));
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("untrusted"));
    Browser named = browser();
    assertThat(end(named, visits.back(named) + "&iss=" + provider.issuer())).isEqualTo("/");
    provider.behave();
    shopbell.api().put("/identity-providers/" + visits.id(), provider.asEntered("Club", Map.of()));
  }

  @Test
  void whatTheProviderRefusesIsSaidInItsKind() {
    provider.refusing("access_denied");
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("declined"));
    provider.refusing("temporarily_unavailable");
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("unreachable"));
    provider.refusing("invalid_scope");
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("misconfigured"));
    provider.behave();
    provider.padded(300_000);
    assertThat(visits.signIn(browser())).as("without end").isEqualTo(visits.refused("unreachable"));
    assertThat(trouble()).contains("larger");
    provider.behave();
    assertThat(visits.signIn(browser())).isEqualTo("/");
    assertThat(trouble()).as("since it works").isEmpty();
    String path = "/identity-providers/" + visits.id();
    shopbell.api().put(path, provider.asEntered("Club", Map.of("clientSecret", "old")));
    assertThat(visits.signIn(browser())).isEqualTo(visits.refused("misconfigured"));
    assertThat(trouble()).contains("invalid_client", "run out");
    shopbell.api().put(path, provider.asEntered("Club", Map.of()));
  }

  @Test
  void guessingFromOneAddressIsSlowed() {
    Browser guesser = browser();
    provider.forging(OpenIdKey::unsigned);
    for (int i = 0; i < 30; i++) {
      assertThat(visits.signIn(guesser)).isEqualTo(visits.refused("untrusted"));
    }
    assertThat(visits.signIn(guesser)).isEqualTo(visits.refused("tooMany"));
    provider.behave();
    assertThat(visits.signIn(browser())).as("from elsewhere").isEqualTo("/");
  }

  @Test
  void aPageUnderAnotherAddressIsToldWhereToOpenTheDesk() {
    Api.Answer refused =
        shopbell
            .api(null)
            .send(
                "POST",
                "/session/identity-providers/" + visits.id(),
                Map.of(),
                Map.of("Origin", "https://evil.example"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asString()).contains("http://localhost:");
  }
}
