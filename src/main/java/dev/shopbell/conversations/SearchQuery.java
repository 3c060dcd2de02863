package dev.shopbell.conversations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed into the search, taken apart: words, “phrases” in quotes and operators, each
 * turned round by a minus before it. Every text is a query. Written out and read again it is the
 * same one.
 *
 * @param open whether more letters of the last part may follow
 */
record SearchQuery(List<Part> parts, boolean open) {
  static final int LONGEST = 500;
  private static final int MOST_PARTS = 40;

  SearchQuery {
    parts = List.copyOf(parts);
  }

  /**
   * @param operator null for plain words
   * @param value without its quotes; empty where nothing stands behind an operator yet
   */
  record Part(boolean negated, @Nullable SearchOperator operator, String value, boolean quoted) {
    String text() {
      return (negated ? "-" : "")
          + (operator == null ? "" : operator.name() + ":")
          + (quoted ? "\"" + value + "\"" : value);
    }
  }

  static SearchQuery parse(String text) {
    return new Reader(cut(text, LONGEST)).read();
  }

  /** The first characters, none of them halved. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  String text() {
    String text = parts.stream().map(Part::text).collect(Collectors.joining(" "));
    return open ? text : text + " ";
  }

  /** Goes over the text once, from left to right. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    SearchQuery read() {
      List<Part> parts = new ArrayList<>();
      boolean open = false;
      while (parts.size() < MOST_PARTS) {
        while (at < text.length() && isSpace(text.charAt(at))) {
          at++;
        }
        if (at == text.length()) {
          break;
        }
        Part part = part();
        if (!part.value().isEmpty() || part.operator() != null) {
          parts.add(part);
          open = !part.quoted() && at == text.length();
        }
      }
      return new SearchQuery(parts, open);
    }

    private Part part() {
      boolean negated =
          text.charAt(at) == '-' && at + 1 < text.length() && !isSpace(text.charAt(at + 1));
      if (negated) {
        at++;
      }
      Optional<SearchOperator> operator = operator();
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      String value = quoted ? untilQuote() : untilSpace();
      return new Part(negated, operator.orElse(null), value, quoted);
    }

    private Optional<SearchOperator> operator() {
      int end = at;
      while (end < text.length() && isLetter(text.charAt(end))) {
        end++;
      }
      if (end == at || end == text.length() || text.charAt(end) != ':') {
        return Optional.empty();
      }
      Optional<SearchOperator> named = SearchOperator.named(text.substring(at, end));
      if (named.isPresent()) {
        at = end + 1;
      }
      return named;
    }

    private String untilQuote() {
      int end = text.indexOf('"', at + 1);
      String value = text.substring(at + 1, end < 0 ? text.length() : end);
      at = end < 0 ? text.length() : end + 1;
      return value;
    }

    private String untilSpace() {
      int from = at;
      while (at < text.length() && !isSpace(text.charAt(at))) {
        at++;
      }
      return text.substring(from, at);
    }

    private static boolean isLetter(char one) {
      return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
    }

    private static boolean isSpace(char one) {
      return Character.isWhitespace(one) || Character.isSpaceChar(one);
    }
  }
}
