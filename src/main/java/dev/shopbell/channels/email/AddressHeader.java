package dev.shopbell.channels.email;

import dev.shopbell.platform.html.PlainText;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the addresses of a From, To or Cc field the way a careful human would: groups, comments,
 * semicolons between addresses, commas in names without quotes, names encoded in any broken way.
 */
final class AddressHeader {
  private static final int MAX_ADDRESSES = 2_000;
  private static final int MAX_NAME = 200;
  private static final char QUOTED_AT = '\uE040';
  private static final Set<String> QUOTES = Set.of("\"\"", "\'\'", "“”", "„“", "‘’", "«»", "``");
  private static final Pattern EMPTY = Pattern.compile("[\\[(<{]\\s*(?:mailto:)?\\s*[\\])>}]");
  private static final Pattern NO_NAME =
      Pattern.compile("(?i)[\\s\"'<>()\\[\\]:;,-]*|(?:mailto:|null|undefined|\\(null\\))\\s*");

  private final String value;
  private final List<MailAddress> found = new ArrayList<>();
  private final StringBuilder phrase = new StringBuilder();
  private final StringBuilder comment = new StringBuilder();
  private @Nullable String angle;
  private String waitingName = "";
  private int at;
  private boolean wordsClose = true;
  private boolean quotesClose = true;
  private int nextOpen = -2;
  private int nextClose = -2;
  private int nextComma = -2;

  private AddressHeader(String value) {
    this.value = value;
  }

  static List<MailAddress> parse(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return List.of();
    }
    List<MailAddress> found = new AddressHeader(value).read();
    if (found.isEmpty() && value.contains("=?")) {
      found = new AddressHeader(HeaderText.decode(value)).read();
    }
    return found;
  }

  static @Nullable MailAddress first(@Nullable String value) {
    List<MailAddress> all = parse(value);
    return all.isEmpty() ? null : all.getFirst();
  }

  private List<MailAddress> read() {
    while (at < value.length() && found.size() < MAX_ADDRESSES) {
      char c = value.charAt(at++);
      switch (c) {
        case '=' -> readWord();
        case '"' -> readQuoted();
        case '(' -> readComment();
        case '<' -> readAngle();
        case ',', ';' -> finish();
        case ':' -> readColon();
        default -> phrase.append(c);
      }
    }
    finish();
    return List.copyOf(found);
  }

  /** An encoded word is one thing, whatever signs it holds unencoded. */
  private void readWord() {
    int end = wordsClose ? HeaderText.wordEnd(value, at - 1) : at;
    wordsClose = end >= 0;
    phrase.append(value, at - 1, Math.max(end, at));
    at = Math.max(end, at);
  }

  /** A colon after words opens a group; after mailto it is noise. */
  private void readColon() {
    int mailto = phrase.length() - 6;
    if (mailto >= 0 && phrase.substring(mailto).equalsIgnoreCase("mailto")) {
      phrase.setLength(mailto);
    } else if (phrase.indexOf("@") < 0 && phrase.indexOf("=?") < 0) {
      phrase.setLength(0);
      waitingName = "";
    } else {
      phrase.append(':');
    }
  }

  private void readQuoted() {
    int close = quotesClose ? closingQuote(at) : -1;
    if (close < 0) {
      quotesClose = false;
      return;
    }
    boolean localPart = close + 1 < value.length() && value.charAt(close + 1) == '@';
    if (localPart) {
      phrase.append(value, at - 1, close + 1);
    } else {
      for (int i = at; i < close; i++) {
        char c = value.charAt(i);
        if (c == '\\' && i + 1 < close) {
          c = value.charAt(++i);
        }
        // An address within quotes is a name, so its sign must not make it one.
        phrase.append(c == '@' ? QUOTED_AT : c);
      }
    }
    at = close + 1;
  }

  private int closingQuote(int from) {
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i;
      }
    }
    return -1;
  }

  private void readComment() {
    int depth = 1;
    comment.setLength(0);
    while (at < value.length() && depth > 0) {
      char c = value.charAt(at++);
      if (c == '\\' && at < value.length()) {
        comment.append(value.charAt(at++));
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else {
        comment.append(c);
      }
    }
  }

  private void readAngle() {
    int from = at;
    while (from < value.length() && value.charAt(from) == '<') {
      from++;
    }
    nextClose = next('>', nextClose, from);
    nextOpen = next('<', nextOpen, from);
    nextComma = next(',', nextComma, from);
    int to = nextClose;
    if (nextClose < 0 || (nextOpen >= 0 && nextOpen < nextClose)) {
      // Never closed: the address ends where the next thing starts.
      boolean comma = nextComma >= 0 && (nextOpen < 0 || nextComma < nextOpen);
      to = comma ? nextComma : nextOpen >= 0 ? nextOpen : value.length();
    }
    String inside = value.substring(from, to);
    if (angle == null || address(angle) == null) {
      angle = inside;
    }
    at = to;
    while (at < value.length() && value.charAt(at) == '>') {
      at++;
    }
  }

  /**
   * Searches again only when the place known from before is behind, so that reading stays linear.
   */
  private int next(char sign, int known, int from) {
    return known == -1 || known >= from ? known : value.indexOf(sign, from);
  }

  private void finish() {
    String words = phrase.toString();
    String address = angle == null ? null : address(angle);
    if (address == null) {
      String bare = bareAddress(words);
      if (bare != null) {
        address = address(bare);
        words = words.replace(bare, " ");
      }
    }
    if (address != null) {
      String name = without(address, name(words));
      if (angle != null && !waitingName.isEmpty()) {
        name = name.isEmpty() ? waitingName : waitingName + ", " + name;
      }
      if (name.isEmpty()) {
        name = without(address, name(comment.toString()));
      }
      found.add(new MailAddress(name.isEmpty() ? null : name, address));
      waitingName = "";
    } else {
      waitingName = name(words);
    }
    phrase.setLength(0);
    comment.setLength(0);
    angle = null;
  }

  /** A name that only repeats the address is none, and beside a name the address is noise. */
  private static String without(String address, String name) {
    String rest = name;
    int at = name.toLowerCase(Locale.ROOT).indexOf(address.toLowerCase(Locale.ROOT));
    if (at >= 0 && at + address.length() <= name.length()) {
      rest = name.substring(0, at) + " " + name.substring(at + address.length());
      rest = unquoted(PlainText.oneLine(EMPTY.matcher(rest).replaceAll(" ")));
    }
    return NO_NAME.matcher(rest).matches() ? "" : rest;
  }

  private static @Nullable String bareAddress(String words) {
    if (words.indexOf('@') < 0) {
      return null;
    }
    for (String word : words.split("[\\s\\[\\]']+", -1)) {
      if (word.indexOf('@') > 0) {
        return word;
      }
    }
    return null;
  }

  private static String name(String words) {
    String name = HeaderText.decode(words.replace(QUOTED_AT, '@'));
    return PlainText.cut(unquoted(EMPTY.matcher(name).replaceAll(" ").strip()), MAX_NAME);
  }

  private static String unquoted(String name) {
    String inner = name;
    while (inner.length() > 1
        && QUOTES.contains("" + inner.charAt(0) + inner.charAt(inner.length() - 1))) {
      inner = inner.substring(1, inner.length() - 1).strip();
    }
    return inner;
  }

  /** The address in its normal form, or null when it is none. */
  static @Nullable String address(String candidate) {
    String address = PlainText.oneLine(candidate).replace(" ", "");
    if (address.regionMatches(true, 0, "mailto:", 0, 7)) {
      address = address.substring(7);
    }
    if (address.startsWith("@") && address.indexOf(':') > 0) {
      address = address.substring(address.indexOf(':') + 1);
    }
    while (address.endsWith(".") || address.endsWith(">")) {
      address = address.substring(0, address.length() - 1);
    }
    int sign = address.lastIndexOf('@');
    if (sign <= 0 || sign == address.length() - 1 || address.length() > 320) {
      return null;
    }
    String local = address.substring(0, sign);
    String domain = ascii(address.substring(sign + 1).toLowerCase(Locale.ROOT));
    boolean quoted = local.startsWith("\"") && local.endsWith("\"") && local.length() > 2;
    if ((!quoted && !isPlain(local, "\"<>(),;:@\\[]"))
        || !isPlain(domain, domain.startsWith("[") ? "\"<>(),;@\\/" : "\"<>(),;:@\\/[]=?")) {
      return null;
    }
    return local + '@' + domain;
  }

  /** One spelling for one domain, and the one that every mail system takes. */
  private static String ascii(String domain) {
    if (domain.chars().allMatch(c -> c < 0x80)) {
      return domain;
    }
    try {
      return IDN.toASCII(domain);
    } catch (IllegalArgumentException e) {
      return domain;
    }
  }

  private static boolean isPlain(String part, String refused) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c <= ' ' || refused.indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }
}
