package dev.shopbell.conversations;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody searches for, read into words. Case and accents count for nothing, on either side:
 * “muller” finds “Müller”. Quotes hold a phrase together; the last word finds whatever begins with
 * it.
 */
record SearchWords(List<Term> terms, @Nullable Long number) {
  private static final int MOST_TERMS = 12;
  private static final int LONGEST = 500;
  private static final Pattern TERM = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern NUMBER = Pattern.compile("#?(\\d{1,18})");
  private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{Mn}]*");

  /**
   * @param text folded
   * @param prefix whether words that only begin with it are found too
   */
  record Term(String text, boolean prefix) {}

  static SearchWords parse(String query) {
    String cut = query.length() > LONGEST ? query.substring(0, LONGEST) : query;
    List<Term> terms = new ArrayList<>();
    Matcher matcher = TERM.matcher(cut);
    while (matcher.find() && terms.size() < MOST_TERMS) {
      boolean phrase = matcher.group(1) != null;
      String text = fold(phrase ? matcher.group(1) : matcher.group(2));
      boolean last = matcher.end() == cut.length();
      if (WORD.matcher(text).find()) {
        terms.add(new Term(text, last && !phrase && !text.contains("@")));
      }
    }
    Matcher number = NUMBER.matcher(cut.strip());
    return new SearchWords(terms, number.matches() ? Long.parseLong(number.group(1)) : null);
  }

  /** Whether there is anything in it that could be found. */
  static boolean holdsWord(String text) {
    return WORD.matcher(fold(text)).find();
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

  /**
   * A piece of the text around the first hit, with the places of all hits in it; null if there is
   * none.
   */
  ConversationRow.@Nullable Match match(String text) {
    List<int[]> hits = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Term term : terms) {
      Matcher word = WORD.matcher(term.text());
      while (word.find()) {
        words.add(word.group());
      }
    }
    boolean prefix = !terms.isEmpty() && terms.getLast().prefix();
    Matcher word = WORD.matcher(text);
    int from = -1;
    while (word.find() && (from < 0 || word.end() < from + 240)) {
      if (matches(fold(word.group()), words, prefix)) {
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
    int end = Math.min(text.length(), start + 240);
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
    return new ConversationRow.Match(piece, marks);
  }

  private static boolean matches(String word, List<String> words, boolean prefix) {
    for (int i = 0; i < words.size(); i++) {
      boolean last = i == words.size() - 1;
      if (word.equals(words.get(i)) || (last && prefix && word.startsWith(words.get(i)))) {
        return true;
      }
    }
    return false;
  }

  private static int startOfWord(String text, int from) {
    int space = from == 0 ? -1 : text.indexOf(' ', from);
    return space < 0 || space > from + 30 ? from : space + 1;
  }
}
