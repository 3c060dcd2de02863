package dev.shopbell.channels.email;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges the lines that introduce what is quoted below them, as "On Monday Ada wrote:". They name a
 * day, somebody's address, the act of writing, and end with a colon, in any order and language;
 * some of these must come together.
 */
final class QuoteIntro {
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@]{1,64}@[^\\s<>@]{2,255}");
  private static final Pattern DATE =
      Pattern.compile(
          "(?<!\\d)(?:(?:19|20)\\d\\d(?!\\d)|\\d{1,2}[:.]\\d\\d(?!\\d)|\\d{1,2}[./-] ?\\d{1,2}[./-] ?\\d{2})");
  private static final Pattern CLOCK =
      Pattern.compile("(?<!\\d)\\d{1,2}(?:[:.\u6642\u65F6]\\s?\\d\\d(?![\\d.]))");

  /** Verbs of writing: a weak signal, used only beside a quote or a date. */
  private static final Pattern WRITES =
      Pattern.compile(
          "(?iU)wrote|writes|schr(?:ie|ei)b|geschrieben|écri[tv]|escribi|scritto|scrive|schree?f|geschreven|schrijft"
              + "|escreve|napisa[łl]|pisze|skrev|skriver|skrifaði|kirjoitt|napsal|píše|напис|пиш[еу]т|yazdı|yazmış"
              + "|írta|έγραψε|a scris|написа|書き|のメール|からの|写道|寫道|写了|작성|쓴 글|썼|quoting|zitat|citando");

  private static final int LONGEST = 500;
  private static final int MOST_LINES = 3;
  private static final int MOST_WORDS = 20;

  private QuoteIntro() {}

  /** Whether a line could be the last one of an introduction. */
  static boolean ends(String line) {
    int end = line.length();
    while (end > 0 && "*_ \t\u00A0".indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > 0
        && (line.charAt(end - 1) == ':'
            || line.charAt(end - 1) == '\uFF1A'
            || line.startsWith("---", end - 3));
  }

  /** Whether lines introduce the quote that follows them. */
  static boolean leadsQuote(String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    boolean date = DATE.matcher(text).find();
    boolean address = hasAddress(text);
    if (ends(text)) {
      return date || address || (text.length() < 80 && WRITES.matcher(text).find());
    }
    return date && (address || WRITES.matcher(text).find());
  }

  /**
   * Whether lines introduce history that no quote signs mark, so that they must prove it alone.
   *
   * @param apart whether an empty line, or nothing, is above them
   * @param matched whether what follows is known from the thread
   */
  static boolean leadsHistory(String text, boolean apart, boolean matched) {
    if (text.length() > LONGEST || !ends(text)) {
      return false;
    }
    boolean date = DATE.matcher(text).find();
    boolean address = hasAddress(text);
    boolean writes = WRITES.matcher(text).find();
    if (matched) {
      return date || address || writes;
    }
    if (date && address) {
      return writes || CLOCK.matcher(text).find();
    }
    return apart
        && date
        && writes
        && words(text) <= MOST_WORDS
        && CLOCK.matcher(text).find()
        && !Character.isLowerCase(text.codePointAt(0));
  }

  /** Where an introduction starts that was wrapped: up to the line with its date and address. */
  static int start(List<String> lines, int last) {
    String joined = lines.get(last);
    int start = last;
    for (int i = last - 1; i >= 0 && i >= last - MOST_LINES; i--) {
      String line = lines.get(i);
      if (line.isBlank() || line.length() > LONGEST || line.charAt(0) == '>') {
        break;
      }
      boolean adds =
          (!DATE.matcher(joined).find() && DATE.matcher(line).find())
              || (!hasAddress(joined) && hasAddress(line) && !endsSentence(line));
      joined = line + " " + joined;
      if (adds) {
        start = i;
      }
    }
    return start;
  }

  private static boolean endsSentence(String line) {
    String bare = line.strip();
    return ".!?\u3002\uFF01\uFF1F".indexOf(bare.charAt(bare.length() - 1)) >= 0;
  }

  static boolean hasAddress(String text) {
    return text.indexOf('@') >= 0 && ADDRESS.matcher(text).find();
  }

  private static int words(String text) {
    int words = 0;
    Matcher gap = Pattern.compile("\\s+").matcher(text);
    while (gap.find()) {
      words++;
    }
    return words + 1;
  }
}
