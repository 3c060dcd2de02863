package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * How agents get in, and how they are kept out. The program trusts its proxy, so that each test
 * comes from an address of its own and spends no other test's attempts.
 */
class SignInTest {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();
  private static final String NEXT = "another long password";

  private static RunningShopbell shopbell;

  private record Member(long id, String email, Browser browser) {}

  @BeforeAll
  static void start() {
    shopbell = RunningShopbell.start(Map.of("shopbell.trusted-proxies", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  private static Browser browser() {
    return new Browser(shopbell, "10.0.0." + ADDRESSES.incrementAndGet());
  }

  private static Browser owner() {
    Browser browser = browser();
    assertThat(browser.signIn(RunningShopbell.OWNER, RunningShopbell.PASSWORD).status())
        .isEqualTo(200);
    return browser;
  }

  private static JsonNode invite(String email, String role) {
    Map<String, String> who = Map.of("name", "New Agent", "email", email, "role", role);
    return shopbell.api().post("/agents", who);
  }

  /** The path of the API under which a link is read and used. */
  private static String path(JsonNode invited) {
    String url = invited.path("invitationUrl").asString();
    assertThat(url).contains("/join/");
    return "/invitations/" + url.substring(url.lastIndexOf('/') + 1);
  }

  private static Member member(String role) {
    String email = Inbox.address("agent");
    JsonNode invited = invite(email, role);
    Browser browser = browser();
    Map<String, String> answer = Map.of("name", "Member", "password", RunningShopbell.PASSWORD);
    assertThat(browser.post(path(invited), answer).status()).isEqualTo(200);
    return new Member(invited.path("agent").path("id").asLong(), email, browser);
  }

  private static int session(Browser browser) {
    return browser.get("/session").status();
  }

  @Test
  void cookieIsOutOfReachOfScriptsAndOtherSites() {
    Browser browser = browser();
    Api.Answer answer =
        browser.signIn(RunningShopbell.OWNER.toUpperCase(), RunningShopbell.PASSWORD);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(browser.setCookie("shopbell_session"))
        .contains("HttpOnly")
        .containsPattern("SameSite=(Lax|Strict)")
        .contains("Path=/");
    assertThat(answer.json().path("agent").path("email").asString())
        .isEqualTo(RunningShopbell.OWNER);
    assertThat(answer.body()).doesNotContain("password").doesNotContain("hash");
    assertThat(session(browser)).isEqualTo(200);
  }

  @Test
  void cookieIsSentEncryptedOnlyWhereTheDeskIsEncrypted() {
    Api.Answer answer =
        shopbell
            .api(null)
            .send(
                "POST",
                "/session",
                Map.of("email", RunningShopbell.OWNER, "password", RunningShopbell.PASSWORD),
                Map.of("X-Forwarded-Proto", "https", "X-Forwarded-For", "10.1.1.1"));
    assertThat(answer.headers().allValues("Set-Cookie"))
        .filteredOn(cookie -> cookie.startsWith("shopbell_session="))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("Secure");
  }

  @Test
  void sessionEndsWithSigningOut() {
    Browser browser = owner();
    Browser stolen = browser.copy();
    assertThat(browser.send("DELETE", "/session", null, true).status()).isEqualTo(204);
    assertThat(session(browser)).isEqualTo(401);
    assertThat(session(stolen)).as("the server has forgotten it too").isEqualTo(401);
  }

  @Test
  void writesOfABrowserNeedTheCsrfToken() {
    Browser browser = owner();
    browser.get("/session");
    Map<String, String> tag = Map.of("name", Inbox.word());
    assertThat(browser.send("POST", "/tags", tag, false).status()).isEqualTo(403);
    assertThat(browser.send("POST", "/tags", tag, true).status()).isEqualTo(201);
  }

  @Test
  void writesOfAProgramNeedNone() {
    assertThat(shopbell.api().post("/tags", Map.of("name", Inbox.word())).path("id").asLong())
        .isPositive();
  }

  @Test
  void wrongPasswordAndUnknownAddressAreToldAlike() {
    Api.Answer wrong = browser().signIn(RunningShopbell.OWNER, "wrong password");
    Api.Answer unknown = browser().signIn(Inbox.address("nobody"), "wrong password");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(wrong.body()).isEqualTo(unknown.body());
    assertThat(wrong.headers().firstValue("Set-Cookie").orElse(""))
        .doesNotContain("shopbell_session");
  }

  @Test
  void guessingIsHeldBackAfterFiveFailures() {
    Member member = member("agent");
    Browser guesser = browser();
    for (int i = 0; i < 5; i++) {
      assertThat(guesser.signIn(member.email(), "guess number " + i).status()).isEqualTo(401);
    }
    Api.Answer held = guesser.signIn(member.email(), RunningShopbell.PASSWORD);
    assertThat(held.status()).isEqualTo(429);
    assertThat(held.headers().firstValue("Retry-After")).isPresent();
    assertThat(browser().signIn(member.email(), RunningShopbell.PASSWORD).status())
        .as("the agent elsewhere is not locked out")
        .isEqualTo(200);
  }

  /** Such a key keeps answers in the transaction of the change, which a refusal rolls back. */
  @Test
  void guessingWithAnIdempotencyKeyIsHeldBackToo() {
    Member member = member("agent");
    int last = 0;
    for (int i = 0; i < 6; i++) {
      last =
          shopbell
              .api()
              .send(
                  "POST",
                  "/session",
                  Map.of("email", member.email(), "password", "guess number " + i),
                  Map.of("Idempotency-Key", Inbox.word(), "X-Forwarded-For", "10.9.9.9"))
              .status();
    }
    assertThat(last).isEqualTo(429);
  }

  private static Browser inNetwork(String network) {
    return new Browser(shopbell, network + Integer.toHexString(ADDRESSES.incrementAndGet()));
  }

  /** A house has as many addresses of IPv6 as it likes. */
  @Test
  void addressesOfOneNetworkAreHeldBackTogether() {
    Member member = member("agent");
    for (int i = 0; i < 5; i++) {
      Api.Answer answer = inNetwork("2001:db8:1:2::").signIn(member.email(), "guess number " + i);
      assertThat(answer.status()).isEqualTo(401);
    }
    String right = RunningShopbell.PASSWORD;
    assertThat(inNetwork("2001:db8:1:2:ffff::").signIn(member.email(), right).status())
        .isEqualTo(429);
    assertThat(inNetwork("2001:db8:1:3::").signIn(member.email(), right).status()).isEqualTo(200);
  }

  @Test
  void aNetworkThatAsksTooOftenWaitsAndNobodyElseDoes() {
    boolean held = false;
    for (int i = 0; i < 2_000 && !held; i++) {
      held = inNetwork("2001:db8:2:2::").get("/session").status() == 429;
    }
    assertThat(held).isTrue();
    assertThat(inNetwork("2001:db8:2:3::").get("/session").status()).isEqualTo(401);
  }

  /** Never by the clock, which would lie on a busy machine: the same work is done. */
  @Test
  void anAddressOfNobodyTakesAsMuchWorkAsAWrongPassword() {
    Member off = member("agent");
    shopbell.api().patch("/agents/" + off.id(), Map.of("active", false));
    String invited = Inbox.address("agent");
    invite(invited, "agent");
    for (String email :
        List.of(RunningShopbell.OWNER, Inbox.address("nobody"), off.email(), invited)) {
      double before = passwordChecks();
      assertThat(browser().signIn(email, "wrong password").status()).isEqualTo(401);
      assertThat(passwordChecks()).as(email).isEqualTo(before + 1);
    }
  }

  private static double passwordChecks() {
    return shopbell.bean(MeterRegistry.class).get("shopbell.password.checks").counter().count();
  }

  @Test
  void aFloodOfSignInsIsWorkedOffInTurn() {
    List<CompletableFuture<Integer>> flood = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 24; i++) {
        Browser stranger = browser();
        flood.add(
            CompletableFuture.supplyAsync(
                () -> stranger.signIn(Inbox.address("nobody"), "wrong password").status(),
                threads));
      }
    }
    assertThat(flood).extracting(CompletableFuture::join).isSubsetOf(401, 429).contains(401);
    assertThat(browser().signIn(RunningShopbell.OWNER, RunningShopbell.PASSWORD).status())
        .isEqualTo(200);
  }

  @Test
  void aCookieThatSomebodyElseHasSetIsWorthNothing() {
    String planted = "planted-by-somebody-who-knows-it";
    Map<String, String> cookie = Map.of("Cookie", "shopbell_session=" + planted);
    Api.Answer in =
        shopbell
            .api(null)
            .send(
                "POST",
                "/session",
                Map.of("email", RunningShopbell.OWNER, "password", RunningShopbell.PASSWORD),
                cookie);
    assertThat(in.status()).isEqualTo(200);
    assertThat(in.headers().allValues("Set-Cookie"))
        .noneMatch(set -> set.contains(planted))
        .noneMatch(set -> set.toUpperCase(java.util.Locale.ROOT).startsWith("JSESSIONID"))
        .anyMatch(set -> set.startsWith("shopbell_session="));
    assertThat(shopbell.api(null).send("GET", "/session", null, cookie).status()).isEqualTo(401);
  }

  @Test
  void nobodySignsInFromAPageOfAnotherSite() {
    String form = "email=" + RunningShopbell.OWNER + "&password=" + RunningShopbell.PASSWORD;
    String json =
        "{\"email\":\"%s\",\"password\":\"%s\"}"
            .formatted(RunningShopbell.OWNER, RunningShopbell.PASSWORD);
    Map<String, String> bodies =
        Map.of("application/x-www-form-urlencoded", form, "text/plain", json);
    bodies.forEach((type, body) ->
        assertThat(
                shopbell
                    .api(null)
                    .send("POST", "/session", body, Map.of("Content-Type", type))
                    .status())
            .as("what a form can send: " + type)
            .isEqualTo(415));
  }

  @Test
  void invitationWorksOnce() {
    String email = Inbox.address("agent");
    JsonNode invited = invite(email, "lead");
    Browser browser = browser();
    JsonNode read = browser.get(path(invited)).json();
    assertThat(read.path("email").asString()).isEqualTo(email);
    assertThat(read.path("purpose").asString()).isEqualTo("invitation");
    Map<String, String> answer = Map.of("name", "Lee Lead", "password", RunningShopbell.PASSWORD);
    assertThat(browser.post(path(invited), Map.of("name", "Lee", "password", "short")).status())
        .isEqualTo(422);
    Api.Answer joined = browser.post(path(invited), answer);
    assertThat(joined.status()).isEqualTo(200);
    assertThat(joined.json().path("agent").path("name").asString()).isEqualTo("Lee Lead");
    assertThat(joined.json().path("agent").path("role").asString()).isEqualTo("lead");
    assertThat(session(browser)).isEqualTo(200);
    assertThat(browser().get(path(invited)).status()).isEqualTo(404);
    assertThat(browser().post(path(invited), answer).status()).isEqualTo(404);
    assertThat(browser().signIn(email, RunningShopbell.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void invitationExpires() {
    JsonNode invited = invite(Inbox.address("agent"), "agent");
    shopbell
        .bean(JdbcClient.class)
        .sql("update invitation set expires_at = now() - interval '1 second' where agent_id = ?")
        .param(invited.path("agent").path("id").asLong())
        .update();
    Map<String, String> answer = Map.of("password", RunningShopbell.PASSWORD);
    assertThat(browser().get(path(invited)).status()).isEqualTo(404);
    assertThat(browser().post(path(invited), answer).status()).isEqualTo(404);
  }

  @Test
  void newInvitationEndsTheEarlierOne() {
    JsonNode first = invite(Inbox.address("agent"), "agent");
    long id = first.path("agent").path("id").asLong();
    JsonNode second = shopbell.api().post("/agents/" + id + "/invitation", Map.of());
    assertThat(browser().get(path(first)).status()).isEqualTo(404);
    assertThat(browser().get(path(second)).status()).isEqualTo(200);
  }

  @Test
  void whoeverIsInvitedButHasNotJoinedCannotSignIn() {
    String email = Inbox.address("agent");
    invite(email, "agent");
    assertThat(browser().signIn(email, "").status()).isEqualTo(401);
    assertThat(browser().signIn(email, "nobody has this password").status()).isEqualTo(401);
  }

  @Test
  void resetEndsEverySession() {
    Member member = member("agent");
    JsonNode link = shopbell.api().post("/agents/" + member.id() + "/invitation", Map.of());
    Browser elsewhere = browser();
    assertThat(elsewhere.get(path(link)).json().path("purpose").asString()).isEqualTo("reset");
    assertThat(session(member.browser())).isEqualTo(200);
    assertThat(elsewhere.post(path(link), Map.of("password", NEXT)).status()).isEqualTo(200);
    assertThat(session(member.browser())).isEqualTo(401);
    assertThat(session(elsewhere)).isEqualTo(200);
    assertThat(browser().signIn(member.email(), RunningShopbell.PASSWORD).status()).isEqualTo(401);
    assertThat(browser().signIn(member.email(), NEXT).status()).isEqualTo(200);
  }

  @Test
  void changedPasswordEndsTheOtherSessions() {
    Member member = member("agent");
    Browser other = browser();
    assertThat(other.signIn(member.email(), RunningShopbell.PASSWORD).status()).isEqualTo(200);
    Map<String, String> wrong = Map.of("current", "not this one", "next", NEXT);
    assertThat(member.browser().send("PUT", "/me/password", wrong, true).status()).isEqualTo(422);
    assertThat(session(other)).isEqualTo(200);
    Map<String, String> change = Map.of("current", RunningShopbell.PASSWORD, "next", NEXT);
    assertThat(member.browser().send("PUT", "/me/password", change, true).status()).isEqualTo(204);
    assertThat(session(member.browser())).isEqualTo(200);
    assertThat(session(other)).isEqualTo(401);
    assertThat(browser().signIn(member.email(), NEXT).status()).isEqualTo(200);
  }

  @Test
  void whoeverHoldsASessionCannotGuessThePassword() {
    Member member = member("agent");
    Map<String, String> wrong = Map.of("current", "not this one", "next", NEXT);
    for (int i = 0; i < 10; i++) {
      assertThat(member.browser().send("PUT", "/me/password", wrong, true).status()).isEqualTo(422);
    }
    Map<String, String> right = Map.of("current", RunningShopbell.PASSWORD, "next", NEXT);
    assertThat(member.browser().send("PUT", "/me/password", right, true).status()).isEqualTo(429);
  }

  @Test
  void deactivatedAgentIsOutAtOnce() {
    Member member = member("agent");
    String token = token(member.browser(), List.of("conversations:read"), null);
    assertThat(shopbell.api(token).get("/session").path("agent").path("id").asLong())
        .isEqualTo(member.id());
    shopbell.api().patch("/agents/" + member.id(), Map.of("active", false));
    assertThat(session(member.browser())).isEqualTo(401);
    assertThat(shopbell.api(token).send("GET", "/session", null, Map.of()).status()).isEqualTo(401);
    assertThat(browser().signIn(member.email(), RunningShopbell.PASSWORD).status()).isEqualTo(401);
    shopbell.api().patch("/agents/" + member.id(), Map.of("active", true));
    assertThat(session(member.browser())).as("the old session stays ended").isEqualTo(401);
    assertThat(browser().signIn(member.email(), RunningShopbell.PASSWORD).status()).isEqualTo(200);
  }

  private static String token(Browser browser, List<String> scopes, Instant expires) {
    Map<String, Object> token =
        expires == null
            ? Map.of("name", "Program", "scopes", scopes)
            : Map.of("name", "Program", "scopes", scopes, "expiresAt", expires.toString());
    Api.Answer made = browser.post("/tokens", token);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.json().path("token").asString();
  }

  @Test
  void lastOwnerStaysOwner() {
    long owner = shopbell.api().get("/session").path("agent").path("id").asLong();
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(Map.of("role", "agent"), Map.of("active", false))) {
      Api.Answer answer = shopbell.api().send("PATCH", "/agents/" + owner, change, Map.of());
      assertThat(answer.status()).isEqualTo(409);
    }
    // An owner who has been invited but has not joined could let nobody in.
    long invited = invite(Inbox.address("agent"), "owner").path("agent").path("id").asLong();
    Api.Answer answer =
        shopbell.api().send("PATCH", "/agents/" + owner, Map.of("role", "agent"), Map.of());
    shopbell.api().patch("/agents/" + invited, Map.of("role", "agent"));
    assertThat(answer.status()).isEqualTo(409);
    assertThat(shopbell.api().get("/session").path("agent").path("role").asString())
        .isEqualTo("owner");
  }

  @Test
  void tokenDoesNoMoreThanItsScopes() {
    Member member = member("agent");
    Api reader = shopbell.api(token(member.browser(), List.of("conversations:read"), null));
    assertThat(reader.get("/conversations").path("items").isArray()).isTrue();
    assertThat(reader.send("POST", "/tags", Map.of("name", Inbox.word()), Map.of()).status())
        .isEqualTo(403);
    Map<String, Object> more = Map.of("name", "More", "scopes", List.of("agents:manage"));
    assertThat(member.browser().post("/tokens", more).status())
        .as("no more than its maker may")
        .isEqualTo(422);
  }

  @Test
  void tokenLosesWhatItsAgentLoses() {
    Member member = member("owner");
    Api manager = shopbell.api(token(member.browser(), List.of("agents:manage"), null));
    assertThat(manager.send("PATCH", "/agents/999999999", Map.of(), Map.of()).status())
        .isEqualTo(404);
    shopbell.api().patch("/agents/" + member.id(), Map.of("role", "agent"));
    assertThat(manager.send("PATCH", "/agents/999999999", Map.of(), Map.of()).status())
        .isEqualTo(403);
  }

  @Test
  void expiredAndRevokedTokensOpenNothing() {
    Member member = member("agent");
    String token =
        token(member.browser(), List.of("conversations:read"), Instant.now().plusSeconds(3_600));
    assertThat(shopbell.api(token).send("GET", "/session", null, Map.of()).status()).isEqualTo(200);
    shopbell
        .bean(JdbcClient.class)
        .sql("update api_token set expires_at = now() - interval '1 second' where agent_id = ?")
        .param(member.id())
        .update();
    // Who calls is remembered for a second.
    await("the end of an expired token")
        .until(() -> shopbell.api(token).send("GET", "/session", null, Map.of()).status() == 401);
    String other = token(member.browser(), List.of("conversations:read"), null);
    JsonNode listed = member.browser().get("/tokens").json().path("items");
    assertThat(listed.toString()).doesNotContain(other);
    long id = listed.get(0).path("id").asLong();
    assertThat(shopbell.api().send("DELETE", "/tokens/" + id, null, Map.of()).status())
        .as("not somebody else's")
        .isEqualTo(404);
    assertThat(member.browser().send("DELETE", "/tokens/" + id, null, true).status())
        .isEqualTo(204);
    assertThat(shopbell.api(other).send("GET", "/session", null, Map.of()).status()).isEqualTo(401);
  }

  @Test
  void everyAnswerBearsTheSecurityHeaders() {
    for (String path : List.of("/session", "/conversations", "/openapi.json")) {
      Api.Answer answer = shopbell.api().send("GET", path, null, Map.of());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
      assertThat(answer.headers().firstValue("Referrer-Policy")).isPresent();
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains(
              "default-src 'self'",
              "script-src 'self'",
              "frame-ancestors 'none'",
              "object-src 'none'")
          .doesNotContainPattern("script-src[^;]*unsafe");
    }
  }
}
