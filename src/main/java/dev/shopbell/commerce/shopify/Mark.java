package dev.shopbell.commerce.shopify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is left in the shop of the key of an action, so that the same is not done twice. Short
 * enough for a tag (40 characters).
 */
record Mark(String text) {
  private static final Pattern ONE = Pattern.compile("shopbell-[0-9a-f]{24}");
  private static final Pattern IN_NOTE = Pattern.compile("\\s*\\[shopbell-[0-9a-f]{24}]");

  static Mark of(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return new Mark("shopbell-" + HexFormat.of().formatHex(hash, 0, 12));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isOne(String tag) {
    return ONE.matcher(tag).matches();
  }

  /**
   * A note that holds it at the end.
   *
   * @param most characters that fit; the words are cut
   */
  String in(@Nullable String words, int most) {
    String end = "[" + text + "]";
    String plain = words == null ? "" : words.strip();
    int room = most - end.length() - 1;
    return (plain.substring(0, Math.min(plain.length(), room)) + " " + end).strip();
  }

  boolean isIn(@Nullable String note) {
    return note != null && note.contains("[" + text + "]");
  }

  /** A note as people wrote it; null if nothing is left. */
  static @Nullable String without(@Nullable String note) {
    if (note == null) {
      return null;
    }
    String plain = IN_NOTE.matcher(note).replaceAll("").strip();
    return plain.isEmpty() ? null : plain;
  }
}
