package dev.shopbell.channels.email;

import dev.shopbell.platform.html.PlainText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits what the author of a mail wrote from quoted history and signatures. It goes by structure:
 * containers that mail programs mark, signs at the start of lines, lines that introduce a quote,
 * header blocks, dividers. Words are only weak signals beside it.
 */
final class OwnText {
  private static final Pattern QUOTED = Pattern.compile("^\\s{0,3}\\p{Lu}{0,4}>");
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@]{1,64}@[^\\s<>@]{2,255}");
  private static final Pattern DATE =
      Pattern.compile(
          "(?<!\\d)(?:(?:19|20)\\d\\d|\\d{1,2}[:.]\\d\\d|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2})(?!\\d)");

  private static final Pattern INTRO_END = Pattern.compile("[:\uFF1A][*_ ]{0,3}$");
  private static final int MAX_INTRO = 500;

  /** Verbs of writing: a weak signal, used only beside a quote or a date. */
  private static final Pattern WRITES =
      Pattern.compile(
          "(?iU)wrote|writes|schrieb|geschrieben|écrit|escribió|scritto|schreef|geschreven"
              + "|escreveu|napisał|skrev|skrifaði|kirjoitti|napsal|написал"
              + "|пишет|yazdı|書きました|のメール"
              + "|写道|寫道|작성");

  private static final Pattern DIVIDER =
      Pattern.compile(
          "^\\s*[-\u2013\u2014_=*]{3,}\\s?\\p{L}.{1,60}?\\s?[-\u2013\u2014_=*]{3,}:?\\s*$");

  private static final Pattern RULE = Pattern.compile("^\\s*([-_=\u2500]{10,}|---)\\s*$");
  private static final Pattern SIGNATURE = Pattern.compile("^(-- ?|\u2014 ?|__ ?)$");
  private static final int MAX_SIGNATURE_LINES = 15;

  private static final Pattern DEVICE =
      Pattern.compile(
          "(?iu)(?<!\\p{L})(?:iphone|ipad|ios|android|samsung|galaxy|huawei|xiaomi|redmi|blackberry"
              + "|outlook|yahoo|gmail|proton|gmx|web\\.de|windows|nokia|pixel|handy|smartphone"
              + "|mobil\\p{L}*|tablet\\p{L}*|telefon\\p{L}*)(?![a-z])|телефон|手机|手機");

  private static final Pattern SENT =
      Pattern.compile(
          "(?iU)\\b(sent|send|gesend|geschickt|envoy|envi|inviat|verzond|verstuur|wysłan|skick|lähet"
              + "|odesl|отправ|gönder|get\\b|hol|télécharg|obten|scarica|pobierz)|送信|发自|發自|보냄");

  private final List<String> lines;
  private final boolean[] own;
  private int end;

  private OwnText(List<String> lines) {
    this.lines = lines;
    this.own = new boolean[lines.size()];
    this.end = lines.size();
    Arrays.fill(own, true);
  }

  /**
   * The author's own part of a mail; all of it when nothing else would be left, as in a forward.
   *
   * @param text the mail as plain text
   * @param html the mail as it came, if it has HTML; it need not be safe
   * @param thread the texts of the messages before it, the newest first, as far as they are known
   */
  static String of(String text, @Nullable String html, List<String> thread) {
    return of(text, html);
  }

  static String of(String text, @Nullable String html) {
    String whole = QuotedHtml.withoutMarks(PlainText.clean(text)).strip();
    String marked = html == null || html.isBlank() ? null : QuotedHtml.marked(html);
    if (marked != null) {
      String own = new OwnText(marked.lines().toList()).split();
      if (!own.isBlank()) {
        return own;
      }
    }
    String own = new OwnText(whole.lines().toList()).split();
    return own.isBlank() ? whole : own;
  }

  private String split() {
    findHistory();
    findQuotes();
    findSignatures();
    return collected();
  }

  /** Everything below a divider, a header block or an introduction without signs is history. */
  private void findHistory() {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      boolean starts =
          line.charAt(0) == QuotedHtml.HISTORY
              || (DIVIDER.matcher(line).find() && headsHistory(i))
              || HeaderBlock.startsAt(lines, i, i > 0 && isLead(above(i)));
      if (starts || introducesHistory(i)) {
        end = starts ? withLead(i) : introStart(i);
        Arrays.fill(own, end, own.length, false);
        return;
      }
    }
  }

  private boolean headsHistory(int divider) {
    int seen = 0;
    for (int i = divider + 1; i < lines.size() && seen < 3; i++) {
      String line = lines.get(i);
      if (!line.isBlank()) {
        seen++;
        if (HeaderBlock.isKnown(line) || isIntro(line) || QUOTED.matcher(line).find()) {
          return true;
        }
      }
    }
    return false;
  }

  /** The line above that is not blank, or -1 when more than one blank line is between. */
  private int above(int i) {
    int above = i - 1;
    if (above >= 0 && lines.get(above).isBlank()) {
      above--;
    }
    return above >= 0 && !lines.get(above).isBlank() ? above : -1;
  }

  private boolean isLead(int i) {
    return i >= 0
        && (RULE.matcher(lines.get(i)).find()
            || DIVIDER.matcher(lines.get(i)).find()
            || (INTRO_END.matcher(lines.get(i)).find() && lines.get(i).length() < 60));
  }

  private int withLead(int i) {
    int above = above(i);
    return isLead(above) ? above : i;
  }

  /** An introduction that is followed by text without quote signs. */
  private boolean introducesHistory(int i) {
    String line = lines.get(i);
    if (!INTRO_END.matcher(line).find() || QUOTED.matcher(line).find()) {
      return false;
    }
    String intro = String.join(" ", lines.subList(introStart(i), i + 1));
    boolean strong =
        intro.length() <= MAX_INTRO
            && DATE.matcher(intro).find()
            && WRITES.matcher(intro).find()
            && (ADDRESS.matcher(intro).find() || intro.split("\\s+").length <= 20);
    int next = i + 1;
    while (next < lines.size() && lines.get(next).isBlank()) {
      next++;
    }
    return strong && next < lines.size() && !isQuote(lines.get(next));
  }

  private static boolean isQuote(String line) {
    return QUOTED.matcher(line).find()
        || (!line.isEmpty() && QuotedHtml.isMark(line.strip().charAt(0)));
  }

  private void findQuotes() {
    boolean inQuotedIndent = false;
    for (int i = 0; i < end; i++) {
      String line = lines.get(i);
      char mark = line.isBlank() ? ' ' : line.strip().charAt(0);
      if (mark == QuotedHtml.INDENT_START) {
        inQuotedIndent = markIntroAbove(i);
      }
      boolean quoted = QUOTED.matcher(line).find();
      if (quoted || mark == QuotedHtml.QUOTE) {
        boolean starts = i == 0 || own[i - 1];
        if (starts) {
          markIntroAbove(i);
        }
        own[i] = false;
      } else if (inQuotedIndent || QuotedHtml.isMark(mark)) {
        own[i] = false;
      }
      if (mark == QuotedHtml.INDENT_END) {
        inQuotedIndent = false;
      }
    }
  }

  /** Marks the lines that introduce the quote below; false when there are none. */
  private boolean markIntroAbove(int quote) {
    int last = quote - 1;
    while (last >= 0 && quote - last <= 3 && lines.get(last).isBlank()) {
      last--;
    }
    if (last < 0 || !own[last] || !INTRO_END.matcher(lines.get(last)).find()) {
      return false;
    }
    int start = introStart(last);
    String intro = String.join(" ", lines.subList(start, last + 1));
    if (!isIntro(intro)) {
      return false;
    }
    Arrays.fill(own, start, quote, false);
    return true;
  }

  private static boolean isIntro(String text) {
    return text.length() <= MAX_INTRO
        && INTRO_END.matcher(text).find()
        && (DATE.matcher(text).find()
            || ADDRESS.matcher(text).find()
            || (WRITES.matcher(text).find() && text.length() < 80));
  }

  /**
   * Where an introduction starts that was wrapped onto several lines: up to its date and address.
   */
  private int introStart(int last) {
    String joined = lines.get(last);
    int start = last;
    for (int i = last - 1; i >= 0 && i >= last - 3; i--) {
      String line = lines.get(i);
      if (line.isBlank() || !own[i] || QUOTED.matcher(line).find()) {
        break;
      }
      boolean addsDate = !DATE.matcher(joined).find() && DATE.matcher(line).find();
      boolean addsAddress = !ADDRESS.matcher(joined).find() && ADDRESS.matcher(line).find();
      joined = line + " " + joined;
      if (addsDate || addsAddress) {
        start = i;
      }
    }
    return start;
  }

  private void findSignatures() {
    int segmentEnd = end;
    for (int i = end - 1; i >= 0; i--) {
      if (!own[i]) {
        segmentEnd = i;
      } else if (SIGNATURE.matcher(lines.get(i)).find()
          && (lines.get(i).equals("-- ") || segmentEnd - i <= MAX_SIGNATURE_LINES)) {
        Arrays.fill(own, i, segmentEnd, false);
        segmentEnd = i;
      }
    }
    boolean last = true;
    for (int i = end - 1; i >= 0; i--) {
      String line = lines.get(i);
      if (!own[i]) {
        last = true;
      } else if (!line.isBlank()) {
        if (last && isSentFrom(line) && (i == 0 || lines.get(i - 1).isBlank() || !own[i - 1])) {
          own[i] = false;
        } else {
          last = false;
        }
      }
    }
  }

  private static boolean isSentFrom(String line) {
    if (line.length() > MAX_INTRO) {
      return false;
    }
    String text = line.replaceAll("<[^>]*>", "").strip();
    return text.length() <= 80
        && !text.isEmpty()
        && ".!?\u3002".indexOf(text.charAt(text.length() - 1)) < 0
        && text.split("\\s+").length <= 10
        && DEVICE.matcher(text).find()
        && SENT.matcher(text).find();
  }

  private String collected() {
    List<String> kept = new ArrayList<>();
    boolean gap = false;
    for (int i = 0; i < lines.size(); i++) {
      if (!own[i]) {
        gap = true;
      } else if (!lines.get(i).isBlank()) {
        kept.add(lines.get(i).stripTrailing());
        gap = false;
      } else if (!gap || (!kept.isEmpty() && !kept.getLast().isEmpty())) {
        kept.add("");
      }
    }
    return String.join("\n", kept).strip();
  }
}
