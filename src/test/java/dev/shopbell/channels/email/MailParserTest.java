package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailParserTest {
  private final MailFixture mail = new MailFixture();

  @Test
  void readsAPlainMail() {
    ParsedMail read =
        mail.parse(
            """
            From: Ada Brandt <Ada.Brandt@Example.COM>
            To: shop@shop.test
            Subject: Where is my parcel?
            Date: Tue, 3 Mar 2026 10:11:12 +0100
            Message-ID: <one@example.com>
            In-Reply-To: <zero@shop.test>
            References: <first@shop.test>
             <zero@shop.test>

            Hello,
            it has not come.
            """);

    assertThat(read.from()).isEqualTo(new MailAddress("Ada Brandt", "Ada.Brandt@example.com"));
    assertThat(read.subject()).isEqualTo("Where is my parcel?");
    assertThat(read.date()).isEqualTo(Instant.parse("2026-03-03T09:11:12Z"));
    assertThat(read.messageId()).isEqualTo("one@example.com");
    assertThat(read.inReplyTo()).containsExactly("zero@shop.test");
    assertThat(read.references()).containsExactly("first@shop.test", "zero@shop.test");
    assertThat(read.text()).isEqualTo("Hello,\nit has not come.\n");
    assertThat(read.html()).isNull();
    assertThat(read.problem()).isNull();
  }

  @Test
  void takesTextAndHtmlOfAlternativesAndKeepsInlineImages() {
    ParsedMail read = mail.resource("alternative-with-image.eml");

    assertThat(read.subject()).isEqualTo("Größe für Łukasz 👟");
    assertThat(read.text()).isEqualTo("Passt die Größe?\n");
    assertThat(read.html()).contains("Passt die <b>Größe</b>?");
    assertThat(read.attachments()).hasSize(2);
    MailAttachment image = read.attachments().getFirst();
    assertThat(image.name()).isEqualTo("schuh.png");
    assertThat(image.contentId()).isEqualTo("shoe.1@example.com");
    assertThat(image.inline()).isTrue();
    assertThat(image.contentType()).isEqualTo("image/png");
    MailAttachment invoice = read.attachments().getLast();
    assertThat(invoice.name()).isEqualTo("Rechnung März 2026.pdf");
    assertThat(invoice.inline()).isFalse();
    assertThat(mail.content(invoice)).isEqualTo("%PDF-1.4 not really");
  }

  @Test
  void derivesTextFromHtmlWhenThereIsNoPlainText() {
    ParsedMail read =
        mail.parse(
            """
            From: a@b.test
            Content-Type: text/html

            <p>First</p><p>Second <a href="https://x.test/y">here</a></p>
            """);

    assertThat(read.text()).isEqualTo("First\n\nSecond here <https://x.test/y>");
  }

  @Test
  void joinsSeveralTextPartsInTheirOrder() {
    ParsedMail read =
        mail.parse(
            """
            From: a@b.test
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: text/plain

            above
            --x
            Content-Type: application/pdf; name=a.pdf

            %PDF
            --x
            Content-Type: text/plain

            below
            --x--
            """);

    assertThat(read.text().lines()).containsExactly("above", "below");
    assertThat(read.attachments()).hasSize(1);
  }

  @Test
  void showsAFooterThatAListAddedInBothForms() {
    ParsedMail read =
        mail.parse(
            """
            From: a@b.test
            Content-Type: multipart/mixed; boundary=o

            --o
            Content-Type: multipart/alternative; boundary=i

            --i
            Content-Type: text/plain

            plain
            --i
            Content-Type: text/html

            <b>rich</b>
            --i--
            --o
            Content-Type: text/plain

            footer & more
            --o--
            """);

    assertThat(read.text()).contains("plain").contains("footer & more").doesNotContain("rich");
    assertThat(read.html()).contains("<b>rich</b>").contains("footer &amp; more");
  }

  @Test
  void keepsAForwardedMailAndAnInvitationAsAttachments() {
    ParsedMail read =
        mail.parse(
            """
            From: a@b.test
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: text/plain

            see below
            --x
            Content-Type: message/rfc822

            From: c@d.test
            Subject: Old/new =?utf-8?Q?=C3=BC?=
            Content-Type: multipart/mixed; boundary=y

            --y

            inner
            --y--
            --x
            Content-Type: text/calendar; method=REQUEST

            BEGIN:VCALENDAR
            --x--
            """);

    assertThat(read.text()).isEqualTo("see below");
    assertThat(read.attachments())
        .extracting(MailAttachment::name)
        .containsExactly("Old-new ü.eml", "invitation.ics");
    assertThat(mail.content(read.attachments().getFirst())).startsWith("From: c@d.test\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "utf-8, windows-1252",
    "us-ascii, UTF-8",
    "unknown-8bit, UTF-8",
    "x-nonsense, windows-1252",
    "iso-8859-1, UTF-8",
    "'', windows-1252",
    "windows-1252, windows-1252"
  })
  void readsTextWhateverCharsetIsDeclared(String declared, String real) {
    ParsedMail read =
        mail.parse(
            "From: a@b.test\nContent-Type: text/plain; charset=" + declared + "\n\nGrüße für 5 €\n",
            Charset.forName(real));

    assertThat(read.text()).isEqualTo("Grüße für 5 €\n");
  }

  @ParameterizedTest
  @CsvSource({
    "Shift_JIS, ご注文",
    "ISO-2022-JP, ご注文",
    "GB2312, 订单",
    "koi8-r, заказ",
    "euc-kr, 주문",
    "iso-8859-2, łódź"
  })
  void readsTheCharsetsOfTheWorld(String charset, String text) {
    ParsedMail read =
        mail.parse(
            "From: a@b.test\nContent-Type: text/plain; charset=" + charset + "\n\n" + text,
            Charset.forName(charset));

    assertThat(read.text()).isEqualTo(text);
  }

  @Test
  void believesTheCharsetThatHtmlNames() {
    ParsedMail read =
        mail.parse(
            "From: a@b.test\nContent-Type: text/html\n\n<meta charset=windows-1251><p>заказ</p>",
            Charset.forName("windows-1251"));

    assertThat(read.text()).isEqualTo("заказ");
  }

  @Test
  void readsHeadersInRawBytes() {
    ParsedMail utf8 = mail.parse("From: Jörg <j@b.test>\nSubject: Größe\n\nx");
    ParsedMail western =
        mail.parse("From: Jörg <j@b.test>\nSubject: Größe\n\nx", Charset.forName("windows-1252"));

    assertThat(utf8.subject()).isEqualTo("Größe").isEqualTo(western.subject());
    assertThat(utf8.from())
        .isEqualTo(new MailAddress("Jörg", "j@b.test"))
        .isEqualTo(western.from());
  }

  @Test
  void reservesNoPlaceForTricksInNames() {
    ParsedMail read =
        mail.parse(
            """
            From: =?utf-8?Q?Eve=0D=0ABcc:_x@y.test?= <eve@b.test>
            Subject: =?utf-8?Q?a=00b=0Ac=E2=80=AEd?=
            Content-Type: application/octet-stream; name="..\\..\\evil\u202Egnp.exe"

            x
            """);

    assertThat(read.from()).isEqualTo(new MailAddress("Eve Bcc: x@y.test", "eve@b.test"));
    assertThat(read.subject()).isEqualTo("ab cd");
    assertThat(read.attachments().getFirst().name()).isEqualTo("evilgnp.exe");
  }

  @Test
  void takesLineEndsAsTheyCome() {
    String text = "From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhi\n--x--\n";

    assertThat(mail.parse(text.getBytes(StandardCharsets.UTF_8), null).text()).isEqualTo("hi");
    assertThat(mail.parse(text).text()).isEqualTo("hi");
  }

  @Test
  void joinsFlowedLines() {
    ParsedMail read =
        mail.parse(
            "From: a@b.test\nContent-Type: text/plain; format=flowed\n\n"
                + "one \ntwo\n> three \n> four\n-- \nme\n");

    assertThat(read.text()).isEqualTo("one two\n> three four\n-- \nme\n");
  }

  @Test
  void dropsNulAndOtherControlCharacters() {
    ParsedMail read = mail.parse("From: a@b.test\nSubject: a\u0000b\n\nc\u0000d\u0007e\tf\n");

    assertThat(read.subject()).isEqualTo("ab");
    assertThat(read.text()).isEqualTo("cde\tf\n");
  }

  @Test
  void cutsEndlessTextAndSaysSo() {
    ParsedMail read = mail.parse("From: a@b.test\n\n" + "word ".repeat(400_000));

    assertThat(read.text()).hasSize(1_000_000);
    assertThat(read.problem()).contains("longer");
  }

  @Test
  void hasTheSameHashOverAnyRouteAndAnotherForOtherContent() {
    String head = "From: a@b.test\nSubject: x\nDate: Tue, 3 Mar 2026 10:11:12 +0100\n";
    ParsedMail one = mail.parse("Received: from one\n" + head + "\nhello\nworld\n");
    ParsedMail other =
        mail.parse(
            ("Received: from two\nX-Hop: 1\n" + head + "\nhello\nworld\n\n")
                .getBytes(StandardCharsets.UTF_8),
            null);

    assertThat(one.contentHash()).isEqualTo(other.contentHash());
    assertThat(mail.parse(head + "\nhello\n\nworld\n").contentHash())
        .isNotEqualTo(one.contentHash());
    assertThat(mail.parse(head + "\nhello\nWorld\n").contentHash()).isNotEqualTo(one.contentHash());
  }

  @Test
  void keepsNoAttachmentInMemory() throws IOException {
    long size = 200_000_000;
    MailSource large =
        () ->
            new SequenceInputStream(
                new ByteArrayInputStream(
                    ("From: a@b.test\r\nContent-Type: application/zip; name=a.zip\r\n"
                            + "Content-Transfer-Encoding: base64\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII)),
                new Repeated(
                    "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJz\r\n", size));
    long[] seen = new long[1];
    ParsedMail read =
        new MailParser()
            .parse(
                large,
                null,
                content -> {
                  byte[] buffer = new byte[8192];
                  for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                    seen[0] += n;
                  }
                  return new StoredAttachment("0", seen[0]);
                });

    assertThat(read.attachments().getFirst().size()).isGreaterThan(140_000_000);
  }

  @Test
  void letsFailuresOfTheSourceAndTheSinkThrough() {
    IOException broken = new IOException("disk");
    byte[] bytes =
        "From: a@b.test\nContent-Type: image/png\n\nx".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() ->
            new MailParser()
                .parse(
                    MailSource.of(bytes),
                    null,
                    content -> {
                      throw broken;
                    }))
        .isSameAs(broken);
    assertThatThrownBy(
            () -> new MailParser().parse(() -> new Repeated("x", 5, broken), null, c -> null))
        .isSameAs(broken);
  }

  private static final class Repeated extends InputStream {
    private final byte[] pattern;
    private final IOException end;
    private long left;
    private int at;

    Repeated(String pattern, long size) {
      this(pattern, size, null);
    }

    Repeated(String pattern, long size, IOException end) {
      this.pattern = pattern.getBytes(StandardCharsets.US_ASCII);
      this.left = size;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      if (left-- <= 0) {
        if (end != null) {
          throw end;
        }
        return -1;
      }
      at = (at + 1) % pattern.length;
      return pattern[at];
    }
  }
}
