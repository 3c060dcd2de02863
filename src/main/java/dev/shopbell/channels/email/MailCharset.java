package dev.shopbell.channels.email;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into text when the declared charset is missing, unknown or wrong. Valid UTF-8 with
 * letters outside ASCII is practically never an accident, so it outweighs a single-byte
 * declaration.
 */
final class MailCharset {
  private static final Charset WESTERN = Charset.forName("windows-1252");

  /** Names as mail uses them, mapped to the superset that senders mean (WHATWG Encoding, 4.2). */
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("latin-1", "windows-1252"),
          Map.entry("ansi", "windows-1252"),
          Map.entry("cp1252", "windows-1252"),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("iso-8859-11", "x-windows-874"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("iso-8859-8-i", "iso-8859-8"),
          Map.entry("gb2312", "gb18030"),
          Map.entry("gbk", "gb18030"),
          Map.entry("x-gbk", "gb18030"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("ks_c_5601", "x-windows-949"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
          Map.entry("big5", "big5-hkscs"),
          Map.entry("utf8", "utf-8"),
          Map.entry("utf8mb4", "utf-8"),
          Map.entry("unicode-1-1-utf-8", "utf-8"));

  private static final Pattern META_CHARSET =
      Pattern.compile("(?i)<meta[^>]{0,200}?charset\\s*=\\s*[\"']?\\s*([a-z0-9_:.-]{2,40})");

  private MailCharset() {}

  /** Never fails; what cannot be decoded becomes U+FFFD. */
  static String decode(byte[] bytes, @Nullable String declared) {
    String marked = decodeMarked(bytes);
    if (marked != null) {
      return marked;
    }
    boolean ascii = isAscii(bytes);
    if (ascii && !hasShiftSequence(bytes)) {
      Charset wide = known(declared);
      return wide != null && isWide(wide)
          ? new String(bytes, wide)
          : new String(bytes, StandardCharsets.US_ASCII);
    }
    Charset charset = known(declared);
    if (charset == null || charset.equals(StandardCharsets.US_ASCII)) {
      return undeclared(bytes, ascii);
    }
    if (charset.equals(StandardCharsets.UTF_8)) {
      return utf8OrWestern(bytes);
    }
    if (charset.newEncoder().maxBytesPerChar() <= 1) {
      String utf8 = strict(bytes, StandardCharsets.UTF_8);
      return utf8 != null ? utf8 : new String(bytes, charset);
    }
    String asDeclared = strict(bytes, charset);
    if (asDeclared != null) {
      return asDeclared;
    }
    String utf8 = strict(bytes, StandardCharsets.UTF_8);
    return utf8 != null ? utf8 : new String(bytes, charset);
  }

  /** As {@link #decode}, and an HTML document may name its charset itself. */
  static String decodeHtml(byte[] bytes, @Nullable String declared) {
    if (known(declared) != null) {
      return decode(bytes, declared);
    }
    int length = Math.min(bytes.length, 2048);
    Matcher meta = META_CHARSET.matcher(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    String inside = meta.find() ? meta.group(1) : null;
    Charset charset = known(inside);
    return decode(bytes, charset == null || isWide(charset) ? null : inside);
  }

  private static String undeclared(byte[] bytes, boolean ascii) {
    return ascii ? new String(bytes, Charset.forName("x-windows-iso2022jp")) : utf8OrWestern(bytes);
  }

  private static String utf8OrWestern(byte[] bytes) {
    String utf8 = strict(bytes, StandardCharsets.UTF_8);
    if (utf8 != null) {
      return utf8;
    }
    int sequences = 0;
    int errors = 0;
    for (int i = 0; i < bytes.length; i++) {
      int following = followingBytes(bytes, i);
      if (following > 0) {
        sequences++;
        i += following;
      } else if (bytes[i] < 0) {
        errors++;
      }
    }
    return new String(bytes, sequences > errors ? StandardCharsets.UTF_8 : WESTERN);
  }

  /** How many bytes follow the lead byte at i in a well-formed sequence; 0 when there is none. */
  private static int followingBytes(byte[] bytes, int i) {
    int lead = bytes[i] & 0xFF;
    int needed = lead >= 0xF0 && lead <= 0xF4 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
    if (needed == 0 || lead > 0xF4 || i + needed >= bytes.length) {
      return 0;
    }
    for (int k = 1; k <= needed; k++) {
      if ((bytes[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return needed;
  }

  private static @Nullable String decodeMarked(byte[] bytes) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return utf8OrWestern(Arrays.copyOfRange(bytes, 3, bytes.length));
    }
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      return new String(bytes, StandardCharsets.UTF_16);
    }
    return null;
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String strict(byte[] bytes, Charset charset) {
    try {
      CharBuffer text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static @Nullable Charset known(@Nullable String declared) {
    if (declared == null) {
      return null;
    }
    String name = declared.strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("\"") || name.startsWith("'")) {
      name = name.substring(1);
    }
    if (name.endsWith("\"") || name.endsWith("'")) {
      name = name.substring(0, name.length() - 1);
    }
    name = MEANT.getOrDefault(name, name);
    try {
      Charset charset = Charset.forName(name);
      return charset.canEncode() ? charset : null;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isWide(Charset charset) {
    return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** The escape sequences by which ISO-2022-JP says JIS X 0208. */
  private static boolean hasShiftSequence(byte[] bytes) {
    for (int i = 0; i + 2 < bytes.length; i++) {
      if (bytes[i] == 0x1B && bytes[i + 1] == '$' && (bytes[i + 2] == 'B' || bytes[i + 2] == '@')) {
        return true;
      }
    }
    return false;
  }
}
