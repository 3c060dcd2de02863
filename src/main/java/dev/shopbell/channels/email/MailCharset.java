package dev.shopbell.channels.email;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
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
          Map.entry("macintosh", "x-macroman"),
          Map.entry("mac", "x-macroman"),
          Map.entry("x-mac-roman", "x-macroman"),
          Map.entry("x-mac-cyrillic", "x-maccyrillic"),
          Map.entry("koi8", "koi8-r"),
          Map.entry("unicode", "utf-16"),
          Map.entry("cp936", "gb18030"),
          Map.entry("cp932", "windows-31j"),
          Map.entry("cp949", "x-windows-949"),
          Map.entry("sjis", "windows-31j"),
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

  private static final Pattern AROUND_NAME =
      Pattern.compile("^[\\s\"'=<]+|[\\s\"'>].*$|\\(.*$", Pattern.DOTALL);

  /** How programs misspell windows-1252 and iso-8859-1. */
  private static final Pattern SPELLING =
      Pattern.compile(
          "(?:windows|win|x-cp|cp|ms|ibm)[-_ ]?(125[0-8])"
              + "|(?:iso|x-iso)[-_ ]?8859[-_ ]?(\\d{1,2})(?:[-_:].{0,10}?(i)?)?");

  private MailCharset() {}

  /** Never fails; what cannot be decoded becomes U+FFFD. */
  static String decode(byte[] bytes, @Nullable String declared) {
    String marked = decodeMarked(bytes);
    if (marked != null) {
      return marked;
    }
    String name = name(declared);
    if (isAscii(bytes)) {
      return ofAscii(bytes, name);
    }
    Charset wide = wide(bytes);
    if (wide != null) {
      return new String(bytes, wide);
    }
    String utf8 = strict(bytes, StandardCharsets.UTF_8);
    if (utf8 != null) {
      return Mojibake.mended(utf8);
    }
    Charset charset = known(name);
    if (charset == null || charset.equals(StandardCharsets.US_ASCII) || isWide(charset)) {
      return guessed(bytes, null);
    }
    if (charset.equals(StandardCharsets.UTF_8)) {
      return isMostlyUtf8(bytes) ? mixed(bytes) : guessed(bytes, null);
    }
    return CharsetGuess.isCandidate(charset) ? guessed(bytes, charset) : new String(bytes, charset);
  }

  /** In which charset bytes that are no UTF-8 are best read. */
  static Charset of(byte[] bytes, @Nullable String declared) {
    Charset charset = known(name(declared));
    boolean weighs = charset != null && CharsetGuess.isCandidate(charset);
    boolean believed =
        charset != null
            && !weighs
            && !isWide(charset)
            && charset.newEncoder().maxBytesPerChar() <= 1;
    return charset != null && believed && !charset.equals(StandardCharsets.US_ASCII)
        ? charset
        : CharsetGuess.of(bytes, weighs ? charset : null);
  }

  /** Decodes what is no UTF-8, or only nearly. */
  static String decode(byte[] bytes, Charset otherwise) {
    return isMostlyUtf8(bytes) ? mixed(bytes) : new String(bytes, otherwise);
  }

  static boolean isUtf8(byte[] bytes) {
    return strict(bytes, StandardCharsets.UTF_8) != null;
  }

  /** As {@link #decode}, and an HTML document may name its charset itself. */
  static String decodeHtml(byte[] bytes, @Nullable String declared) {
    Charset outside = known(name(declared));
    if (outside != null && strict(bytes, outside) != null) {
      return decode(bytes, declared);
    }
    int length = Math.min(bytes.length, 2048);
    Matcher meta = META_CHARSET.matcher(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    String inside = meta.find() ? meta.group(1) : null;
    Charset charset = known(name(inside));
    return decode(bytes, charset == null || isWide(charset) ? declared : inside);
  }

  private static String ofAscii(byte[] bytes, String name) {
    if (hasShiftSequence(bytes)) {
      return new String(bytes, Charset.forName("x-windows-iso2022jp"));
    }
    if (name.endsWith("utf-7")) {
      return SevenBitText.utf7(bytes);
    }
    if (name.startsWith("hz")) {
      return SevenBitText.hz(bytes);
    }
    Charset wide = wide(bytes);
    if (wide != null) {
      return new String(bytes, wide);
    }
    Charset charset = known(name);
    boolean shifts = charset != null && charset.name().startsWith("ISO-2022");
    return new String(bytes, shifts ? charset : StandardCharsets.US_ASCII);
  }

  private static String guessed(byte[] bytes, @Nullable Charset declared) {
    if (isMostlyUtf8(bytes)) {
      return mixed(bytes);
    }
    return new String(bytes, CharsetGuess.of(bytes, declared));
  }

  private static boolean isMostlyUtf8(byte[] bytes) {
    int sequences = 0;
    int errors = 0;
    for (int i = 0; i < bytes.length; i++) {
      int following = followingBytes(bytes, i);
      if (following > 0 || isHalfOfPair(bytes, i)) {
        sequences++;
        i += following > 0 ? following : 5;
      } else if (bytes[i] < 0) {
        errors++;
      }
    }
    return sequences > errors;
  }

  /** UTF-8 into which somebody has put a few bytes of something else. */
  private static String mixed(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length);
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      int following = followingBytes(bytes, i);
      if (following > 0) {
        i += following;
      } else if (bytes[i] < 0) {
        out.append(new String(bytes, from, i - from, StandardCharsets.UTF_8));
        boolean half = isHalfOfPair(bytes, i);
        out.append(half ? pair(bytes, i) : new String(bytes, i, 1, WESTERN));
        i += half ? 5 : 0;
        from = i + 1;
      }
    }
    return out.append(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8))
        .toString();
  }

  /** CESU-8: both halves of a UTF-16 pair encoded by themselves, as some databases do. */
  private static boolean isHalfOfPair(byte[] bytes, int i) {
    return i + 5 < bytes.length
        && (bytes[i] & 0xFF) == 0xED
        && (bytes[i + 1] & 0xF0) == 0xA0
        && (bytes[i + 3] & 0xFF) == 0xED
        && (bytes[i + 4] & 0xF0) == 0xB0;
  }

  private static String pair(byte[] bytes, int i) {
    char high = (char) (0xD000 | (bytes[i + 1] & 0x3F) << 6 | (bytes[i + 2] & 0x3F));
    char low = (char) (0xD000 | (bytes[i + 4] & 0x3F) << 6 | (bytes[i + 5] & 0x3F));
    return "" + high + low;
  }

  /** UTF-16 without a mark shows by the zeros at every other place. */
  private static @Nullable Charset wide(byte[] bytes) {
    int length = Math.min(bytes.length, 1_024) & ~1;
    int even = 0;
    int odd = 0;
    for (int i = 0; i < length; i += 2) {
      even += bytes[i] == 0 ? 1 : 0;
      odd += bytes[i + 1] == 0 ? 1 : 0;
    }
    if (length < 4 || Math.max(even, odd) * 4 < length || Math.min(even, odd) * 20 > length) {
      return null;
    }
    return even > odd ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
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
    int second = bytes[i + 1] & 0xFF;
    boolean wellFormed =
        switch (lead) {
          case 0xE0 -> second >= 0xA0;
          case 0xED -> second < 0xA0;
          case 0xF0 -> second >= 0x90;
          case 0xF4 -> second < 0x90;
          default -> true;
        };
    return wellFormed ? needed : 0;
  }

  private static @Nullable String decodeMarked(byte[] bytes) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      byte[] rest = Arrays.copyOfRange(bytes, 3, bytes.length);
      String utf8 = strict(rest, StandardCharsets.UTF_8);
      return utf8 != null ? utf8 : mixed(rest);
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

  /** In lower case, as it is registered where it is meant to be that. */
  private static String name(@Nullable String declared) {
    if (declared == null) {
      return "";
    }
    String name = AROUND_NAME.matcher(declared).replaceAll("").toLowerCase(Locale.ROOT);
    Matcher spelled = SPELLING.matcher(name);
    if (spelled.matches()) {
      name =
          spelled.group(1) != null
              ? "windows-" + spelled.group(1)
              : "iso-8859-" + spelled.group(2) + (spelled.group(3) == null ? "" : "-i");
    }
    return MEANT.getOrDefault(name, name);
  }

  private static @Nullable Charset known(String name) {
    try {
      Charset charset = name.isEmpty() ? null : Charset.forName(name);
      return charset != null && charset.canEncode() ? charset : null;
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
