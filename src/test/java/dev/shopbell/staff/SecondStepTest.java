package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.RunningShopbell;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What is asked after the password. The program trusts its proxy, so that each browser comes from
 * an address of its own.
 */
class SecondStepTest {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private static RunningShopbell shopbell;

  /** Somebody with an authenticator app, signed in. */
  private record Careful(long id, String email, Browser browser, String key, List<String> codes) {
    /** Of the step after the one that was used to set it up: none was taken twice. */
    String code() {
      return Totp.code(key, Totp.step(Instant.now()) + 1);
    }
  }

  @BeforeAll
  static void start() {
    shopbell = RunningShopbell.start(Map.of("shopbell.trusted-proxies", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  private static Browser browser() {
    return new Browser(shopbell, "10.0.1." + ADDRESSES.incrementAndGet());
  }

  private static Browser signedIn(String email) {
    Browser browser = browser();
    assertThat(browser.signIn(email, RunningShopbell.PASSWORD).status()).isEqualTo(200);
    return browser;
  }

  private static Careful careful() {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    return setUp(member.id(), member.email(), member.browser());
  }

  private static Careful setUp(long id, String email, Browser browser) {
    JsonNode setup = browser.post("/me/authenticator-app", Map.of()).json();
    String key = setup.path("key").asString();
    assertThat(setup.path("uri").asString()).startsWith("otpauth://totp/").contains(key);
    Api.Answer wrong = browser.send("PUT", "/me/authenticator-app", Map.of("code", "000"), true);
    assertThat(wrong.status()).isEqualTo(422);
    Map<String, String> code = Map.of("code", Totp.code(key, Totp.step(Instant.now())));
    Api.Answer on = browser.send("PUT", "/me/authenticator-app", code, true);
    assertThat(on.status()).as(on.body()).isEqualTo(200);
    List<String> codes = on.json().path("codes").valueStream().map(JsonNode::asString).toList();
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    return new Careful(id, email, browser, key, codes);
  }

  /** The right password, and the ticket that comes of it. */
  private static String ticket(Browser browser, String email) {
    Api.Answer half = browser.signIn(email, RunningShopbell.PASSWORD);
    assertThat(half.status()).as(half.body()).isEqualTo(202);
    assertThat(browser.cookie("shopbell_session")).isNull();
    return half.json().path("ticket").asString();
  }

  private static int second(Browser browser, String ticket, String code) {
    return browser.post("/session/second-step", Map.of("ticket", ticket, "code", code)).status();
  }

  @Test
  void codesAreThoseOfTheStandard() {
    // RFC 6238, appendix B: the last six of its eight digits
    String key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    Map.of(59L, "287082", 1_111_111_109L, "081804", 2_000_000_000L, "279037")
        .forEach((at, code) ->
            assertThat(Totp.code(key, Totp.step(Instant.ofEpochSecond(at)))).isEqualTo(code));
  }

  @Test
  void afterThePasswordACodeIsAskedAndEachIsTakenOnce() {
    Careful careful = careful();
    Browser browser = browser();
    String ticket = ticket(browser, careful.email());
    assertThat(browser.get("/session").status()).isEqualTo(401);
    assertThat(second(browser, ticket, "000000")).isEqualTo(401);
    String code = careful.code();
    assertThat(second(browser, ticket, code)).isEqualTo(200);
    assertThat(browser.get("/session").status()).isEqualTo(200);
    Browser thief = browser();
    assertThat(second(thief, ticket, careful.codes().getFirst()))
        .as("the ticket is used up")
        .isEqualTo(401);
    assertThat(second(thief, ticket(thief, careful.email()), code))
        .as("so is the code")
        .isEqualTo(401);
  }

  @Test
  void aRecoveryCodeWorksOnceAndNewOnesReplaceThem() {
    Careful careful = careful();
    String first = careful.codes().getFirst();
    Browser browser = browser();
    assertThat(second(browser, ticket(browser, careful.email()), first.toUpperCase()))
        .isEqualTo(200);
    assertThat(browser.get("/me/sign-in").json().path("recoveryCodes").asInt()).isEqualTo(9);
    Browser again = browser();
    assertThat(second(again, ticket(again, careful.email()), first)).isEqualTo(401);
    JsonNode fresh = browser.post("/me/recovery-codes", Map.of()).json().path("codes");
    assertThat(second(again, ticket(again, careful.email()), careful.codes().get(1)))
        .isEqualTo(401);
    assertThat(second(again, ticket(again, careful.email()), fresh.get(0).asString()))
        .isEqualTo(200);
  }

  @Test
  void nothingSecretLiesReadableInTheDatabase() {
    Careful careful = careful();
    JdbcClient jdbc = shopbell.bean(JdbcClient.class);
    byte[] sealed =
        jdbc.sql("select secret from totp where agent_id = ?")
            .param(careful.id())
            .query(byte[].class)
            .single();
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(careful.key());
    List<String> kept =
        jdbc.sql("select signature from recovery_code where agent_id = ?")
            .param(careful.id())
            .query(String.class)
            .list();
    assertThat(kept).hasSize(10);
    careful
        .codes()
        .forEach(code -> assertThat(kept).noneMatch(one -> one.contains(code.replace("-", ""))));
  }

  @Test
  void guessingTheCodeIsHeldBackEverywhere() {
    Careful careful = careful();
    for (int i = 0; i < 10; i++) {
      Browser guesser = browser();
      assertThat(second(guesser, ticket(guesser, careful.email()), "00000" + i)).isEqualTo(401);
    }
    Browser held = browser();
    assertThat(second(held, ticket(held, careful.email()), careful.code())).isEqualTo(429);
    assertThat(shopbell.api().get("/audit?limit=20").toString()).contains("SignInRefused");
  }

  @Test
  void aLinkForANewPasswordIsNoWayAroundIt() {
    Careful careful = careful();
    String url =
        shopbell
            .api()
            .post("/agents/" + careful.id() + "/invitation", Map.of())
            .path("invitationUrl")
            .asString();
    Browser browser = browser();
    Api.Answer taken =
        browser.post(
            "/invitations/" + url.substring(url.lastIndexOf('/') + 1),
            Map.of("password", "another long password"));
    assertThat(taken.status()).isEqualTo(202);
    assertThat(browser.get("/session").status()).isEqualTo(401);
    assertThat(second(browser, taken.json().path("ticket").asString(), careful.code()))
        .isEqualTo(200);
  }

  @Test
  void howOneSignsInIsChangedSoonAfterShowingThePasswordOnly() {
    Careful careful = careful();
    shopbell
        .bean(JdbcClient.class)
        .sql("update session set confirmed_at = now() - interval '16 minutes' where agent_id = ?")
        .param(careful.id())
        .update();
    Browser browser = careful.browser();
    assertThat(browser.send("DELETE", "/me/authenticator-app", null, true).status()).isEqualTo(403);
    assertThat(browser.post("/me/recovery-codes", Map.of()).status()).isEqualTo(403);
    assertThat(browser.post("/me/confirmation", Map.of("password", "wrong one")).status())
        .isEqualTo(422);
    assertThat(
            browser.post("/me/confirmation", Map.of("password", RunningShopbell.PASSWORD)).status())
        .isEqualTo(204);
    assertThat(browser.send("DELETE", "/me/authenticator-app", null, true).status()).isEqualTo(204);
    assertThat(signedIn(careful.email()).get("/me/sign-in").json().path("recoveryCodes").asInt())
        .isZero();
  }

  @Test
  void whoeverManagesPeopleTakesALostSecondStepAway() {
    Careful careful = careful();
    String path = "/agents/" + careful.id() + "/second-step";
    assertThat(careful.browser().send("DELETE", path, null, true).status()).isEqualTo(403);
    shopbell.api().delete(path);
    signedIn(careful.email());
    assertThat(shopbell.api().get("/audit?limit=20").toString()).contains("SecondStepWithdrawn");
  }

  @Test
  void whoeverHasToHaveOneDoesNothingElseBefore() {
    String role =
        shopbell
            .api()
            .post(
                "/roles",
                Map.of("name", "Careful ones", "permissions", List.of("conversations:read")))
            .path("id")
            .asString();
    Colleague.Member member = Colleague.member(shopbell, Map.of("role", role));
    Browser browser = member.browser();
    assertThat(browser.get("/conversations").status()).isEqualTo(200);
    shopbell.api().put("/sign-in-policy", Map.of("everyone", false, "roles", List.of(role)));
    try {
      await("being held back").until(() -> browser.get("/conversations").status() == 403);
      JsonNode session = browser.get("/session").json();
      assertThat(session.path("settingUp").asBoolean()).isTrue();
      assertThat(session.path("permissions").size()).isZero();
      assertThat(browser.get("/me/notification-settings").status()).isEqualTo(403);
      assertThat(browser.send("PATCH", "/me", Map.of("name", "No"), true).status()).isEqualTo(403);
      assertThat(shopbell.api().get("/session").path("settingUp").asBoolean())
          .as("others go on")
          .isFalse();
      Careful careful = setUp(member.id(), member.email(), browser);
      assertThat(browser.get("/conversations").status()).isEqualTo(200);
      assertThat(browser.send("DELETE", "/me/authenticator-app", null, true).status())
          .as("the last one stays")
          .isEqualTo(409);
      Browser next = browser();
      assertThat(second(next, ticket(next, member.email()), careful.code())).isEqualTo(200);
      assertThat(next.get("/conversations").status()).isEqualTo(200);
    } finally {
      shopbell.api().put("/sign-in-policy", Map.of("everyone", false, "roles", List.of()));
    }
  }
}
