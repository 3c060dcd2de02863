package dev.shopbell.conversations;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words that one message must hold. Case and accents count for nothing, on either side:
 * “muller” finds “Müller”.
 */
record SearchWords(List<SearchTerm> terms) {
  private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{Mn}]*");
  private static final Pattern NUMBERED = Pattern.compile("-(?=\\d)|(?<=\\p{L})[.:/_](?=\\d)");
  private static final int LONGEST_PIECE = 240;

  SearchWords {
    terms = List.copyOf(terms);
  }

  /** Whether there is anything in it that could be found. */
  static boolean holdsWord(String text) {
    return WORD.matcher(fold(text)).find();
  }

  /** As it stands in the index: the number of {@code SB-1042} or {@code Nr.1042} is a word too. */
  static String indexed(String text) {
    return NUMBERED.matcher(fold(text)).replaceAll(" ");
  }

  /** Lower case, compatibility forms unified, accents taken off. */
  static String fold(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    return MARKS
        .matcher(decomposed)
        .replaceAll("")
        .toLowerCase(Locale.ROOT)
        .replace("ß", "ss")
        .replace('\u0000', ' ');
  }

  boolean asks(SearchTerm.Where where) {
    return terms.stream().anyMatch(term -> term.where() == where);
  }

  /** A word that marks what it equals, or what begins with it. */
  private record Sought(String word, boolean prefix) {
    boolean finds(String folded) {
      return prefix ? folded.startsWith(word) : folded.equals(word);
    }
  }

  private List<Sought> sought(Set<SearchTerm.Where> places) {
    List<Sought> all = new ArrayList<>();
    for (SearchTerm term : terms) {
      if (places.contains(term.where())) {
        Matcher word = WORD.matcher(term.text());
        while (word.find()) {
          boolean last = word.end() == term.text().length();
          all.add(new Sought(word.group(), term.prefix() && last));
        }
      }
    }
    return all;
  }

  /**
   * A piece of the text around the first hit of what is sought in these places, with all hits in
   * it; null if there is none.
   */
  @Nullable Piece match(String text, Set<SearchTerm.Where> places) {
    List<Sought> sought = sought(places);
    if (sought.isEmpty()) {
      return null;
    }
    List<int[]> hits = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    int from = -1;
    while (word.find() && (from < 0 || word.end() < from + LONGEST_PIECE)) {
      String folded = fold(word.group());
      if (sought.stream().anyMatch(one -> one.finds(folded))) {
        if (from < 0) {
          from = Math.max(0, word.start() - 60);
        }
        hits.add(new int[] {word.start(), word.end()});
      }
    }
    if (from < 0) {
      return null;
    }
    int start = startOfWord(text, from);
    int end = Math.min(text.length(), start + LONGEST_PIECE);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    String piece = text.substring(start, end).replaceAll("\\s", " ");
    List<int[]> marks = new ArrayList<>();
    for (int[] hit : hits) {
      if (hit[0] >= start && hit[1] <= end) {
        marks.add(new int[] {hit[0] - start, hit[1] - start});
      }
    }
    return new Piece(piece, marks);
  }

  /**
   * @param marks [start, end) in UTF-16 units of {@code text}
   */
  record Piece(String text, List<int[]> marks) {}

  private static int startOfWord(String text, int from) {
    int space = from == 0 ? -1 : text.indexOf(' ', from);
    return space < 0 || space > from + 30 ? from : space + 1;
  }
}
