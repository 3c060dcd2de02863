package dev.shopbell.conversations.notifications;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts a message for one browser (RFC 8291, with the content coding of RFC 8188). */
final class PushCipher {
  /** Push services take 4096 bytes in all (RFC 8030, section 7.2); in bytes, of the plain text. */
  static final int LONGEST = 3_900;

  private static final int RECORD = 4_096;
  private static final int SALT = 16;
  private static final byte LAST_RECORD = 2;
  private static final SecureRandom RANDOM = new SecureRandom();

  private PushCipher() {}

  /**
   * @param browser the public key of the browser
   * @param secret the 16 bytes that it shares with us
   */
  static byte[] encrypt(byte[] text, ECPublicKey browser, byte[] secret)
      throws GeneralSecurityException {
    byte[] salt = new byte[SALT];
    RANDOM.nextBytes(salt);
    return encrypt(text, browser, secret, P256.newPair(), salt);
  }

  static byte[] encrypt(byte[] text, ECPublicKey browser, byte[] secret, KeyPair ours, byte[] salt)
      throws GeneralSecurityException {
    if (text.length > LONGEST) {
      throw new IllegalArgumentException("A push holds at most " + LONGEST + " bytes.");
    }
    byte[] ourPoint = P256.point((ECPublicKey) ours.getPublic());
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(ours.getPrivate());
    agreement.doPhase(browser, true);
    byte[] info =
        joined(
            "WebPush: info\0".getBytes(StandardCharsets.US_ASCII), P256.point(browser), ourPoint);
    byte[] key = derived(agreement.generateSecret(), secret, info, 32);
    byte[] contentKey = derived(key, salt, ascii("Content-Encoding: aes128gcm\0"), 16);
    byte[] nonce = derived(key, salt, ascii("Content-Encoding: nonce\0"), 12);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(contentKey, "AES"),
        new GCMParameterSpec(128, nonce));
    byte[] sealed = cipher.doFinal(joined(text, new byte[] {LAST_RECORD}));
    byte[] head =
        ByteBuffer.allocate(SALT + 4 + 1 + ourPoint.length)
            .put(salt)
            .putInt(RECORD)
            .put((byte) ourPoint.length)
            .put(ourPoint)
            .array();
    return joined(head, sealed);
  }

  private static byte[] derived(byte[] input, byte[] salt, byte[] info, int length)
      throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(
            HKDFParameterSpec.ofExtract().addIKM(input).addSalt(salt).thenExpand(info, length));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
