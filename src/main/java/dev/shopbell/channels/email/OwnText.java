package dev.shopbell.channels.email;

import dev.shopbell.platform.html.PlainText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits what the author of a mail wrote from quoted history and signatures. The strongest sign is
 * that a passage repeats a message of the thread ({@link ThreadMatch}); then come the containers
 * that mail programs mark ({@link QuotedHtml}), signs at the start of lines, lines that introduce a
 * quote ({@link QuoteIntro}), header blocks ({@link HeaderBlock}), dividers ({@link HistoryMark}).
 * Words are only weak signals beside these. Where in doubt, a line is the author's.
 */
final class OwnText {
  private static final Pattern FORWARD_SUBJECT =
      Pattern.compile(
          "(?iU)^\\s*(?:fwd?|wg|tr|rv|i|enc|pd|vb|vl|ilt|i̇lt|doorst|转发|轉寄|転送|전달)\\s*[:\uFF1A]");

  private static final int LONGEST_SUBJECT = 1_000;
  private static final int LONGEST_CITED = 8;
  private static final int WIDEST_ANSWER = 12;

  private final List<String> lines;
  private final ThreadMatch match;
  private final boolean quietThread;
  private final boolean forwards;
  private final boolean[] own;

  /** From here on all is history, or all is what the author forwards. */
  private int end;

  private OwnText(List<String> lines, List<String> thread, boolean forwards) {
    this.lines = lines;
    this.match = ThreadMatch.of(lines, thread);
    this.quietThread = thread.isEmpty();
    this.forwards = forwards;
    this.own = new boolean[lines.size()];
    this.end = lines.size();
    Arrays.fill(own, true);
  }

  /** As {@link #of(String, String, List, String)}, of a mail whose subject says nothing. */
  static String of(String text, @Nullable String html, List<String> thread) {
    return of(text, html, thread, "");
  }

  /**
   * The author's own part of a mail; all of it when nothing else would be left. What the author
   * forwards is theirs too.
   *
   * @param text the mail as plain text
   * @param html the mail as it came, if it has HTML; it need not be safe
   * @param thread the texts of the messages before it, the newest first, as far as they are known
   * @param subject tells an answer from a forward where both look the same
   */
  static String of(String text, @Nullable String html, List<String> thread, String subject) {
    boolean forwards = FORWARD_SUBJECT.matcher(PlainText.cut(subject, LONGEST_SUBJECT)).find();
    String whole = QuotedHtml.withoutMarks(PlainText.clean(text)).strip();
    String marked = html == null || html.isBlank() ? null : QuotedHtml.marked(html);
    if (marked != null) {
      String own = new OwnText(marked.lines().toList(), thread, forwards).split();
      if (!own.isBlank()) {
        return own;
      }
    }
    String own = new OwnText(whole.lines().toList(), thread, forwards).split();
    return own.isBlank() ? whole : own;
  }

  private String split() {
    findHistory();
    findAnswersWithinHistory();
    findRepeated();
    findQuotes();
    MailSignature.find(lines, own, end);
    return collected();
  }

  /** Everything below a divider, a header block or an introduction without signs is history. */
  private void findHistory() {
    int cut = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      if (line.charAt(0) == QuotedHtml.FORWARD || startsForward(i)) {
        end = i;
        return;
      }
      if (line.charAt(0) == '>') {
        continue;
      }
      if (HistoryMark.isReplyLine(line)) {
        end = i;
        cut(i, own.length);
        return;
      }
      int head = headOfHistory(i);
      if (head == 0) {
        continue;
      }
      int start = startOfHead(i);
      if (isForwarded(start, i)) {
        end = start;
        return;
      }
      if (hasWords(cut, start) || !match.any(i + head, own.length)) {
        end = start;
        cut(start, own.length);
        return;
      }
      cut = i + head;
      cut(start, cut);
      i = cut - 1;
    }
  }

  private void cut(int from, int to) {
    Arrays.fill(own, from, to, false);
  }

  /** How many lines say that what stands below them is history; 0 when it is not. */
  private int headOfHistory(int i) {
    String line = lines.get(i);
    if (line.charAt(0) == QuotedHtml.HISTORY) {
      return 1;
    }
    if (HistoryMark.isDivider(line) && headsHistory(i)) {
      return 1;
    }
    int block = HeaderBlock.length(lines, i, isLead(above(i)));
    if (block > 0) {
      return block;
    }
    return introducesHistory(i) ? 1 : 0;
  }

  private int startOfHead(int i) {
    if (introducesHistory(i)) {
      return QuoteIntro.start(lines, i);
    }
    int above = above(i);
    return isLead(above) ? above : i;
  }

  private boolean startsForward(int i) {
    if (!HistoryMark.startsForward(lines, i)) {
      return false;
    }
    if (lines.get(i).charAt(0) != '>') {
      return true;
    }
    boolean first = i == 0 || !lines.get(i - 1).startsWith(">");
    for (int at = i - 1; first && at >= 0 && lines.get(at).startsWith(">"); at--) {
      first = HistoryMark.isEmpty(lines.get(at));
    }
    int above = above(i);
    return first && (above < 0 || !QuoteIntro.leadsQuote(introOf(above)));
  }

  /** Whether the history below is handed on, as a comment above it or the subject says. */
  private boolean isForwarded(int start, int head) {
    if (introducesHistory(head) || match.any(start, own.length)) {
      return false;
    }
    return forwards
        || (quietThread && HistoryMark.pointsBelow(String.join(" ", lines.subList(0, start))));
  }

  private boolean headsHistory(int divider) {
    int seen = 0;
    for (int i = divider + 1; i < lines.size() && seen < 3; i++) {
      String line = lines.get(i);
      if (!line.isBlank()) {
        seen++;
        if (HeaderBlock.isKnown(line)
            || match.repeats(i)
            || line.charAt(0) == '>'
            || (QuoteIntro.ends(line) && QuoteIntro.leadsQuote(line))) {
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
    if (i < 0) {
      return false;
    }
    String line = lines.get(i);
    return HistoryMark.isRule(line)
        || (HistoryMark.isDivider(line) && HistoryMark.namesMessage(line))
        || (QuoteIntro.ends(line) && line.length() < 60 && HistoryMark.namesMessage(line));
  }

  /** An introduction that is followed by text without quote signs. */
  private boolean introducesHistory(int i) {
    String line = lines.get(i);
    if (!QuoteIntro.ends(line)) {
      return false;
    }
    int next = i + 1;
    while (next < lines.size() && lines.get(next).isBlank()) {
      next++;
    }
    if (next == lines.size() || HistoryMark.isQuote(lines.get(next))) {
      return false;
    }
    int start = QuoteIntro.start(lines, i);
    boolean apart = start == 0 || lines.get(start - 1).isBlank();
    return QuoteIntro.leadsHistory(introOf(i), apart, match.any(next, Math.min(next + 3, end)));
  }

  private String introOf(int last) {
    int start = QuoteIntro.start(lines, last);
    return start == last ? lines.get(last) : String.join(" ", lines.subList(start, last + 1));
  }

  private boolean hasWords(int from, int to) {
    for (int i = from; i < to; i++) {
      if (own[i] && !lines.get(i).isBlank()) {
        return true;
      }
    }
    return false;
  }

  /** Some answer within the text they quote, without any signs: what is between ours is theirs. */
  private void findAnswersWithinHistory() {
    int last = -1;
    for (int i = end; i < lines.size() && !own[i]; i++) {
      if (match.repeats(i)) {
        if (last >= 0 && match.repeatSame(last, i) && i - last <= WIDEST_ANSWER) {
          for (int at = last + 1; at < i; at++) {
            own[at] = isAnswer(at);
          }
        }
        last = i;
      }
    }
  }

  private boolean isAnswer(int i) {
    String line = lines.get(i);
    return !line.isBlank()
        && !match.touches(i)
        && !HistoryMark.isQuote(line)
        && !HistoryMark.isRule(line)
        && !line.startsWith("[")
        && !line.startsWith("<")
        && !HeaderBlock.isKnown(line);
  }

  /** What repeats a message of the thread is history, whoever failed to mark it. */
  private void findRepeated() {
    int last = -1;
    for (int i = 0; i < end; i++) {
      if (!own[i] || !match.repeats(i)) {
        continue;
      }
      int above = above(i);
      boolean starts = above < 0 || !match.repeats(above);
      if (starts && above >= 0 && own[above]) {
        boolean goesOn = last >= 0 && match.repeatSame(last, i);
        if (!goesOn && MailSignature.isClosing(lines.get(i))) {
          int name = i + 1;
          while (name < end && lines.get(name).isBlank()) {
            name++;
          }
          i = name < end && MailSignature.isName(lines.get(name)) ? name : i;
          continue;
        }
        String lead = lines.get(above);
        if (HistoryMark.isRule(lead) || HistoryMark.isDivider(lead)) {
          own[above] = false;
        } else if (QuoteIntro.ends(lead) && QuoteIntro.leadsQuote(introOf(above))) {
          cut(QuoteIntro.start(lines, above), i);
        }
      }
      own[i] = false;
      last = i;
    }
  }

  private void findQuotes() {
    boolean introduced = false;
    boolean inIndent = false;
    List<int[]> alone = new ArrayList<>();
    for (int i = 0; i < end; i++) {
      String line = lines.get(i);
      if (!HistoryMark.isQuote(line)) {
        own[i] &= !inIndent;
        continue;
      }
      char mark = line.strip().charAt(0);
      if (mark == QuotedHtml.INDENT_START) {
        inIndent = cutIntroAbove(i) || repeatsUntilIndentEnds(i);
        own[i] = false;
      } else if (QuotedHtml.isMark(mark)) {
        introduced |= mark == QuotedHtml.QUOTE && cutIntroAbove(i);
        inIndent &= mark != QuotedHtml.INDENT_END;
        own[i] = false;
      } else {
        int to = i + 1;
        while (to < end
            && HistoryMark.isQuote(lines.get(to))
            && !QuotedHtml.isMark(lines.get(to).strip().charAt(0))) {
          to++;
        }
        boolean intro = cutIntroAbove(i);
        introduced |= intro;
        if (!intro && isCited(i, to)) {
          alone.add(new int[] {i, to});
        } else {
          cut(i, to);
        }
        i = to - 1;
      }
    }
    if (introduced) {
      alone.forEach(cited -> cut(cited[0], cited[1]));
    }
  }

  private boolean repeatsUntilIndentEnds(int i) {
    int to = i + 1;
    while (to < end && !lines.get(to).startsWith(String.valueOf(QuotedHtml.INDENT_END))) {
      to++;
    }
    return match.any(i, to);
  }

  /** A few lines that the author cites from elsewhere, within their own words. */
  private boolean isCited(int from, int to) {
    int above = above(from);
    return to - from <= LONGEST_CITED
        && above >= 0
        && own[above]
        && QuoteIntro.ends(lines.get(above))
        && !match.any(from, to)
        && hasWords(to, end);
  }

  /** Cuts the lines that introduce the quote below; false when there are none. */
  private boolean cutIntroAbove(int quote) {
    int last = quote - 1;
    while (last >= 0 && quote - last <= 3 && lines.get(last).isBlank()) {
      last--;
    }
    if (last < 0 || !own[last] || lines.get(last).isBlank()) {
      return false;
    }
    if (!QuoteIntro.leadsQuote(introOf(last))) {
      return false;
    }
    cut(QuoteIntro.start(lines, last), quote);
    return true;
  }

  private String collected() {
    List<String> kept = new ArrayList<>();
    boolean gap = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!own[i]) {
        gap = true;
      } else if (!line.isBlank() && !QuotedHtml.isMark(line.charAt(0))) {
        kept.add(line.stripTrailing());
        gap = false;
      } else if (!gap || (!kept.isEmpty() && !kept.getLast().isEmpty())) {
        kept.add("");
      }
    }
    return String.join("\n", kept).strip();
  }
}
