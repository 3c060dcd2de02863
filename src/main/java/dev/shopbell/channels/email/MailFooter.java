package dev.shopbell.channels.email;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Judges paragraphs below a mail that firms and programs add: disclaimers, advice, ways out. */
final class MailFooter {
  private static final List<Pattern> DISCLAIMER =
      Stream.of(
              "confiden|vertrauli|riservat|vertrouwelijk|poufn|konfiden|fortrolig|luottamuk|důvěrn|конфиден|gizli|機密|保密|기밀"
                  + "|privileged",
              "recipient|addressee|empfänger|destinat|geadresseerd|ontvanger|adresat|mottaga|modtager|vastaanottaj|adresát"
                  + "|адресат|получател|alıcı|受信者|宛先|收件人|수신",
              "error|irrtüm|erreur|errore|abusievelijk|per ongeluk|omyłk|misstag|fejl|vahingo|omylem|ошибоч|yanlış|誤|误|잘못|\\berro\\b",
              "delete|destroy|löschen|vernicht|supprim|détrui|elimin|borr|cancell|verwijder|vernietig|apag|usun|radera|ta bort"
                  + "|slet|poista|smaž|odstran|удал|siliniz|silin|削除|删除|삭제|notify|informier|avis|prohibit|untersagt|interdit"
                  + "|prohib|vietat|RGPD|GDPR|LOPD",
              "e-?mail|messag|mensaj|mensagem|nachricht|bericht|wiadomo|meddeland|viesti|zpráv|письм|сообщен|ileti|メール|邮件|메일"
                  + "|correo|courriel|posta")
          .map(stems -> Pattern.compile("(?iU)" + stems))
          .toList();

  private static final Pattern PRINT =
      Pattern.compile(
          "(?iU)print|druck|imprim|stamp|afdruk|druk|skriv|udskriv|tulost|tisk|печат|yazdır|印刷|打印|인쇄|출력");
  private static final Pattern ENVIRONMENT =
      Pattern.compile(
          "(?iU)environment|umwelt|ambient|milieu|środowisk|milj[öø]|ympäristö|životní|окружающ|природ|çevre|環境|环境|환경|planet|tree");
  private static final Pattern SCANNED =
      Pattern.compile("(?iU)avast|\\bavg\\b|mcafee|kaspersky|\\beset\\b|avira|bitdefender|norton");
  private static final Pattern UNSUBSCRIBE =
      Pattern.compile(
          "(?iU)unsubscri|abmelde|abbestell|désabonn|désinscri|suscripci|disiscri|annulla iscr|afmelden|uitschrij"
              + "|cancelar inscri|wypisz|avregistrer|afmeld|avmeld|peruuta tilaus|odhlás|отписа|abonelikten|配信停止|退订|取消訂閱|수신거부"
              + "|mailing list|listinfo|mailman");

  private MailFooter() {}

  /**
   * Whether nobody typed the paragraph.
   *
   * @param alone whether only one paragraph is above, so that this may be what the mail is about
   */
  static boolean is(String text, int lineCount, boolean alone) {
    if (text.length() < 300 && lineCount <= 3) {
      if (PRINT.matcher(text).find() && ENVIRONMENT.matcher(text).find()) {
        return true;
      }
      if (SCANNED.matcher(text).find() && MailSignature.LINK.matcher(text).find()) {
        return true;
      }
    }
    if (!alone
        && lineCount <= 6
        && UNSUBSCRIBE.matcher(text).find()
        && (text.contains("http") || HistoryMark.isRule(text.split(" ", 2)[0]))) {
      return true;
    }
    return text.length() >= 60
        && DISCLAIMER.getFirst().matcher(text).find()
        && DISCLAIMER.stream().filter(sign -> sign.matcher(text).find()).count() >= 4;
  }
}
