package dev.shopbell.staff;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A device that makes one passkey and answers by it, as a browser would hand it on. */
final class SoftwareDevice {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int PRESENT = 0x01;
  private static final int VERIFIED = 0x04;
  private static final int WITH_CREDENTIAL = 0x40;

  /** What may be wrong with it. */
  String origin;

  int flags = PRESENT | VERIFIED;
  int counter;

  private final KeyPair pair;
  private final byte[] id = new byte[32];
  private String host = "";
  private String userHandle = "";

  SoftwareDevice(String origin) throws GeneralSecurityException {
    this.origin = origin;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    pair = generator.generateKeyPair();
    new SecureRandom().nextBytes(id);
  }

  void verifiesNobody() {
    flags = PRESENT;
  }

  String register(JsonNode registration) throws GeneralSecurityException {
    JsonNode challenge = registration.path("challenge");
    host = challenge.path("relyingParty").asString();
    userHandle = registration.path("userHandle").asString();
    byte[] authenticatorData = authenticatorData(flags | WITH_CREDENTIAL, true);
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.write(0xa3);
    text(object, "fmt");
    text(object, "none");
    text(object, "attStmt");
    object.write(0xa0);
    text(object, "authData");
    bytes(object, authenticatorData);
    return answer(
        Map.of(
            "clientDataJSON", clientData("webauthn.create", challenge),
            "attestationObject", BASE64.encodeToString(object.toByteArray())));
  }

  String authenticate(JsonNode challenge) throws GeneralSecurityException {
    counter++;
    byte[] authenticatorData = authenticatorData(flags, false);
    String clientData = clientData("webauthn.get", challenge);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(authenticatorData);
    signature.update(
        MessageDigest.getInstance("SHA-256").digest(Base64.getUrlDecoder().decode(clientData)));
    return answer(
        Map.of(
            "clientDataJSON",
            clientData,
            "authenticatorData",
            BASE64.encodeToString(authenticatorData),
            "signature",
            BASE64.encodeToString(signature.sign()),
            "userHandle",
            userHandle));
  }

  private String answer(Map<String, String> response) {
    String name = BASE64.encodeToString(id);
    return JSON.writeValueAsString(
        Map.of(
            "id", name,
            "rawId", name,
            "type", "public-key",
            "response", response,
            "clientExtensionResults", Map.of()));
  }

  private String clientData(String type, JsonNode challenge) {
    String json =
        JSON.writeValueAsString(
            Map.of(
                "type",
                type,
                "challenge",
                challenge.path("challenge").asString(),
                "origin",
                origin,
                "crossOrigin",
                false));
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] authenticatorData(int flags, boolean withCredential)
      throws GeneralSecurityException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(
        MessageDigest.getInstance("SHA-256").digest(host.getBytes(StandardCharsets.UTF_8)));
    data.write(flags);
    data.writeBytes(ByteBuffer.allocate(4).putInt(counter).array());
    if (withCredential) {
      data.writeBytes(new byte[16]);
      data.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
      data.writeBytes(id);
      ECPublicKey key = (ECPublicKey) pair.getPublic();
      // COSE: an EC2 key (1: 2) for ES256 (3: -7) on P-256 (-1: 1), then x and y
      data.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
      bytes(data, coordinate(key.getW().getAffineX()));
      data.write(0x22);
      bytes(data, coordinate(key.getW().getAffineY()));
    }
    return data.toByteArray();
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] signed = number.toByteArray();
    byte[] plain = new byte[32];
    int length = Math.min(signed.length, plain.length);
    System.arraycopy(signed, signed.length - length, plain, plain.length - length, length);
    return plain;
  }

  /** CBOR: a text shorter than 24 bytes. */
  private static void text(ByteArrayOutputStream to, String text) {
    to.write(0x60 | text.length());
    to.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** CBOR: bytes, up to 65,535. */
  private static void bytes(ByteArrayOutputStream to, byte[] bytes) {
    to.write(0x59);
    to.write(bytes.length >> 8);
    to.write(bytes.length);
    to.writeBytes(bytes);
  }
}
