package dev.shopbell.channels.email.authentication;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A public key as it stands in DNS (RFC 6376 3.6.1). */
record DkimKeyRecord(TagList tags) {
  /** RFC 8301: shorter keys are worth nothing; far longer ones are there to cost time. */
  private static final int SHORTEST_BITS = 1024;

  private static final int LONGEST_BITS = 8192;

  /** What stands before the 32 bytes of an Ed25519 key to make it one that Java reads. */
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  /** The first of the texts that is a key record. */
  static @Nullable DkimKeyRecord of(List<String> texts) {
    for (String text : texts) {
      TagList tags = TagList.parse(text);
      if (tags != null
          && tags.get("p") != null
          && (tags.get("v") == null
              || (tags.first().equals("v") && tags.tight("v").equals("DKIM1")))) {
        return new DkimKeyRecord(tags);
      }
    }
    return null;
  }

  boolean isRevoked() {
    return tags.tight("p").isEmpty();
  }

  /** Whether the owner of the key lets it be used for that signature. */
  boolean allows(DkimSignature signature) {
    List<String> hashes = list("h", "sha256");
    List<String> services = list("s", "*");
    return tags.get("k", "rsa").equalsIgnoreCase(signature.algorithm())
        && hashes.contains("sha256")
        && (services.contains("*") || services.contains("email"))
        && (!list("t", "").contains("s") || signature.identity().equals(signature.domain()));
  }

  private List<String> list(String name, String otherwise) {
    return Arrays.asList(
        tags.get(name, otherwise).replaceAll("\\s", "").toLowerCase(Locale.ROOT).split(":", -1));
  }

  /** Null where it is none, or too short or too long to be used. */
  @Nullable PublicKey key(String algorithm) {
    try {
      byte[] encoded = Base64.getDecoder().decode(tags.tight("p"));
      if (algorithm.equals("ed25519")) {
        byte[] wrapped = Arrays.copyOf(ED25519, ED25519.length + encoded.length);
        System.arraycopy(encoded, 0, wrapped, ED25519.length, encoded.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(wrapped));
      }
      PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
      int bits = ((RSAPublicKey) key).getModulus().bitLength();
      return bits < SHORTEST_BITS || bits > LONGEST_BITS ? null : key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }
}
