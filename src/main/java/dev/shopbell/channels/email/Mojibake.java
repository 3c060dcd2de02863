package dev.shopbell.channels.email;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Undoes that a program took UTF-8 for a Western charset and encoded it once more. A text counts as
 * such only if all of it reads as UTF-8 again: words that merely quote such damage stay.
 */
final class Mojibake {
  private static final Charset WESTERN = Charset.forName("windows-1252");

  private Mojibake() {}

  static String mended(String text) {
    if (!mayBe(text)) {
      return text;
    }
    byte[] bytes = bytes(text);
    if (bytes == null) {
      return text;
    }
    try {
      CharBuffer mended = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return mended.toString();
    } catch (CharacterCodingException e) {
      return text;
    }
  }

  /** Whether every letter outside ASCII could be a byte, and one of them starts a sequence. */
  private static boolean mayBe(String text) {
    boolean leads = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        boolean lead = c >= 0xC2 && c <= 0xF4;
        if (!leads && !lead) {
          return false;
        }
        leads |= lead;
        if (c > 0xFF && WESTERN_SIGNS.indexOf(c) < 0) {
          return false;
        }
      }
    }
    return leads;
  }

  private static final String WESTERN_SIGNS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

  private static byte @Nullable [] bytes(String text) {
    CharsetEncoder western = WESTERN.newEncoder();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x100) {
        bytes.write(c);
      } else {
        try {
          bytes.write(western.encode(CharBuffer.wrap(new char[] {c})).get());
        } catch (CharacterCodingException e) {
          return null;
        }
      }
    }
    return bytes.toByteArray();
  }
}
