package dev.shopbell;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key that tokens are signed with, written as RFC 7517 says.
 *
 * @param id {@code kid}; empty for none
 */
public record OpenIdKey(String algorithm, String id, KeyPair pair) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  public static OpenIdKey make(String algorithm, String id) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (algorithm) {
                case "ES256" -> "EC";
                case "EdDSA" -> "Ed25519";
                default -> "RSA";
              });
      if (algorithm.equals("ES256")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else if (!algorithm.equals("EdDSA")) {
        generator.initialize(2048);
      }
      return new OpenIdKey(algorithm, id, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public half. */
  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("use", "sig");
    if (!id.isEmpty()) {
      shown.put("kid", id);
    }
    switch (pair.getPublic()) {
      case RSAPublicKey rsa -> {
        shown.put("kty", "RSA");
        shown.put("n", number(rsa.getModulus(), 256));
        shown.put("e", number(rsa.getPublicExponent(), 3));
      }
      case ECPublicKey curve -> {
        shown.put("kty", "EC");
        shown.put("crv", "P-256");
        shown.put("x", number(curve.getW().getAffineX(), 32));
        shown.put("y", number(curve.getW().getAffineY(), 32));
      }
      default -> {
        byte[] encoded = pair.getPublic().getEncoded();
        shown.put("kty", "OKP");
        shown.put("crv", "Ed25519");
        shown.put(
            "x",
            BASE64.encodeToString(
                Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
      }
    }
    return shown;
  }

  private static String number(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[length];
    int from = Math.max(0, bytes.length - length);
    System.arraycopy(bytes, from, fixed, length - (bytes.length - from), bytes.length - from);
    return BASE64.encodeToString(fixed);
  }

  /** A token as it should be. */
  public String signed(Map<String, Object> claims) {
    String text = head(algorithm) + "." + part(claims);
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case "PS256" -> "RSASSA-PSS";
                case "ES256" -> "SHA256withECDSAinP1363Format";
                case "EdDSA" -> "Ed25519";
                default -> "SHA256withRSA";
              });
      if (algorithm.equals("PS256")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One that says of itself that it needs no signature. */
  public String unsigned(Map<String, Object> claims) {
    return head("none") + "." + part(claims) + ".";
  }

  /** One that takes the public key, which everybody has, for a shared secret. */
  public String confused(Map<String, Object> claims) {
    String text = head("HS256") + "." + part(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      String pem =
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(pair.getPublic().getEncoded())
              + "\n-----END PUBLIC KEY-----\n";
      mac.init(new SecretKeySpec(pem.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return text
          + "."
          + BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String head(String said) {
    Map<String, Object> head = new LinkedHashMap<>(Map.of("alg", said, "typ", "JWT"));
    if (!id.isEmpty()) {
      head.put("kid", id);
    }
    return part(head);
  }

  private static String part(Map<String, Object> part) {
    return BASE64.encodeToString(JSON.writeValueAsBytes(part));
  }
}
