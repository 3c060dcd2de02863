package dev.shopbell.channels.email;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text as its words: in lower case, without accents and punctuation, so that phrases are found
 * however they are written.
 *
 * @param all in their order
 * @param unspaced the text in lower case where it is in a script that sets no spaces; else empty
 */
record Words(List<String> all, String unspaced) {
  private static final int FOLDED_TO = 0x400;
  private static final String[] FOLDED = folded();

  /** Of the beginning of a text, so many characters. */
  static Words of(String text, int longest) {
    int end = Math.min(text.length(), longest);
    List<String> words = new ArrayList<>(end / 6 + 1);
    StringBuilder word = new StringBuilder(24);
    boolean unspaced = false;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        word.append(c);
      } else if (c < FOLDED_TO) {
        String letter = FOLDED[c];
        if (isMark(c)) {
          continue;
        }
        if (letter.isEmpty()) {
          close(word, words);
        } else {
          word.append(letter);
        }
      } else if (Character.isLetterOrDigit(c)) {
        unspaced |= isUnspaced(c);
        word.append(Character.toLowerCase(c));
      } else if (Character.getType(c) != Character.FORMAT) {
        close(word, words);
      }
    }
    close(word, words);
    return new Words(
        words, unspaced ? text.substring(0, end).toLowerCase(Locale.ROOT).replace(" ", "") : "");
  }

  private static void close(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isMark(char c) {
    return c == '\u00AD' || (c >= '\u0300' && c <= '\u036F');
  }

  static boolean isUnspaced(char c) {
    return (c >= '\u0E00' && c <= '\u0E7F')
        || (c >= '\u3040' && c <= '\u30FF')
        || (c >= '\u3400' && c <= '\u9FFF')
        || (c >= '\uAC00' && c <= '\uD7AF');
  }

  /** What each of the Latin and Greek characters counts as; nothing where it separates words. */
  private static String[] folded() {
    String[] folded = new String[FOLDED_TO];
    for (char c = 0; c < FOLDED_TO; c++) {
      folded[c] =
          switch (c) {
            case 'ß' -> "ss";
            case 'æ', 'Æ' -> "ae";
            case 'œ', 'Œ' -> "oe";
            case 'ø', 'Ø' -> "o";
            case 'ł', 'Ł' -> "l";
            case 'đ', 'Đ', 'ð', 'Ð' -> "d";
            case 'þ', 'Þ' -> "th";
            case 'ı', 'İ' -> "i";
            default ->
                Character.isLetterOrDigit(c)
                    ? Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD)
                        .replaceAll("\\p{M}", "")
                        .toLowerCase(Locale.ROOT)
                    : "";
          };
    }
    return folded;
  }
}
