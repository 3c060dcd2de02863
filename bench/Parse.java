package dev.shopbell.channels.email;

import dev.shopbell.platform.html.HtmlSanitizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How many mails of about 5 kB one processor reads in a second: parsing, splitting off what is
 * quoted and making the HTML safe, each by the processor time of its thread. See README.md.
 */
final class Parse {
  private static final int MAILS = 2_000;
  private static final String[] WORDS =
      ("hello order parcel please when will my arrived delivery still waiting since monday tracking number nothing new"
              + " refund return size too small colour different picture shirt shoes jacket invoice größe für später"
              + " wrong address changed could you send it again exchange thank help broken box damaged inside voucher")
          .split(" ");

  private final Random random = new Random(17);
  private final MailParser parser = new MailParser();
  private final HtmlSanitizer sanitizer = new HtmlSanitizer();

  /** In nanoseconds of processor. */
  private long parsing;

  private long splitting;
  private long sanitising;
  private long kept;

  public static void main(String[] arguments) throws IOException {
    Parse bench = new Parse();
    List<byte[]> mails = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < MAILS; i++) {
      mails.add(bench.mail(i));
      bytes += mails.getLast().length;
    }
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 12;
    for (int round = 0; round < rounds; round++) {
      if (round == rounds / 2) {
        bench.forget();
      }
      for (byte[] mail : mails) {
        bench.read(mail);
      }
    }
    System.out.println("## Reading mail\n");
    System.out.printf(
        Locale.ROOT,
        "%,d mails of %,d bytes on average, one thread%n%n| step | mails a second |%n|---|--:|%n",
        MAILS,
        bytes / MAILS);
    double measured = (double) MAILS * (rounds - rounds / 2);
    print("parse", measured, bench.parsing);
    print("split", measured, bench.splitting);
    print("sanitise", measured, bench.sanitising);
    print("all three", measured, bench.parsing + bench.splitting + bench.sanitising);
    if (bench.kept == 0) {
      throw new IllegalStateException("nothing was read");
    }
  }

  private static void print(String step, double mails, long nanos) {
    System.out.printf(Locale.ROOT, "| %s | %,.0f |%n", step, mails * 1e9 / nanos);
  }

  private void forget() {
    parsing = 0;
    splitting = 0;
    sanitising = 0;
  }

  private void read(byte[] raw) throws IOException {
    long start = now();
    ParsedMail mail = parser.parse(MailSource.of(raw), null, Parse::store);
    long parsed = now();
    String own = OwnText.of(mail.text(), mail.html(), List.of());
    long split = now();
    String html = mail.html();
    if (html != null) {
      kept += sanitizer.sanitize(html, id -> "cid:" + id).html().length();
    }
    parsing += parsed - start;
    splitting += split - parsed;
    sanitising += now() - split;
    kept += own.length();
  }

  private static long now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static StoredAttachment store(InputStream content) throws IOException {
    return new StoredAttachment("", content.transferTo(OutputStream.nullOutputStream()));
  }

  /**
   * In turn: plain text, a reply with its history in both forms, HTML alone, one with a picture.
   */
  private byte[] mail(int number) {
    String head =
        """
        Received: from mail.buyer.example (mail.buyer.example [192.0.2.17]) by mx.shop.example with ESMTPS id 4bX;
         Mon, 2 Mar 2026 10:15:01 +0000 (UTC)
        DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=buyer.example; s=mail;
         h=from:to:subject:date:message-id; bh=g3zLYH4xKxcPrHOD18z9YfpQcnk/GaJedfustWU5uGs=;
         b=dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZVoG4ZHRNiYzR
        From: =?utf-8?Q?J=C3=B6rg_Brandt?= <j%1$d@buyer.example>
        To: Care <care@shop.example>
        Subject: Re: =?utf-8?B?R3LDtsOfZSA0Mg==?= %1$d
        Date: Mon, 2 Mar 2026 10:15:00 +0000
        Message-ID: <%1$d@buyer.example>
        In-Reply-To: <%1$d@shop.example>
        MIME-Version: 1.0
        """
            .formatted(number);
    String mail =
        switch (number % 4) {
          case 0 ->
              head
                  + "Content-Type: text/plain; charset=windows-1252; format=flowed\n\n"
                  + words(2_400, "\n")
                  + "\n\nAm 1. März 2026 um 10:11 schrieb Care <care@shop.example>:\n\n> "
                  + words(1_500, "\n> ");
          case 1 -> {
            String own = words(700, "\n");
            String quoted = words(900, "\n");
            yield head
                + multipart(
                    "alternative",
                    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
                        + base64(
                            own
                                + "\n\nOn Mon, 2 Mar 2026 at 10:11, Care <care@shop.example> wrote:\n\n> "
                                + quoted.replace("\n", "\n> ")),
                    "Content-Type: text/html; charset=utf-8\n\n<div dir=\"ltr\">"
                        + own.replace("\n", "<br>\n")
                        + "</div><br><div class=\"gmail_quote\"><div dir=\"ltr\">On Mon, 2 Mar 2026 Care wrote:"
                        + "<br></div><blockquote style=\"margin:0 0 0 .8ex;border-left:1px #ccc solid\">"
                        + quoted.replace("\n", "<br>\n")
                        + "</blockquote></div>");
          }
          case 2 ->
              head
                  + "Content-Type: text/html; charset=utf-8\n\n<html><head><style>p{margin:0}</style></head>"
                  + "<body><table width=\"600\"><tr><td style=\"font-family:Arial;color:#333\"><p>"
                  + words(2_800, "</p><p style=\"margin:0 0 12px;font-size:14px\">\n")
                  + "</p></td></tr></table><a href=\"https://x.example/a\">more</a></body></html>";
          default ->
              head
                  + multipart(
                      "related",
                      "Content-Type: text/html; charset=utf-8\n\n<p>"
                          + words(1_500, "</p>\n<p>")
                          + "</p><img src=\"cid:p\">",
                      "Content-Type: image/png; name=p.png\nContent-ID: <p>\n"
                          + "Content-Transfer-Encoding: base64\n\n"
                          + base64(words(1_400, " ")));
        };
    boolean western = number % 4 == 0;
    return mail.replace("\n", "\r\n")
        .getBytes(western ? Charset.forName("windows-1252") : StandardCharsets.UTF_8);
  }

  private static String multipart(String type, String... parts) {
    return "Content-Type: multipart/"
        + type
        + "; boundary=\"=_b\"\n\n--=_b\n"
        + String.join("\n--=_b\n", parts)
        + "\n--=_b--\n";
  }

  private static String base64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getMimeEncoder().encodeToString(bytes).replace("\r", "");
  }

  private String words(int length, String lineEnd) {
    StringBuilder text = new StringBuilder();
    int line = 0;
    while (text.length() < length) {
      String word = WORDS[random.nextInt(WORDS.length)];
      text.append(text.isEmpty() ? "" : ++line % 11 == 0 ? lineEnd : " ").append(word);
    }
    return text.toString();
  }
}
