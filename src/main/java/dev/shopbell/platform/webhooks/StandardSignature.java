package dev.shopbell.platform.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How Standard Webhooks signs, in its symmetric form {@code v1}. */
public final class StandardSignature {
  /** What our secrets begin with; the rest is the key in Base64, also where this is left out. */
  static final String PREFIX = "whsec_";

  /** So far off a request's time may be. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String HMAC = "HmacSHA256";
  private static final String VERSION = "v1,";

  private StandardSignature() {}

  /** As it stands in {@code webhook-signature}, where several may be, each behind a space. */
  static String of(String secret, String id, Instant at, byte[] body) {
    return VERSION + signature(key(secret), id, Long.toString(at.getEpochSecond()), body);
  }

  /**
   * Whether a request was signed with this secret, not long ago.
   *
   * @param secret the key in Base64, with or without {@code whsec_} before it
   * @param timestamp as {@code webhook-timestamp} has it: seconds since 1970
   * @param signatures as {@code webhook-signature} has them
   */
  public static boolean holds(
      String secret, String id, String timestamp, String signatures, byte[] body, Instant now) {
    if (id.isEmpty() || !timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(at, now).abs().compareTo(TOLERANCE) > 0) {
      return false;
    }
    byte[] expected =
        (VERSION + signature(key(secret), id, timestamp, body)).getBytes(StandardCharsets.UTF_8);
    boolean holds = false;
    for (String signature : signatures.split(" ", 20)) {
      holds |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }
    return holds;
  }

  private static byte[] key(String secret) {
    return Base64.getDecoder()
        .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
  }

  private static String signature(byte[] key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
