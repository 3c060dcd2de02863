package dev.shopbell.channels.email;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises the lines of "Word: value" that mail programs put above a quoted or forwarded mail, by
 * what their values look like: somebody's address, a day with its time. What the words say helps,
 * but is not needed.
 */
final class HeaderBlock {
  private static final Pattern TIME =
      Pattern.compile("(?<!\\d)\\d{1,2}[:.]\\d\\d(?!\\d)|(?:19|20)\\d\\d");
  private static final Pattern DAY_AND_TIME =
      Pattern.compile("(?:19|20)\\d\\d.*?(?<!\\d)\\d{1,2}[:.]\\d\\d(?!\\d)");
  private static final Pattern NAMED_ADDRESS =
      Pattern.compile("[<(\\[](?:mailto:)?[^\\s<>@]{1,64}@[^\\s<>@]{2,255}[>)\\]]");

  /**
   * What the fields From, Sent, To, Cc and Subject are called: a weak signal beside the structure.
   */
  private static final Set<String> KNOWN =
      Set.of(
          """
          from|sent|date|to|cc|bcc|subject|reply-to|von|gesendet|datum|an|betreff|de|envoyé|envoyé le
          date d'envoi|à|objet|expéditeur|destinataire|copie à|enviado|enviado el|fecha|para|asunto|da|inviato
          data|a|oggetto|van|verzonden|aan|onderwerp|enviada|enviada em|enviado em|assunto|od|wysłano|do|temat|dw
          från|skickat|till|ämne|kopia|fra|sendt|til|emne|dato|kopi|lähettäjä|lähetetty|vastaanottaja|aihe|päivämäärä
          odesláno|komu|předmět|kopie|от|от кого|отправлено|дата|кому|тема|копия|kimden|gönderildi|gönderen|tarih|kime
          konu|bilgi|差出人|送信日時|日時|日付|宛先|件名|发件人|发送时间|发送日期|日期|时间|收件人|抄送|主题|寄件者|寄件人|收件者
          主旨|寄件日期|보낸사람|보낸 사람|보낸 날짜|날짜|받는사람|받는 사람|제목|참조
          """
              .strip()
              .split("[|\n]"));

  private static final int LONGEST = 12;
  private static final int LONGEST_LINE = 2_000;
  private static final int LONGEST_LABEL = 26;

  private HeaderBlock() {}

  /**
   * Whether such a block starts at the line.
   *
   * @param led whether a divider or an introducing line is above, which is half of the proof
   */
  static boolean startsAt(List<String> lines, int at, boolean led) {
    return length(lines, at, led) > 0;
  }

  /** How many lines such a block has that starts at the line; 0 when none does. */
  static int length(List<String> lines, int at, boolean led) {
    int fields = 0;
    int known = 0;
    boolean time = false;
    boolean dated = false;
    boolean address = false;
    boolean named = false;
    boolean wrapped = false;
    boolean words = true;
    boolean first = false;
    int i = at;
    for (; i < lines.size() && i < at + LONGEST; i++) {
      String line = bare(lines.get(i));
      int colon = colon(line);
      if (colon > 0) {
        fields++;
        boolean isKnown = KNOWN.contains(label(line, colon));
        known += isKnown ? 1 : 0;
        first |= fields == 1 && isKnown;
        words &= fields > 1 || startsWithWords(line, colon);
        wrapped = false;
      } else if (i == at || line.isBlank() || (wrapped && line.indexOf('@') < 0)) {
        break;
      } else {
        wrapped = true;
      }
      if (line.length() < LONGEST_LINE) {
        time |= TIME.matcher(line).find();
        dated |= DAY_AND_TIME.matcher(line).find();
        if (line.indexOf('@') >= 0) {
          address = true;
          named |= NAMED_ADDRESS.matcher(line).find();
        }
      }
    }
    int enough = led ? 2 : 3;
    boolean bySense =
        known >= 2 && time && (first || led) && (led || address || (known >= 3 && words && dated));
    boolean byLook = named && dated && (known > 0 || fields >= 4);
    return fields >= enough && (bySense || byLook) ? i - at : 0;
  }

  static boolean isKnown(String line) {
    String bare = bare(line);
    int colon = colon(bare);
    return colon > 0 && KNOWN.contains(label(bare, colon));
  }

  /** Without the signs that some programs put before each line of what they quote or forward. */
  private static String bare(String line) {
    int at = 0;
    while (at < line.length() && (line.charAt(at) == '>' || line.charAt(at) == ' ')) {
      at++;
    }
    return line.substring(at);
  }

  /** Where the colon after a label is, or -1. */
  private static int colon(String line) {
    int last = Math.min(line.length(), LONGEST_LABEL + 8);
    int letters = 0;
    for (int i = 0; i < last; i++) {
      char c = line.charAt(i);
      if (c == ':' || c == '\uFF1A') {
        return letters > 0 && letters <= LONGEST_LABEL && !line.startsWith("//", i + 1) ? i : -1;
      }
      if (Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
        letters++;
      } else if (letters == 0 ? "*_ \t|".indexOf(c) < 0 : "*_ \t|\u00A0'\u2019.-".indexOf(c) < 0) {
        return -1;
      }
    }
    return -1;
  }

  private static String label(String line, int colon) {
    int from = 0;
    int to = colon;
    while (from < to && !Character.isLetter(line.charAt(from))) {
      from++;
    }
    while (to > from && !Character.isLetter(line.charAt(to - 1))) {
      to--;
    }
    return line.substring(from, to).toLowerCase(Locale.ROOT);
  }

  /** "From: size M" and "From: 10:30" are a customer's own lists. */
  private static boolean startsWithWords(String line, int colon) {
    for (int i = colon + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        return Character.isLetter(c);
      }
    }
    return false;
  }
}
