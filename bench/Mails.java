import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What one sender sends: mails of about 5 kB with a plain and an HTML part, the same ones each
 * time. Of ten, seven begin a conversation, half of these by somebody new, and three answer a mail
 * that this sender has sent before.
 */
final class Mails {
  private static final String[] WORDS =
      """
      hello order parcel please when will my the arrived delivery still waiting since monday tracking number shows
      nothing new refund return size too small colour different from picture shirt shoes jacket blue green invoice
      wrong address changed moved house could you send it again exchange thank for your help broken box damaged
      inside glass bottle leaked through card charged twice bank account voucher code does not work checkout page
      said error payment failed but money gone would like cancel before shipped is there any chance to get this
      weekend birthday present daughter really need kind regards customs fee asked courier left note neighbour
      nobody home tried call phone line busy warranty repair zipper lamp cable missing manual battery charger plug
      and a of in to with that was on at have we they been as be or an so if only just very much already yet
      """
          .strip()
          .split("\\s+");
  private static final String[] FIRST =
      "Ada Ben Clara David Emma Finn Greta Hugo Ines Jonas Kira Leo Mara Nils Olga Paul Rosa Sam Tilda Uwe Vera"
          .split(" ");
  private static final String[] LAST =
      "Abel Brandt Costa Duval Eriksen Fuchs Garcia Horvat Ivanova Jansen Keller Lindt Moreau Novak Olsen Petit"
          .split(" ");

  /**
   * A mail and what has to be read from it.
   *
   * @param thread the first mail of its conversation, counted from 0 within its sender
   */
  record Mail(
      int number,
      int thread,
      int customer,
      boolean newCustomer,
      String name,
      String address,
      String subject,
      String id,
      String inReplyTo,
      String text,
      String ownText,
      String html,
      byte[] raw) {}

  private final String run;
  private final int sender;
  private final Random random;
  private final List<Mail> sent = new ArrayList<>();
  private int customers;

  Mails(String run, int sender) {
    this.run = run;
    this.sender = sender;
    this.random = new Random(31L * run.hashCode() + sender);
  }

  Mail next() {
    int number = sent.size();
    Mail answered =
        number > 0 && random.nextInt(10) < 3
            ? sent.get(number - 1 - random.nextInt(Math.min(number, 200)))
            : null;
    boolean newCustomer = answered == null && (customers == 0 || random.nextBoolean());
    int customer =
        answered != null
            ? answered.customer()
            : newCustomer ? customers++ : random.nextInt(customers);
    String name = FIRST[customer % FIRST.length] + " " + LAST[customer / 7 % LAST.length];
    String address = "c" + customer + "." + run + sender + "@buyer.example";
    String id = run + "." + sender + "." + number + "@mail.buyer.example";
    String subject =
        answered == null
            ? sentence(5)
            : (answered.subject().startsWith("Re: ") ? "" : "Re: ") + answered.subject();
    String own = paragraphs(answered == null ? 1_850 : 750);
    String quoted = answered == null ? null : cut(answered.ownText(), 1_000);
    String text =
        quoted == null
            ? own
            : own
                + "\n\nOn Mon, 2 Mar 2026 at 10:11, Care <care@shop.example> wrote:\n\n> "
                + quoted.replace("\n", "\n> ");
    String html =
        "<p>"
            + own.replace("\n\n", "</p><p style=\"margin:0 0 12px;font-family:Arial\">")
            + "</p>"
            + (quoted == null
                ? ""
                : "<div class=\"gmail_quote\">On Mon, 2 Mar 2026 at 10:11, Care"
                    + " wrote:<br><blockquote class=\"gmail_quote\" style=\"margin:0 0 0"
                    + " 8px;padding-left:8px\">"
                    + quoted.replace("\n", "<br>\n")
                    + "</blockquote></div>");
    Mail mail =
        new Mail(
            number,
            answered == null ? number : answered.thread(),
            customer,
            newCustomer,
            name,
            address,
            subject,
            id,
            answered == null ? null : answered.id(),
            text,
            own,
            html,
            raw(name, address, subject, id, answered, text, html));
    sent.add(mail);
    return mail;
  }

  private static byte[] raw(
      String name,
      String address,
      String subject,
      String id,
      Mail answered,
      String text,
      String html) {
    String boundary = "----=_Part_" + Integer.toHexString(id.hashCode());
    String mail =
        "Received: from mail.buyer.example (mail.buyer.example [192.0.2.17]) by mx.shop.example"
            + " with ESMTPS id 4bXyZ1;\n"
            + " Mon, 2 Mar 2026 10:15:01 +0000 (UTC)\n"
            + "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=buyer.example; s=mail;\n"
            + " h=from:to:subject:date:message-id;"
            + " bh=g3zLYH4xKxcPrHOD18z9YfpQcnk/GaJedfustWU5uGs=;\n"
            + " b=dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZVoG4ZHRNiYzR\n"
            + "From: "
            + name
            + " <"
            + address
            + ">\nTo: Care <care@shop.example>\nSubject: "
            + subject
            + "\nDate: "
            + ZonedDateTime.of(2026, 3, 2, 10, 15, 0, 0, ZoneOffset.UTC)
                .format(DateTimeFormatter.RFC_1123_DATE_TIME)
            + "\nMessage-ID: <"
            + id
            + ">\n"
            + (answered == null
                ? ""
                : "In-Reply-To: <" + answered.id() + ">\nReferences: <" + answered.id() + ">\n")
            + "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\""
            + boundary
            + "\"\n\n--"
            + boundary
            + "\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 7bit\n\n"
            + text
            + "\n--"
            + boundary
            + "\nContent-Type: text/html; charset=UTF-8\nContent-Transfer-Encoding: 7bit\n\n"
            + "<html><head><meta charset=\"utf-8\"></head><body dir=\"ltr\">"
            + html
            + "</body></html>\n--"
            + boundary
            + "--\n";
    return mail.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private String paragraphs(int length) {
    StringBuilder text = new StringBuilder();
    int line = 0;
    while (text.length() < length) {
      String sentence = sentence(6 + random.nextInt(8)) + ".";
      if (text.length() > 0) {
        text.append(line++ % 5 == 4 ? "\n\n" : "\n");
      }
      text.append(sentence);
    }
    return text.toString();
  }

  private String sentence(int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      String word = WORDS[random.nextInt(WORDS.length)];
      text.append(i == 0 ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : " " + word);
    }
    return text.toString();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
