package dev.shopbell.platform.html;

/** Makes decoded text fit to be stored and shown. */
public final class PlainText {
  private PlainText() {}

  /**
   * Line ends become \n; NUL (which PostgreSQL refuses), other control characters and halves of
   * surrogate pairs are dropped.
   */
  public static String clean(String text) {
    int from = firstUnclean(text);
    if (from == text.length()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length()).append(text, 0, from);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\u0085') {
        if (c == '\u0085' || i + 1 == text.length() || text.charAt(i + 1) != '\n') {
          clean.append('\n');
        }
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        clean.append(c).append(text.charAt(++i));
      } else if (!isUnclean(c)) {
        clean.append(c);
      }
    }
    return clean.toString();
  }

  private static int firstUnclean(String text) {
    int i = 0;
    while (i < text.length() && !isUnclean(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isUnclean(char c) {
    return (c < ' ' && c != '\n' && c != '\t')
        || (c >= 0x7F && c < 0xA0)
        || Character.isSurrogate(c)
        || c == '\uFEFF';
  }

  /** At most so many characters, never half of a pair. */
  public static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  /** See {@link #decode}; for text that is not encoded. */
  public static String oneLine(String value) {
    StringBuilder line = new StringBuilder(value.length());
    boolean gap = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < value.length()
            && Character.isLowSurrogate(value.charAt(i + 1))) {
          gap = appendGap(line, gap);
          line.append(c).append(value.charAt(++i));
        } else {
          line.append('\uFFFD');
        }
      } else if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085') {
        gap = true;
      } else if (!Character.isISOControl(c) && !turnsDirection(c) && !fills(c)) {
        gap = appendGap(line, gap);
        line.append(c);
      }
    }
    return line.toString();
  }

  /** Embeddings, overrides and isolates; the marks that right-to-left text needs stay. */
  public static boolean turnsDirection(char c) {
    return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069') || c == '\uFEFF';
  }

  /** What is never seen and only tells two equal words apart. */
  private static boolean fills(char c) {
    return c == '\u200B' || c == '\u2060' || c == '\u00AD';
  }

  private static boolean appendGap(StringBuilder line, boolean gap) {
    if (gap && !line.isEmpty()) {
      line.append(' ');
    }
    return false;
  }
}
