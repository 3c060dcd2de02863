package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.RunningShopbell;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Signing in by passkey, from a device in software. */
class PasskeyTest {
  private static final String ORIGIN = "https://desk.shop.example";

  private static RunningShopbell shopbell;

  private record Keyed(Colleague.Member member, SoftwareDevice device, JsonNode codes) {}

  @BeforeAll
  static void start() {
    shopbell = RunningShopbell.start(Map.of("shopbell.public-url", ORIGIN));
  }

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  private static Api.Answer add(Browser browser, SoftwareDevice device, String name)
      throws GeneralSecurityException {
    JsonNode registration = browser.post("/me/passkey-challenge", Map.of()).json();
    return browser.post(
        "/me/passkeys",
        Map.of(
            "ticket", registration.path("challenge").path("ticket").asString(),
            "name", name,
            "credential", device.register(registration)));
  }

  private static Keyed keyed() throws GeneralSecurityException {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    SoftwareDevice device = new SoftwareDevice(ORIGIN);
    Api.Answer added = add(member.browser(), device, "Laptop");
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    return new Keyed(member, device, added.json().path("codes"));
  }

  private static JsonNode challenge() {
    return new Browser(shopbell).post("/session/passkey-challenge", Map.of()).json();
  }

  private static int signIn(Browser browser, JsonNode challenge, String answer) {
    return browser
        .post(
            "/session/passkey",
            Map.of("ticket", challenge.path("ticket").asString(), "credential", answer))
        .status();
  }

  private static int signIn(SoftwareDevice device) throws GeneralSecurityException {
    JsonNode challenge = challenge();
    return signIn(new Browser(shopbell), challenge, device.authenticate(challenge));
  }

  @Test
  void aPasskeyAloneLetsItsAgentIn() throws GeneralSecurityException {
    Keyed keyed = keyed();
    assertThat(keyed.codes().size()).isEqualTo(10);
    Browser browser = new Browser(shopbell);
    JsonNode challenge = challenge();
    assertThat(challenge.path("relyingParty").asString()).isEqualTo(URI.create(ORIGIN).getHost());
    String answer = keyed.device().authenticate(challenge);
    assertThat(signIn(browser, challenge, answer)).isEqualTo(200);
    assertThat(browser.get("/session").json().path("agent").path("id").asLong())
        .isEqualTo(keyed.member().id());
    assertThat(signIn(new Browser(shopbell), challenge, answer))
        .as("an answer that was heard on the way")
        .isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void devicesSignAsTheyCan(SoftwareDevice.Algorithm algorithm) throws GeneralSecurityException {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    SoftwareDevice device = new SoftwareDevice(ORIGIN, algorithm);
    Api.Answer added = add(member.browser(), device, "Key");
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(signIn(device)).isEqualTo(200);
    JsonNode challenge = challenge();
    String forged =
        new SoftwareDevice(ORIGIN, algorithm).pretending(device).authenticate(challenge);
    assertThat(signIn(new Browser(shopbell), challenge, forged))
        .as("signed by another key")
        .isEqualTo(401);
  }

  @Test
  void aRemovedPasskeyEndsTheSessionsItOpened() throws GeneralSecurityException {
    Keyed keyed = keyed();
    Browser stolen = new Browser(shopbell);
    JsonNode challenge = challenge();
    assertThat(signIn(stolen, challenge, keyed.device().authenticate(challenge))).isEqualTo(200);
    Browser own = keyed.member().browser();
    long id = own.get("/me/passkeys").json().path("items").get(0).path("id").asLong();
    assertThat(own.send("DELETE", "/me/passkeys/" + id, null, true).status()).isEqualTo(204);
    assertThat(stolen.get("/session").status()).isEqualTo(401);
    assertThat(own.get("/session").status()).as("another way in is not ended").isEqualTo(200);
  }

  @Test
  void whoeverHasOneIsAskedForItAfterThePassword() throws GeneralSecurityException {
    Keyed keyed = keyed();
    Api.Answer half =
        new Browser(shopbell).signIn(keyed.member().email(), RunningShopbell.PASSWORD);
    assertThat(half.status()).isEqualTo(202);
    assertThat(half.json().path("passkey").asBoolean()).isTrue();
    assertThat(half.json().path("app").asBoolean()).isFalse();
    Map<String, String> code =
        Map.of(
            "ticket", half.json().path("ticket").asString(),
            "code", keyed.codes().get(0).asString());
    assertThat(new Browser(shopbell).post("/session/second-step", code).status())
        .as("a recovery code in its place")
        .isEqualTo(200);
  }

  @Test
  void whatDoesNotFitIsRefused() throws GeneralSecurityException {
    SoftwareDevice device = keyed().device();
    assertThat(signIn(device)).isEqualTo(200);
    device.origin = "https://desk.shop.example.evil.example";
    assertThat(signIn(device)).as("another origin").isEqualTo(401);
    device.origin = ORIGIN;
    device.verifiesNobody();
    assertThat(signIn(device)).as("nobody verified").isEqualTo(401);
    SoftwareDevice copied = keyed().device();
    assertThat(signIn(copied)).isEqualTo(200);
    copied.counter--;
    assertThat(signIn(copied)).as("a counter that stands still").isEqualTo(401);
    JsonNode mine = challenge();
    assertThat(signIn(new Browser(shopbell), mine, copied.authenticate(challenge())))
        .as("the answer to another challenge")
        .isEqualTo(401);
    assertThat(signIn(new Browser(shopbell), challenge(), "{}")).isEqualTo(401);
    assertThat(signIn(new Browser(shopbell), challenge(), "no JSON")).isEqualTo(401);
    assertThat(signIn(new SoftwareDevice(ORIGIN))).as("an unknown one").isEqualTo(401);
  }

  @Test
  void registeringNeedsTheRightOriginAndAVerifiedUser() throws GeneralSecurityException {
    Browser browser = Colleague.member(shopbell, Map.of()).browser();
    assertThat(add(browser, new SoftwareDevice("https://evil.example"), "Evil").status())
        .isEqualTo(409);
    SoftwareDevice careless = new SoftwareDevice(ORIGIN);
    careless.verifiesNobody();
    assertThat(add(browser, careless, "Careless").status()).isEqualTo(409);
    assertThat(browser.get("/me/passkeys").json().path("items").size()).isZero();
  }

  @Test
  void passkeysAreNamedAndRemovedByTheirAgentAlone() throws GeneralSecurityException {
    Keyed keyed = keyed();
    Browser browser = keyed.member().browser();
    SoftwareDevice phone = new SoftwareDevice(ORIGIN);
    Api.Answer second = add(browser, phone, "Phone");
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.json().path("codes").size()).as("those that were kept stay").isZero();
    JsonNode listed = browser.get("/me/passkeys").json().path("items");
    assertThat(listed.size()).isEqualTo(2);
    String path = "/me/passkeys/" + listed.get(0).path("id").asLong();
    Browser other = Colleague.member(shopbell, Map.of()).browser();
    assertThat(other.send("DELETE", path, null, true).status()).isEqualTo(404);
    assertThat(other.send("PATCH", path, Map.of("name", "Mine"), true).status()).isEqualTo(404);
    assertThat(
            browser
                .send("PATCH", path, Map.of("name", "Old laptop"), true)
                .json()
                .path("name")
                .asString())
        .isEqualTo("Old laptop");
    assertThat(browser.send("DELETE", path, null, true).status()).isEqualTo(204);
    assertThat(signIn(keyed.device())).isEqualTo(401);
    assertThat(signIn(phone)).isEqualTo(200);
  }

  @Test
  void whoeverHasLostAllTheirDevicesIsHelped() throws GeneralSecurityException {
    Keyed keyed = keyed();
    shopbell.api().delete("/agents/" + keyed.member().id() + "/second-step");
    assertThat(signIn(keyed.device())).isEqualTo(401);
    assertThat(
            new Browser(shopbell).signIn(keyed.member().email(), RunningShopbell.PASSWORD).status())
        .isEqualTo(200);
  }
}
