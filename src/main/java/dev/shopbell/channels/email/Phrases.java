package dev.shopbell.channels.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Word sequences of one meaning in many languages, from a file of the program. They are weak
 * signals: whoever uses them weighs several.
 */
final class Phrases {
  /** A star in a phrase stands for at most so many words. */
  private static final int GAP = 4;

  private static final int HASHES = 1 << 13;

  private final Map<String, List<List<String>>> byFirst = new HashMap<>();
  private final List<String> unspaced = new ArrayList<>();

  /** A bit for the hash of each first word: nearly every word of a mail begins no phrase. */
  private final BitSet firsts = new BitSet(HASHES);

  private Phrases() {}

  /** The sections of a file, by name. */
  static Map<String, Phrases> read(String file) {
    Map<String, Phrases> sections = new HashMap<>();
    Phrases section = new Phrases();
    try (InputStream in = Phrases.class.getResourceAsStream(file)) {
      String text =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().map(String::strip).toList()) {
        if (line.startsWith("[")) {
          section = new Phrases();
          sections.put(line.substring(1, line.length() - 1), section);
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          section.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sections;
  }

  private void add(String line) {
    Words words = Words.of(line.replace("*", " star "), line.length() * 2);
    if (!words.unspaced().isEmpty()) {
      unspaced.add(words.unspaced());
      return;
    }
    List<String> phrase = words.all().stream().map(w -> w.equals("star") ? "*" : w).toList();
    firsts.set(hash(phrase.getFirst()));
    byFirst.computeIfAbsent(phrase.getFirst(), any -> new ArrayList<>()).add(phrase);
  }

  /** How many different ones the text holds. */
  int count(Words text) {
    return found(text).size();
  }

  boolean any(Words text) {
    List<String> words = text.all();
    for (int i = 0; i < words.size(); i++) {
      for (List<String> phrase : beginning(words.get(i))) {
        if (matches(phrase, 1, words, i + 1)) {
          return true;
        }
      }
    }
    return !text.unspaced().isEmpty() && unspaced.stream().anyMatch(text.unspaced()::contains);
  }

  /** The different ones that the text holds. */
  Set<String> found(Words text) {
    Set<String> found = new HashSet<>();
    List<String> words = text.all();
    for (int i = 0; i < words.size(); i++) {
      for (List<String> phrase : beginning(words.get(i))) {
        if (matches(phrase, 1, words, i + 1)) {
          found.add(String.join(" ", phrase));
        }
      }
    }
    if (!text.unspaced().isEmpty()) {
      for (String phrase : unspaced) {
        if (text.unspaced().contains(phrase)) {
          found.add(phrase);
        }
      }
    }
    return found;
  }

  /** Whether the text begins with one, and how many words that is; 0 where it does not. */
  int leading(Words text) {
    List<String> words = text.all();
    int longest = 0;
    if (!words.isEmpty()) {
      for (List<String> phrase : byFirst.getOrDefault(words.getFirst(), List.of())) {
        if (phrase.size() > longest && matches(phrase, 1, words, 1)) {
          longest = phrase.size();
        }
      }
    }
    for (String phrase : text.unspaced().isEmpty() ? List.<String>of() : unspaced) {
      String start = text.unspaced().replaceFirst("^[\\p{P}\\p{S}]+", "");
      longest = start.startsWith(phrase) ? Math.max(1, longest) : longest;
    }
    return longest;
  }

  private List<List<String>> beginning(String word) {
    return firsts.get(hash(word)) ? byFirst.getOrDefault(word, List.of()) : List.of();
  }

  private static int hash(String word) {
    int hash = word.hashCode();
    return (hash ^ (hash >>> 16)) & (HASHES - 1);
  }

  private static boolean matches(List<String> phrase, int at, List<String> words, int from) {
    if (at == phrase.size()) {
      return true;
    }
    if (phrase.get(at).equals("*")) {
      for (int skipped = 0; skipped <= GAP; skipped++) {
        if (matches(phrase, at + 1, words, from + skipped)) {
          return true;
        }
      }
      return false;
    }
    return from < words.size()
        && words.get(from).equals(phrase.get(at))
        && matches(phrase, at + 1, words, from + 1);
  }
}
