package dev.shopbell.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * The installation's one secret, from {@code SHOPBELL_SECRET_KEY} or made once in the data folder.
 * Signatures for a purpose are derived from it, so that a token made for one purpose is worthless
 * for another.
 */
@Component
public class SecretKey {
  private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;

  SecretKey(Settings settings) {
    this.key =
        settings.secretKey().isEmpty()
            ? readOrMake(settings.data().resolve("secret.key"))
            : settings.secretKey().getBytes(StandardCharsets.UTF_8);
    if (key.length < 16) {
      throw new IllegalStateException(
          "SHOPBELL_SECRET_KEY is too short: use at least 16 characters.");
    }
  }

  /**
   * A signature of {@code length} base32 characters (5 bits each), lower case, fit for a mail
   * address.
   */
  public String sign(String purpose, String text, int length) {
    byte[] mac = hmac((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8));
    return base32(mac).substring(0, length);
  }

  /** Compares in constant time. */
  public boolean verify(String purpose, String text, String signature) {
    byte[] expected =
        sign(purpose, text, signature.length() > 50 ? 50 : signature.length())
            .getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
  }

  /** 32 bytes for one purpose, from which neither the secret nor those of another are found. */
  byte[] derive(String purpose) {
    return hmac(("key\n" + purpose).getBytes(StandardCharsets.UTF_8));
  }

  /** {@code bits} random bits as lower-case base32. */
  public static String randomToken(int bits) {
    byte[] bytes = new byte[(bits + 7) / 8];
    RANDOM.nextBytes(bytes);
    return base32(bytes);
  }

  /** The hex SHA-256 under which tokens are stored, so that a stolen table opens nothing. */
  public static String fingerprint(String token) {
    return fingerprint(token.getBytes(StandardCharsets.UTF_8));
  }

  /** The hex SHA-256 of these bytes. */
  public static String fingerprint(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] hmac(byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * 8 / 5 + 1);
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32[(buffer >> bits) & 31]);
      }
    }
    return text.toString();
  }

  private static byte[] readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path made =
            Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "secret",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(randomToken(320).getBytes(StandardCharsets.UTF_8)));
          channel.force(true);
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The secret key " + file + " can be neither read nor made.", e);
    }
  }
}
