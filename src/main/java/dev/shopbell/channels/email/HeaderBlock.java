package dev.shopbell.channels.email;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises the lines of "Word: value" that mail programs put above a quoted or forwarded mail.
 */
final class HeaderBlock {
  private static final Pattern KEY =
      Pattern.compile(
          "^[*_ ]{0,3}(\\p{L}[\\p{L}\\p{M}'\u2019 .-]{0,24}?)[*_ ]{0,3}[:\uFF1A][*_]{0,2}(?!//)");

  private static final Pattern TIME =
      Pattern.compile("(?<!\\d)\\d{1,2}[:.]\\d\\d(?!\\d)|(?:19|20)\\d\\d");

  /**
   * What the fields From, Sent, To, Cc and Subject are called: a weak signal beside the structure.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "from",
          "sent",
          "date",
          "to",
          "cc",
          "subject",
          "reply-to",
          "von",
          "gesendet",
          "datum",
          "an",
          "betreff",
          "de",
          "envoyé",
          "date d'envoi",
          "à",
          "objet",
          "expéditeur",
          "enviado",
          "enviado el",
          "fecha",
          "para",
          "asunto",
          "da",
          "inviato",
          "data",
          "a",
          "oggetto",
          "van",
          "verzonden",
          "aan",
          "onderwerp",
          "enviada",
          "enviada em",
          "assunto",
          "od",
          "wysłano",
          "do",
          "temat",
          "dw",
          "från",
          "skickat",
          "till",
          "ämne",
          "fra",
          "sendt",
          "til",
          "emne",
          "dato",
          "lähettäjä",
          "lähetetty",
          "vastaanottaja",
          "aihe",
          "odesláno",
          "komu",
          "předmět",
          "от",
          "отправлено",
          "дата",
          "кому",
          "тема",
          "kimden",
          "gönderildi",
          "gönderen",
          "tarih",
          "kime",
          "konu",
          "差出人",
          "送信日時",
          "日付",
          "宛先",
          "件名",
          "发件人",
          "发送时间",
          "日期",
          "收件人",
          "主题",
          "寄件者",
          "主旨",
          "보낸사람",
          "보낸 사람",
          "날짜",
          "받는사람",
          "받는 사람",
          "제목");

  private static final int LONGEST = 12;

  private HeaderBlock() {}

  /**
   * Whether such a block starts at the line.
   *
   * @param led whether a divider or an introducing line is above, which is half of the proof
   */
  static boolean startsAt(List<String> lines, int at, boolean led) {
    int fields = 0;
    int known = 0;
    boolean time = false;
    boolean wrapped = false;
    for (int i = at; i < lines.size() && i < at + LONGEST; i++) {
      String line = lines.get(i);
      if (KEY.matcher(line).find()) {
        fields++;
        known += isKnown(line) ? 1 : 0;
        wrapped = false;
      } else if (i == at || line.isBlank() || (wrapped && !line.contains("@"))) {
        break;
      } else {
        wrapped = true;
      }
      time |= TIME.matcher(line).find();
    }
    return time && fields >= (led ? 2 : 3) && known >= 2;
  }

  static boolean isKnown(String line) {
    Matcher key = KEY.matcher(line);
    return key.find() && KNOWN.contains(key.group(1).strip().toLowerCase(Locale.ROOT));
  }
}
