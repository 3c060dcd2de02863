package dev.shopbell.channels.email;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds what stands below an author's words and is none of them: signatures, the words of the
 * device, disclaimers, footers. The closing greeting and the name are the author's and stay. A list
 * of details or an address is taken for a signature only where it also bears the marks of a
 * business card.
 */
final class MailSignature {
  private static final int MOST_LINES = 25;
  private static final int MOST_DELIMITED = 15;
  private static final int LONGEST_CARD_LINE = 160;
  private static final int LONGEST = 4_000;
  private static final int FEWEST_DIGITS = 4;

  private static final Pattern DELIMITER = Pattern.compile("^(-- ?|\u2014 ?|__ ?)$");

  private static final Pattern DEVICE =
      Pattern.compile(
          "(?iu)(?<![\\p{L}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]])(?:iphone\\p{L}{0,5}"
              + "|ipad\\p{L}{0,5}|ios|mac|android|samsung|galaxy|huawei|xiaomi|redmi|blackberry"
              + "|outlook|yahoo|gmail|proton|gmx|web\\.de|libero|orange|mail\\.ru|spark|bluemail|hey|zoho|fastmail"
              + "|tutanota|tuta|windows|nokia|pixel|handy|smartphone|mobil\\p{L}*|tablet\\p{L}*|telefon\\p{L}*"
              + "|mail|e-mail|app)(?![a-z])|телефон|почт|手机|手機|邮箱|携帯");

  private static final Pattern SENT =
      Pattern.compile(
          "(?iU)\\b(sent|send|gesend|geschickt|envoy|envi|inviat|verzond|verstuur|wysłan|skick|lähet|hanki"
              + "|odesl|отправ|gönder|get\\b|hol|beziehen|télécharg|obt|otten|scarica|pobierz|ladda|hent|hämta|получ|скача"
              + "|download)|送信|入手|发自|發自|来自|获取|보냄|보낸|다운로드");

  /** How mails close: weak, as it only counts above a name and the marks of a business card. */
  private static final Stems CLOSING =
      Stems.of(
          "regards wishes cheers thank sincere yours best| greet gruß grüß gruss grüss |mfg |lfg |vfg |lg| |vg| freundlich"
              + " hochachtung dank cordial bien_à merci salutation saludo atentament gracias abrazo salut distint grazie"
              + " groet hoogacht |mvg obrigad cumpriment atencios abraç pozdr poważan szacun dzięk hälsning |mvh |vh|"
              + " vänlig tack hilse venlig |tak| takk tervei ystävälli kunnioit kiit úct děkuj přán"
              + " уважен привет спасиб благодар saygı teşekkür sevgi selam çalışma günler journée giornata |dag| |tag| |day|"
              + " 敬具 よろしく 宜しく 此致 敬上 祝 顺颂 谢 謝 감사 드림 올림");

  private static final Pattern PHONE =
      Pattern.compile(
          "(?iU)(?:^|[\\s|(,;])(?:tel|tél|tlf|tfno|tfn|phone|fon|mob|mobile|mobil|fax|cell|gsm|puh|тел|факс|моб|電話"
              + "|电话|電話番号|전화|휴대|ph|t|m|p|f|d)[^\\s:+\\d]{0,9}[.:)]*\\s*[(+]?\\d[\\d ()/.\u2013-]{5,}\\d"
              + "|(?:^|\\s)\\+\\d{1,3}[ (\\d][\\d ()/.\u2013-]{6,}"
              + "|^\\s*[0(][\\d()]{1,5}[ ./-][\\d ()/.-]{5,}\\d\\s*$");

  static final Pattern LINK =
      Pattern.compile(
          "(?iU)https?://\\S|\\bwww\\.[^\\s.]{2,}|[^\\s@]{1,64}@[^\\s@]{2,100}\\.\\p{L}{2,}");

  private static final Pattern LEGAL =
      Pattern.compile(
          "(?U)\\b(?:Ltd|LLC|LLP|Inc|PLC|plc|GmbH|AG|UG|KG|OHG|e\\.K|SARL|SAS|EURL|S\\.?L\\.?U?|S\\.A|S\\.?r\\.?l|S\\.?p\\.?A|B\\.?V"
              + "|N\\.V|Lda|LTDA|Sp\\. ?z ?o|AB|ApS|A/S|AS|Oy|Oyj|s\\.r\\.o|a\\.s|Ş|A\\.Ş|Ltd\\. ?Şti)\\b|[ОЗП]?ООО\\b|ЗАО\\b"
              + "|株式会社|有限会社|有限公司|주식회사|\\b(?:HR[AB]|USt|UID|KvK|BTW|VAT|P\\.? ?IVA|NIP|REGON|SIRET|RCS|CIF|NIF|CVR|IČO"
              + "|DIČ|ИНН|ОГРН|Geschäftsführ|Amtsgericht|Vorstand|Registered)");

  private static final Pattern POSTSCRIPT = Pattern.compile("(?iU)^\\s*p\\.? ?s\\.?[:\\s]");

  private final List<String> lines;
  private final boolean[] own;

  private MailSignature(List<String> lines, boolean[] own) {
    this.lines = lines;
    this.own = own;
  }

  /** Marks in {@code own} what is not, below {@code end}. */
  static void find(List<String> lines, boolean[] own, int end) {
    MailSignature signature = new MailSignature(lines, own);
    int to = end;
    while (to > 0) {
      while (to > 0 && !own[to - 1]) {
        to--;
      }
      int from = to;
      while (from > 0 && own[from - 1]) {
        from--;
      }
      if (from < to) {
        signature.segment(from, to);
      }
      to = from;
    }
  }

  private void segment(int from, int to) {
    int end = delimited(from, trimmed(from, to));
    for (int before = -1; before != end; ) {
      before = end;
      end = trimmed(from, footer(from, end));
    }
    boolean cardBelow = end < to && LEGAL.matcher(shortened(end, to)).find();
    end = ruled(from, end);
    card(from, trimmed(from, end), cardBelow);
  }

  private String shortened(int from, int to) {
    return String.join(
        "\n",
        lines.subList(from, Math.min(to, from + MOST_LINES)).stream()
            .map(line -> line.length() > LONGEST_CARD_LINE ? "" : line)
            .toList());
  }

  private int cut(int from, int to) {
    Arrays.fill(own, from, to, false);
    return from;
  }

  private int trimmed(int from, int to) {
    int end = to;
    while (end > from && lines.get(end - 1).isBlank()) {
      end--;
    }
    return end;
  }

  private int delimited(int from, int to) {
    int end = to;
    for (int i = to - 1; i >= from; i--) {
      String line = lines.get(i);
      if (line.length() <= 3
          && DELIMITER.matcher(line).find()
          && (line.equals("-- ") || end - i <= MOST_DELIMITED)) {
        end = cut(i, end);
      }
    }
    return trimmed(from, end);
  }

  /** Takes one footer off the end: the words of a device, or a paragraph nobody typed. */
  private int footer(int from, int end) {
    if (end <= from) {
      return end;
    }
    String last = lines.get(end - 1);
    boolean apart = end - 1 == from || lines.get(end - 2).isBlank();
    if (isSentFrom(last, apart, end < lines.size())) {
      return cut(end - 1, end);
    }
    int start = end - 1;
    while (start > from && end - start < MOST_LINES && !lines.get(start - 1).isBlank()) {
      start--;
    }
    String paragraph = String.join(" ", lines.subList(start, end));
    if (paragraph.length() <= LONGEST
        && start > from
        && MailFooter.is(paragraph, end - start, oneParagraph(from, start))) {
      return cut(start, end);
    }
    return HistoryMark.isRule(last) && apart && start > from ? cut(end - 1, end) : end;
  }

  private boolean oneParagraph(int from, int to) {
    for (int i = trimmed(from, to) - 1; i > from; i--) {
      if (lines.get(i).isBlank()) {
        return false;
      }
    }
    return true;
  }

  /** A card below a rule, or between two. */
  private int ruled(int from, int end) {
    for (int i = end - 1; i > from && end - i <= MOST_LINES; i--) {
      if (HistoryMark.isRule(lines.get(i)) && i < end - 1) {
        return marks(i + 1, end) > 0 && isCard(i + 1, end) ? cut(i, end) : end;
      }
    }
    return end;
  }

  /** The card below the closing greeting and the name, or below the name alone. */
  private void card(int from, int end, boolean cardBelow) {
    for (int i = Math.max(from, end - MOST_LINES); i < end; i++) {
      boolean closes = isClosing(lines.get(i)) && (i > from || lines.get(i).length() < 30);
      boolean couldClose = i > from && endsGreeting(lines.get(i));
      if (closes || couldClose) {
        int name = next(i + 1, end);
        boolean named = name < end && isName(lines.get(name));
        int card = named ? name + 1 : i + 1;
        boolean proven =
            isBusiness(card, end) || (closes && marks(card, end) > 0 && !isAddress(card, end));
        boolean titled = closes && named && cardBelow && isTitle(card, end);
        if ((closes || named) && ((proven && isCard(card, end)) || titled)) {
          cut(card, end);
          return;
        }
      }
    }
    int start = end;
    while (start > from && end - start < MOST_LINES && !lines.get(start - 1).isBlank()) {
      start--;
    }
    int above = start - 1;
    while (above >= from && lines.get(above).isBlank()) {
      above--;
    }
    if (above >= from
        && start < end
        && isName(lines.get(start))
        && !QuoteIntro.ends(lines.get(above))
        && isBusiness(start + 1, end)
        && marks(start + 1, end) >= 2
        && isCard(start + 1, end)) {
      cut(start + 1, end);
    }
  }

  private int next(int from, int end) {
    int at = from;
    while (at < end && lines.get(at).isBlank()) {
      at++;
    }
    return at;
  }

  static boolean isClosing(String line) {
    String bare = line.strip();
    if (bare.isEmpty() || bare.length() > 45 || bare.indexOf('?') >= 0 || bare.indexOf(':') >= 0) {
      return false;
    }
    return bare.chars().noneMatch(Character::isDigit) && words(bare) <= 6 && CLOSING.anyIn(bare);
  }

  static boolean isName(String line) {
    String bare = line.strip();
    int letter = bare.isEmpty() ? ' ' : bare.codePointAt(0);
    return bare.length() <= 40
        && words(bare) <= 5
        && Character.isLetter(letter)
        && bare.chars().noneMatch(c -> Character.isDigit(c) || "|:@/?!\u3002".indexOf(c) >= 0)
        && !isLegal(bare);
  }

  /** No line of a card is prose, and nothing is added below. */
  private boolean isCard(int from, int to) {
    for (int i = from; i < to; i++) {
      String line = lines.get(i).strip();
      char last = line.isEmpty() ? ' ' : line.charAt(line.length() - 1);
      boolean prose =
          (words(line) > 7 && ".!?".indexOf(last) >= 0 && mark(line) == 0)
              || last == '?'
              || last == '!'
              || last == '\u3002';
      if (line.length() > LONGEST_CARD_LINE || prose || POSTSCRIPT.matcher(line).find()) {
        return false;
      }
    }
    return to > from;
  }

  private int marks(int from, int to) {
    int marks = 0;
    for (int i = from; i < to; i++) {
      marks += mark(lines.get(i)) > 0 ? 1 : 0;
    }
    return marks;
  }

  /** A firm, a site or a mail address: private people do not write these below their address. */
  private boolean isBusiness(int from, int to) {
    for (int i = from; i < to; i++) {
      String line = lines.get(i);
      if (line.length() <= LONGEST_CARD_LINE
          && (isLegal(line) || hasLink(line) || line.contains(" | "))) {
        return true;
      }
    }
    return false;
  }

  /** Street and place, as somebody gives them who waits for a parcel. */
  private boolean isAddress(int from, int to) {
    for (int i = from; i < to; i++) {
      String line = lines.get(i);
      if (line.chars().anyMatch(Character::isDigit) && mark(line) == 0) {
        return true;
      }
    }
    return false;
  }

  /** What somebody is, between their name and a card that went already. */
  private boolean isTitle(int from, int to) {
    for (int i = from; i < to; i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && (!isName(line) || !Character.isUpperCase(line.codePointAt(0)))) {
        return false;
      }
    }
    return from < to && to - from <= 4;
  }

  private static boolean endsGreeting(String line) {
    String bare = line.strip();
    return bare.endsWith(",") && bare.length() <= 30 && words(bare) <= 4;
  }

  private static int mark(String line) {
    if (line.length() > LONGEST_CARD_LINE) {
      return 0;
    }
    return (hasPhone(line) ? 1 : 0) + (hasLink(line) ? 1 : 0) + (isLegal(line) ? 1 : 0);
  }

  /** A look before the costly one, as in the two below. */
  private static boolean hasPhone(String line) {
    int digits = 0;
    for (int i = 0; i < line.length(); i++) {
      digits += line.charAt(i) >= '0' && line.charAt(i) <= '9' ? 1 : 0;
    }
    return digits >= FEWEST_DIGITS && PHONE.matcher(line).find();
  }

  private static boolean hasLink(String line) {
    boolean could =
        line.indexOf('@') >= 0
            || line.indexOf(':') >= 0
            || line.indexOf("w.") >= 0
            || line.indexOf("W.") >= 0;
    return could && LINK.matcher(line).find();
  }

  private static boolean isLegal(String line) {
    boolean could = line.contains("plc") || line.contains("s.r.o") || line.contains("a.s");
    for (int i = 0; i < line.length() && !could; i++) {
      char c = line.charAt(i);
      could = c > 'z' ? Character.isUpperCase(c) || c > '\u3000' : c >= 'A' && c <= 'Z';
    }
    return could && LEGAL.matcher(line).find();
  }

  private static boolean isSentFrom(String line, boolean apart, boolean historyFollows) {
    if (line.length() > 500 || line.isBlank() || !(apart || historyFollows)) {
      return false;
    }
    boolean linked = line.indexOf('<') >= 0 && line.contains("http");
    String text = linked ? line.replaceAll("<[^>]*>", "").strip() : line.strip();
    if (text.isEmpty() || text.length() > 80 || words(text) > 10) {
      return false;
    }
    char last = text.charAt(text.length() - 1);
    if (".!?\u3002".indexOf(last) >= 0 && !(linked && last != '?')
        || !DEVICE.matcher(text).find()) {
      return false;
    }
    boolean sent = SENT.matcher(text).find();
    return apart ? sent || linked : sent && (linked || words(text) <= 7) && startsOrEnds(text);
  }

  /** The verb leads or ends such a line; within a sentence it is somebody's own. */
  private static boolean startsOrEnds(String text) {
    String[] words = text.split("\\s+");
    return SENT.matcher(words[0]).find() || SENT.matcher(words[words.length - 1]).find();
  }

  private static int words(String text) {
    int words = 0;
    boolean within = false;
    for (int i = 0; i < text.length(); i++) {
      boolean gap = Character.isWhitespace(text.charAt(i));
      words += !gap && !within ? 1 : 0;
      within = !gap;
    }
    return words;
  }
}
