package dev.shopbell.channels.email;

/** Judges paragraphs below a mail that firms and programs add: disclaimers, advice, ways out. */
final class MailFooter {
  private static final Stems STEMS =
      Stems.of(
          // what a disclaimer says: four of these five
          "confiden vertrauli riservat vertrouwelijk poufn konfiden fortrolig luottamuk důvěrn конфиден gizli 機密 保密"
              + " 기밀 privileged",
          "recipient addressee empfänger destinat geadresseerd ontvanger adresat mottaga modtager vastaanottaj adresát"
              + " адресат получател alıcı 受信者 宛先 收件人 수신",
          "error irrtüm erreur errore abusievelijk per_ongeluk omyłk misstag fejl vahingo omylem ошибоч yanlış 誤 误 잘못"
              + " |erro|",
          "delete destroy löschen vernicht supprim détrui elimin borr cancell verwijder vernietig apag usun radera ta_bort"
              + " slet poista smaž odstran удал siliniz silin 削除 删除 삭제 notify informier avis prohibit untersagt interdit"
              + " prohib vietat rgpd gdpr lopd",
          "email e-mail messag mensaj mensagem nachricht bericht wiadomo meddeland viesti zpráv письм сообщен ileti メール"
              + " 邮件 메일 correo courriel posta",
          // to be printed only for the sake of
          "print druck imprim stamp afdruk druk skriv udskriv tulost tisk печат yazdır 印刷 打印 인쇄 출력",
          "environment umwelt ambient milieu środowisk miljö miljø ympäristö životní окружающ природ çevre 環境 环境 환경"
              + " planet tree",
          // who looked for viruses
          "avast |avg| mcafee kaspersky |eset| avira bitdefender norton",
          // the way out of a list
          "unsubscri abmelde abbestell désabonn désinscri suscripci disiscri annulla_iscr afmelden uitschrij"
              + " cancelar_inscri wypisz avregistrer afmeld avmeld peruuta_tilaus odhlás отписа abonelikten 配信停止 退订"
              + " 取消訂閱 수신거부 mailing_list listinfo mailman");

  private static final int DISCLAIMER = 0b11111;
  private static final int SECRET = 1;
  private static final int PRINT_AND_ENVIRONMENT = 0b11 << 5;
  private static final int SCANNED = 1 << 7;
  private static final int UNSUBSCRIBE = 1 << 8;

  private MailFooter() {}

  /**
   * Whether nobody typed the paragraph.
   *
   * @param alone whether only one paragraph is above, so that this may be what the mail is about
   */
  static boolean is(String text, int lineCount, boolean alone) {
    int found = STEMS.in(text);
    if (text.length() < 300 && lineCount <= 3) {
      if ((found & PRINT_AND_ENVIRONMENT) == PRINT_AND_ENVIRONMENT) {
        return true;
      }
      if ((found & SCANNED) != 0 && MailSignature.LINK.matcher(text).find()) {
        return true;
      }
    }
    if (!alone
        && lineCount <= 6
        && (found & UNSUBSCRIBE) != 0
        && (text.contains("http") || HistoryMark.isRule(text.split(" ", 2)[0]))) {
      return true;
    }
    return text.length() >= 60
        && (found & SECRET) != 0
        && Integer.bitCount(found & DISCLAIMER) >= 4;
  }
}
