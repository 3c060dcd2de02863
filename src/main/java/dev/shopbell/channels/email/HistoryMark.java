package dev.shopbell.channels.email;

import java.util.List;
import java.util.regex.Pattern;

/** Judges single lines that stand between what the author wrote and what was there before. */
final class HistoryMark {
  private static final Pattern DIVIDER =
      Pattern.compile(
          "^[>\\s]*[-\u2013\u2014_=*#]{2,}[-\\s]*\\p{L}.{1,80}?\\s?[-\u2013\u2014_=*#]{2,}:?\\s*$");

  /** Words for a mail, for "forwarded", and for "reply above this line": weak signals. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(?iU)messag|nachricht|mensaje|mensagem|bericht|wiadomo|meddeland|besked|melding|viesti|zpráv|e-?mail"
              + "|correo|courriel|письм|сообщен|ileti|mesaj|メッセージ|メール|邮件|郵件|메시지|메일|μήνυμα|üzenet");

  private static final Pattern FORWARDED =
      Pattern.compile(
          "(?iU)\\bforward|\\bfwd|weitergeleitet|weiterleit|transf[eé]r|transmis|reenviad|inoltrat|doorgest"
              + "|encaminhad|przekaz|przesłan|vidarebefordr|vidaresänd|videresend|välitet|edelleen|přeposl"
              + "|пересыл|пересл|переадрес|iletil|yönlendir|転送|转发|轉寄|轉發|전달");

  private static final Pattern REPLY =
      Pattern.compile(
          "(?iU)repl|answer|respond|antwort|répon|respuest|rispo|beantwo|responda|odpow|odpis|svar|vasta|odpov"
              + "|ответ|yanıt|cevap|返信|回复|回覆|답장|type|write|schreib");

  private static final Pattern ABOVE =
      Pattern.compile(
          "(?iU)above|oberhalb|über|au-dessus|encima|arriba|sopra|boven|acima|powyżej|ovan|ovenfor|over|yläpuol|nad"
              + "|выше|üst|上|위|below|unterhalb");

  private static final Pattern LINE =
      Pattern.compile(
          "(?iU)\\bline|linie|zeile|ligne|línea|linea|riga|regel|lijn|linha|lini|\\brad|linje|rivi|řád|строк|черт|satır"
              + "|çizgi|行|線|线|줄|선");

  /** Says that what stands below is somebody else's, worth reading. */
  private static final Pattern POINTS =
      Pattern.compile(
          "(?iU)\\bfyi|\\bbelow|forward|z\\. ?k\\.|zur info|kenntnis|unten|weiter|ci-dessous|pour info|transf"
              + "|abajo|reenv|adelante|sotto|inoltr|per conoscenza|hieronder|doorst|ter info|abaixo|encaminh|poniżej"
              + "|przesył|nedan|vidare|nedenfor|videre|alla\\b|välit|níže|přepos|ниже|пересыл|aşağı|ilet"
              + "|下記|転送|以下|转发|轉|아래|전달");

  private static final int LONGEST = 160;
  private static final int MOST_INITIALS = 4;
  private static final int SHORT_COMMENT = 300;

  private HistoryMark() {}

  static boolean isRule(String line) {
    String bare = line.strip();
    if (bare.length() < 3 || bare.length() > 200) {
      return false;
    }
    char first = bare.charAt(0);
    return "-_=*\u2500\u2501~".indexOf(first) >= 0
        && (bare.length() >= 5 || bare.equals("---"))
        && bare.chars().allMatch(c -> c == first);
  }

  static boolean isDivider(String line) {
    return couldDivide(line) && DIVIDER.matcher(line).find();
  }

  private static boolean couldDivide(String line) {
    if (line.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '>' && !Character.isWhitespace(c)) {
        return "-\u2013\u2014_=*#".indexOf(c) >= 0;
      }
    }
    return false;
  }

  static boolean namesMessage(String divider) {
    return MESSAGE.matcher(divider).find();
  }

  /** What help desks put above their mails, "please reply above this line". */
  static boolean isReplyLine(String line) {
    if (line.length() > LONGEST) {
      return false;
    }
    boolean framed = isDivider(line) || line.strip().startsWith("##");
    if (!framed) {
      return false;
    }
    int signs = REPLY.matcher(line).find() ? 1 : 0;
    signs += ABOVE.matcher(line).find() ? 1 : 0;
    signs += LINE.matcher(line).find() ? 1 : 0;
    return signs == 3 || (signs == 2 && !namesMessage(line));
  }

  /**
   * Whether a forwarded mail starts at the line: words between dashes, or a line above its head.
   */
  static boolean startsForward(List<String> lines, int at) {
    String line = lines.get(at);
    if (line.length() > LONGEST
        || !(isDivider(line) || (line.length() < 60 && QuoteIntro.ends(line)))) {
      return false;
    }
    if (!FORWARDED.matcher(line).find()) {
      return false;
    }
    for (int i = at + 1; i < lines.size() && i < at + 4; i++) {
      if (!isEmpty(lines.get(i))) {
        return HeaderBlock.isKnown(lines.get(i)) || HeaderBlock.startsAt(lines, i, true);
      }
    }
    return false;
  }

  /** Whether a short comment points to what stands below it. */
  static boolean pointsBelow(String comment) {
    return comment.length() <= SHORT_COMMENT && POINTS.matcher(comment).find();
  }

  /** Whether the line bears a quote sign, or a mark of {@link QuotedHtml}. */
  static boolean isQuote(String line) {
    if (line.isBlank()) {
      return false;
    }
    int at = 0;
    while (at < 4 && at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    char c = at < line.length() ? line.charAt(at) : ' ';
    return c == '>' || QuotedHtml.isMark(c) || isInitialled(line, at);
  }

  /** "AB> text", as some programs quote. */
  private static boolean isInitialled(String line, int from) {
    int at = from;
    while (at < line.length()
        && at - from <= MOST_INITIALS
        && Character.isUpperCase(line.charAt(at))) {
      at++;
    }
    return at > from + 1
        && at - from <= MOST_INITIALS
        && at + 1 < line.length()
        && line.charAt(at) == '>'
        && " >".indexOf(line.charAt(at + 1)) >= 0;
  }

  /** Nothing but quote signs and space. */
  static boolean isEmpty(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) != '>' && !Character.isWhitespace(line.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
