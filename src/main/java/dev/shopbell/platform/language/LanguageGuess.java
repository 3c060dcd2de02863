package dev.shopbell.platform.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells the language of a letter by its script, and among those written in Latin letters by its
 * commonest words: each counts the more, the fewer languages have it. It rather says nothing than
 * something wrong: two words must speak for a language, half as much again as for any other.
 */
public final class LanguageGuess {
  private static final int LONGEST = 4_000;
  private static final double ENOUGH = 1.2;
  private static final double LEAD = 1.5;

  /** Below it there are no letters but Latin ones. */
  private static final int END_OF_LATIN = 0x250;

  private static final Map<String, List<String>> LANGUAGES_BY_WORD = read();

  private LanguageGuess() {}

  /**
   * @return ISO 639-1, as in {@code de}; empty where it cannot be told
   */
  public static Optional<String> of(String text) {
    String words = words(text.substring(0, Math.min(text.length(), LONGEST)));
    UnicodeScript script = mainScript(words);
    if (script == null) {
      return Optional.empty();
    }
    return switch (script) {
      case LATIN -> byWords(words);
      case CYRILLIC -> Optional.of(cyrillic(words));
      case GREEK -> Optional.of("el");
      case HEBREW -> Optional.of("he");
      case ARABIC -> Optional.of(hasAny(words, "پچگژ") ? "fa" : "ar");
      case HANGUL -> Optional.of("ko");
      case HIRAGANA, KATAKANA -> Optional.of("ja");
      case HAN -> Optional.of("zh");
      case THAI -> Optional.of("th");
      case DEVANAGARI -> Optional.of("hi");
      case GEORGIAN -> Optional.of("ka");
      case ARMENIAN -> Optional.of("hy");
      default -> Optional.empty();
    };
  }

  /** The words in lower case, a space behind each; addresses are none. */
  private static String words(String text) {
    StringBuilder words = new StringBuilder(text.length());
    for (int start = 0, end; start < text.length(); start = end + 1) {
      end = start;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      String piece = text.substring(start, end);
      if (!piece.contains("@") && !piece.contains("://") && !piece.contains("www.")) {
        addLetters(words, piece);
      }
    }
    return words.toString().toLowerCase(Locale.ROOT);
  }

  private static void addLetters(StringBuilder words, String piece) {
    boolean inWord = false;
    for (int i = 0, c; i < piece.length(); i += Character.charCount(c)) {
      c = piece.codePointAt(i);
      if (Character.isLetter(c) || isMark(c)) {
        words.appendCodePoint(c);
        inWord = true;
      } else if (inWord) {
        words.append(' ');
        inWord = false;
      }
    }
    if (inWord) {
      words.append(' ');
    }
  }

  private static boolean isMark(int c) {
    return c >= END_OF_LATIN
        && switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK ->
              true;
          default -> false;
        };
  }

  private static @org.jspecify.annotations.Nullable UnicodeScript mainScript(String text) {
    Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
    int latin = 0;
    for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (c < END_OF_LATIN) {
        latin += c == ' ' ? 0 : 1;
      } else if (Character.isLetter(c)) {
        letters.merge(UnicodeScript.of(c), 1, Integer::sum);
      }
    }
    letters.merge(UnicodeScript.LATIN, latin, Integer::sum);
    // Japanese mixes scripts; only its own two are nobody else's.
    for (UnicodeScript kana : List.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA)) {
      if (letters.getOrDefault(kana, 0) > 1) {
        return kana;
      }
    }
    return letters.entrySet().stream()
        .filter(script -> script.getValue() > 1)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static Optional<String> byWords(String text) {
    Map<String, Double> scores = new HashMap<>();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf(' ', start);
      List<String> languages = LANGUAGES_BY_WORD.get(text.substring(start, end));
      if (languages != null) {
        languages.forEach(language -> scores.merge(language, 1.0 / languages.size(), Double::sum));
      }
      start = end + 1;
    }
    List<Map.Entry<String, Double>> best =
        scores.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
            .limit(2)
            .toList();
    if (best.isEmpty() || best.getFirst().getValue() < ENOUGH) {
      return Optional.empty();
    }
    double second = best.size() > 1 ? best.get(1).getValue() : 0;
    return best.getFirst().getValue() >= second * LEAD
        ? Optional.of(best.getFirst().getKey())
        : Optional.empty();
  }

  private static String cyrillic(String text) {
    if (hasAny(text, "іїєґ")) {
      return "uk";
    }
    if (hasAny(text, "ђћљњџј")) {
      return "sr";
    }
    return hasAny(text, "ыэё") || !hasAny(text, "ъ") ? "ru" : "bg";
  }

  private static boolean hasAny(String text, String letters) {
    return letters.chars().anyMatch(letter -> text.indexOf(letter) >= 0);
  }

  private static Map<String, List<String>> read() {
    Map<String, List<String>> languages = new HashMap<>();
    try (InputStream file =
            Objects.requireNonNull(
                LanguageGuess.class.getResourceAsStream("common-words.txt"), "common-words.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(line ->
              Arrays.stream(line)
                  .skip(1)
                  .distinct()
                  .forEach(word -> languages.merge(word, List.of(line[0]), LanguageGuess::both)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return languages;
  }

  private static List<String> both(List<String> one, List<String> other) {
    return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
  }
}
