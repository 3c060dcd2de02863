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
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
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

  private final Algorithm algorithm;
  private final KeyPair pair;
  private final byte[] id = new byte[32];
  private String host = "";
  private String userHandle = "";

  /** How it signs. */
  enum Algorithm {
    ES256("SHA256withECDSA"),
    EdDSA("Ed25519"),
    RS256("SHA256withRSA");

    private final String signature;

    Algorithm(String signature) {
      this.signature = signature;
    }

    private KeyPair newKeys() throws GeneralSecurityException {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (this) {
                case ES256 -> "EC";
                case EdDSA -> "Ed25519";
                case RS256 -> "RSA";
              });
      if (this == ES256) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return generator.generateKeyPair();
    }
  }

  SoftwareDevice(String origin) throws GeneralSecurityException {
    this(origin, Algorithm.ES256);
  }

  SoftwareDevice(String origin, Algorithm algorithm) throws GeneralSecurityException {
    this.origin = origin;
    this.algorithm = algorithm;
    pair = algorithm.newKeys();
    new SecureRandom().nextBytes(id);
  }

  /** Claims to hold the passkey of another device, whose key it has not. */
  SoftwareDevice pretending(SoftwareDevice other) {
    System.arraycopy(other.id, 0, id, 0, id.length);
    host = other.host;
    userHandle = other.userHandle;
    counter = other.counter;
    return this;
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
    Signature signature = Signature.getInstance(algorithm.signature);
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
      publicKey(data);
    }
    return data.toByteArray();
  }

  /** As COSE writes it (RFC 9053, RFC 8230). */
  private void publicKey(ByteArrayOutputStream data) {
    switch (algorithm) {
      case ES256 -> {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        // an EC2 key (1: 2) for ES256 (3: -7) on P-256 (-1: 1), then x and y
        data.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
        bytes(data, coordinate(key.getW().getAffineX()));
        data.write(0x22);
        bytes(data, coordinate(key.getW().getAffineY()));
      }
      case EdDSA -> {
        byte[] encoded = pair.getPublic().getEncoded();
        // an OKP key (1: 1) for EdDSA (3: -8) on Ed25519 (-1: 6), then x, with which X.509 ends
        data.writeBytes(new byte[] {(byte) 0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21});
        bytes(data, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
      }
      case RS256 -> {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        // an RSA key (1: 3) for RS256 (3: -257), then n and e
        data.writeBytes(new byte[] {(byte) 0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20});
        bytes(data, unsigned(key.getModulus()));
        data.write(0x21);
        bytes(data, unsigned(key.getPublicExponent()));
      }
    }
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] signed = number.toByteArray();
    return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
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
