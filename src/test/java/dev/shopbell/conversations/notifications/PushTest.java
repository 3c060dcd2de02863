package dev.shopbell.conversations.notifications;

import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Browsers are told, sealed for each of them, and nobody is told twice. */
class PushTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api owner = shopbell.api();
  private final Api bea = Colleague.joins(shopbell, "agent");
  private final JsonNode me = bea.get("/session").path("agent");
  private final long conversation = inbox.begin(address("anna"), "Teapot");
  private PushService service;

  @BeforeEach
  void start() throws Exception {
    service = new PushService();
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
  }

  private void settings(boolean words) {
    bea.put(
        "/me/notification-settings",
        Map.of(
            "choices",
            List.of(),
            "mailAfterMinutes",
            0,
            "timeZone",
            "UTC",
            "pushWords",
            words,
            "followAnswered",
            true));
  }

  private void mentionBea(String words) {
    owner.post(
        "/conversations/" + conversation + "/notes",
        Map.of(
            "html",
            "<p><span data-mention=\""
                + me.path("id").asLong()
                + "\">@Colleague</span> "
                + words
                + "</p>"));
  }

  private String pushed(int count) {
    soon(count + " pushes").until(() -> service.calls() >= count);
    return service.newest();
  }

  @Test
  void aMentionReachesTheBrowserAndSaysNoMoreThanNeeded() throws Exception {
    service.subscribe(bea);
    mentionBea("secret words");
    String request = pushed(1);
    JsonNode shown = service.opened(request);
    assertThat(shown.path("kind").asString()).isEqualTo("mentioned");
    assertThat(shown.path("conversation").asLong()).isEqualTo(conversation);
    assertThat(shown.toString()).doesNotContain("secret", "Teapot");
    assertThat(PushService.header(request, "Content-Encoding")).isEqualTo("aes128gcm");
    assertThat(PushService.header(request, "Topic")).isEqualTo("c" + conversation);
    assertThat(PushService.header(request, "TTL")).isEqualTo("14400");
    JsonNode claims =
        PushService.claims(request, bea.get("/me/push-key").path("publicKey").asString());
    assertThat(claims.path("aud").asString()).matches("http://127\\.0\\.0\\.1:\\d+");
    assertThat(Instant.ofEpochSecond(claims.path("exp").asLong()))
        .isBetween(Instant.now(), Instant.now().plusSeconds(86_400));
    soon("the device shows when")
        .until(() -> !bea.all("/me/push-devices").getFirst().path("lastPushedAt").isNull());

    settings(true);
    mentionBea("secret words");
    JsonNode wordy = service.opened(pushed(2));
    assertThat(wordy.path("body").asString()).isEqualTo("@Colleague secret words");
    assertThat(inbox.sentTo(me.path("email").asString())).isEmpty();
  }

  @Test
  void aDeadDeviceIsRemovedAndTheMailTells() throws Exception {
    settings(false);
    service.subscribe(bea);
    service.answers("410 Gone");
    mentionBea("can you help?");
    soon("the mail instead").until(() -> !inbox.sentTo(me.path("email").asString()).isEmpty());
    var mail = inbox.sentTo(me.path("email").asString()).getFirst();
    assertThat(mail.getSubject()).contains("mentioned you", "Teapot");
    assertThat(Inbox.header(mail, "Reply-To")).doesNotContain("+a");
    assertThat(bea.all("/me/push-devices")).isEmpty();
    assertThat(service.calls()).isEqualTo(1);
  }

  @Test
  void aTrialSaysWhatBecameOfIt() throws Exception {
    service.subscribe(bea);
    service.subscribe(bea);
    assertThat(bea.all("/me/push-devices")).hasSize(1);
    assertThat(bea.post("/me/notification-settings/test-push", Map.of()).path("taken").asInt())
        .isEqualTo(1);
    assertThat(service.opened(service.newest()).path("kind").asString()).isEqualTo("test");
    service.answers("503 Service Unavailable");
    JsonNode trial = bea.post("/me/notification-settings/test-push", Map.of());
    assertThat(trial.path("taken").asInt()).isZero();
    assertThat(trial.path("words").size()).isEqualTo(1);
    bea.delete("/me/push-devices/" + bea.all("/me/push-devices").getFirst().path("id").asLong());
    assertThat(bea.all("/me/push-devices")).isEmpty();
  }

  @Test
  void nothingInsideIsCalledAndNoOtherCurveIsTaken() {
    bea.put("/me/push-devices", service.subscription("http://127.0.0.2/send"));
    JsonNode trial = bea.post("/me/notification-settings/test-push", Map.of());
    assertThat(trial.path("taken").asInt()).isZero();
    assertThat(trial.path("words").size()).isEqualTo(1);
    byte[] offCurve = new byte[65];
    offCurve[0] = 4;
    offCurve[64] = 1;
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("endpoint", "file:///etc/passwd", "p256dh", "", "auth", ""),
            Map.of(
                "endpoint",
                "https://push.example/1",
                "p256dh",
                Base64.getUrlEncoder().encodeToString(offCurve),
                "auth",
                "AAAAAAAAAAAAAAAAAAAAAA"))) {
      assertThat(bea.send("PUT", "/me/push-devices", wrong, Map.of()).status()).isEqualTo(422);
    }
  }

  /** The example of RFC 8291, section 5. */
  @Test
  void theStandardsExampleIsSealedByteForByte() throws Exception {
    Base64.Decoder from = Base64.getUrlDecoder();
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    PrivateKey ours =
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new ECPrivateKeySpec(
                    new BigInteger(1, from.decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")),
                    curve.getParameterSpec(ECParameterSpec.class)));
    ECPublicKey ourPoint =
        P256.key(
            from.decode(
                "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"));
    ECPublicKey browser =
        P256.key(
            from.decode(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"));
    byte[] sealed =
        PushCipher.encrypt(
            "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.US_ASCII),
            browser,
            from.decode("BTBZMqHH6r4Tts7J_aSIgg"),
            new KeyPair(ourPoint, ours),
            from.decode("DGv6ra1nlYgDCS1FRnbzlw"));
    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(sealed))
        .isEqualTo(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
                + "WAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNW"
                + "QexSgSxsj_Qulcy4a-fN");
  }
}
