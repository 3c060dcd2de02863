package dev.shopbell.conversations.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.ScriptedWeb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A push service and the browser behind it: answers as it is told to, and reads what came as the
 * browser would, written after RFC 8291 and 8292 by itself.
 */
final class PushService implements AutoCloseable {
  private static final Base64.Encoder TO = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder FROM = Base64.getUrlDecoder();

  private final KeyPair browser;
  private final byte[] secret = new byte[16];
  private final ScriptedWeb web;
  private volatile String status = "201 Created";

  PushService() throws Exception {
    browser = P256.newPair();
    new SecureRandom().nextBytes(secret);
    web = ScriptedWeb.of((request, out) -> out.write(ScriptedWeb.answer(status, "")));
  }

  void answers(String line) {
    status = line;
  }

  /** Subscribes the agent's browser here; the device is returned. */
  JsonNode subscribe(Api agent) {
    return agent.put("/me/push-devices", subscription(web.url("/send/one")));
  }

  Map<String, Object> subscription(String endpoint) {
    return Map.of(
        "endpoint",
        endpoint,
        "p256dh",
        TO.encodeToString(P256.point((ECPublicKey) browser.getPublic())),
        "auth",
        TO.encodeToString(secret),
        "name",
        "A browser of the tests");
  }

  int calls() {
    return web.asked().size();
  }

  String newest() {
    return web.asked().getLast();
  }

  static String header(String request, String name) {
    Matcher found = Pattern.compile("(?i)\n" + name + ": ([^\r]*)\r").matcher(request);
    return found.find() ? found.group(1) : "";
  }

  /** What the browser shows of a request. */
  JsonNode opened(String request) throws Exception {
    byte[] body =
        request.substring(request.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    byte[] salt = Arrays.copyOf(body, 16);
    assertThat(body[20]).isEqualTo((byte) 65);
    byte[] sender = Arrays.copyOfRange(body, 21, 86);
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(browser.getPrivate());
    agreement.doPhase(P256.key(sender), true);
    byte[] own = P256.point((ECPublicKey) browser.getPublic());
    byte[] key =
        expanded(
            mac(secret, agreement.generateSecret()),
            joined(ascii("WebPush: info\0"), own, sender),
            32);
    byte[] random = mac(salt, key);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(expanded(random, ascii("Content-Encoding: aes128gcm\0"), 16), "AES"),
        new GCMParameterSpec(128, expanded(random, ascii("Content-Encoding: nonce\0"), 12)));
    byte[] plain = cipher.doFinal(body, 86, body.length - 86);
    assertThat(plain[plain.length - 1]).isEqualTo((byte) 2);
    return new JsonMapper().readTree(Arrays.copyOf(plain, plain.length - 1));
  }

  /** Checks that the sender proves to hold the key; its claims are returned. */
  static JsonNode claims(String request, String publicKey) throws Exception {
    Matcher shown =
        Pattern.compile("vapid t=([^.]+)\\.([^.]+)\\.([^,]+), k=(\\S+)")
            .matcher(header(request, "Authorization"));
    assertThat(shown.matches()).isTrue();
    assertThat(shown.group(4)).isEqualTo(publicKey);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(P256.key(FROM.decode(publicKey)));
    signature.update(ascii(shown.group(1) + "." + shown.group(2)));
    assertThat(signature.verify(FROM.decode(shown.group(3)))).isTrue();
    assertThat(new String(FROM.decode(shown.group(1)), StandardCharsets.UTF_8)).contains("ES256");
    return new JsonMapper().readTree(FROM.decode(shown.group(2)));
  }

  private static byte[] mac(byte[] key, byte[] text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  private static byte[] expanded(byte[] key, byte[] info, int length) throws Exception {
    return Arrays.copyOf(mac(key, joined(info, new byte[] {1})), length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] joined(byte[]... parts) throws IOException {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }

  @Override
  public void close() throws IOException {
    web.close();
  }
}
