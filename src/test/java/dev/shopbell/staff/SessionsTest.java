package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.OpenDesk;
import dev.shopbell.RunningShopbell;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where an agent is signed in, and how that ends. */
class SessionsTest {
  private static final String FIREFOX =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";

  private final RunningShopbell shopbell = RunningShopbell.shared();

  private static int session(Browser browser) {
    return browser.get("/session").status();
  }

  private Browser alsoSignedIn(Colleague.Member member) {
    Browser browser = new Browser(shopbell);
    assertThat(browser.signIn(member.email(), RunningShopbell.PASSWORD).status()).isEqualTo(200);
    return browser;
  }

  @Test
  void anAgentSeesTheirSessionsAndEndsOneOrAllOthers() {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    Api.Answer signedIn =
        shopbell
            .api(null)
            .send(
                "POST",
                "/session",
                Map.of("email", member.email(), "password", RunningShopbell.PASSWORD),
                Map.of("User-Agent", FIREFOX));
    assertThat(signedIn.status()).isEqualTo(200);
    Browser third = alsoSignedIn(member);
    JsonNode listed = member.browser().get("/me/sessions").json().path("items");
    assertThat(listed.size()).isEqualTo(3);
    assertThat(listed.get(0).path("current").asBoolean()).isTrue();
    assertThat(listed.get(0).path("network").asString()).isEqualTo("127.0.0.x");
    JsonNode firefox =
        listed
            .valueStream()
            .filter(one -> one.path("browser").asString("").equals("Firefox"))
            .findFirst()
            .orElseThrow();
    assertThat(firefox.path("system").asString()).isEqualTo("Windows");
    assertThat(firefox.path("current").asBoolean()).isFalse();
    String path = "/me/sessions/" + firefox.path("id").asLong();
    assertThat(
            Colleague.member(shopbell, Map.of())
                .browser()
                .send("DELETE", path, null, true)
                .status())
        .as("not somebody else's")
        .isEqualTo(404);
    assertThat(third.send("DELETE", path, null, true).status()).isEqualTo(204);
    assertThat(member.browser().get("/me/sessions").json().path("items").size()).isEqualTo(2);
    assertThat(member.browser().send("DELETE", "/me/sessions", null, true).status()).isEqualTo(204);
    assertThat(session(third)).isEqualTo(401);
    assertThat(session(member.browser())).isEqualTo(200);
  }

  @Test
  void endingASessionClosesItsLiveConnection() {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    Browser other = alsoSignedIn(member);
    try (OpenDesk desk =
        OpenDesk.opening(
            shopbell, Map.of("Cookie", "shopbell_session=" + other.cookie("shopbell_session")))) {
      desk.hello();
      member.browser().send("DELETE", "/me/sessions", null, true);
      await("the end of the connection").until(() -> desk.closed() != 0);
    }
  }

  @Test
  void whoeverManagesPeopleSignsSomebodyOutEverywhere() {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    Colleague.Member colleague = Colleague.member(shopbell, Map.of());
    String path = "/agents/" + member.id() + "/sessions";
    assertThat(colleague.browser().send("DELETE", path, null, true).status()).isEqualTo(403);
    assertThat(session(member.browser())).isEqualTo(200);
    shopbell.api().delete(path);
    assertThat(session(member.browser())).isEqualTo(401);
    assertThat(shopbell.api().get("/audit?limit=5").toString()).contains("SessionsEnded");
    assertThat(session(alsoSignedIn(member))).as("they may come back").isEqualTo(200);
  }

  @Test
  void aTokenSaysNothingOfSessionsAndEndsNone() {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    Api program = member.byToken(shopbell, "conversations:read");
    assertThat(program.send("GET", "/me/sessions", null, Map.of()).status()).isEqualTo(403);
    assertThat(program.send("DELETE", "/me/sessions", null, Map.of()).status()).isEqualTo(403);
    assertThat(session(member.browser())).isEqualTo(200);
  }
}
