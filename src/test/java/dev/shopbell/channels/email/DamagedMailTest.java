package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.ProcessorTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedMailTest {
  private final MailFixture mail = new MailFixture();

  @Test
  void readsAMultipartThatNeverEnds() {
    ParsedMail read =
        mail.parse(
            """
            From: a@b.test
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: text/plain

            hello
            --x
            Content-Type: image/png; name=a.png
            Content-Transfer-Encoding: base64

            iVBORw0KGgoAAAANSUhEUg\
            """);

    assertThat(read.text()).isEqualTo("hello");
    assertThat(read.attachments()).hasSize(1);
  }

  @Test
  void showsThePreambleOfAMultipartWithoutParts() {
    ParsedMail read =
        mail.parse("From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\nall is here\n");

    assertThat(read.text()).isEqualTo("all is here\n");
  }

  @Test
  void saysThatAMailIsEmpty() {
    ParsedMail read = mail.parse(new byte[0], null);

    assertThat(read.problem()).contains("empty");
    assertThat(read.text()).isEmpty();
    assertThat(read.from()).isNull();
    assertThat(read.contentHash()).hasSize(64);
  }

  @Test
  void showsWhatIsNoMailAsItCame() {
    ParsedMail read = mail.parse("Just some words\nwithout any header\n");

    assertThat(read.text()).isEqualTo("Just some words\nwithout any header\n");
    assertThat(read.problem()).isNotNull();
  }

  @Test
  void saysThatTheSenderIsMissingOrTheContent() {
    assertThat(mail.parse("Subject: x\n\nhello").problem()).contains("sender");
    assertThat(mail.parse("From: a@b.test\n\n").problem()).contains("no content");
  }

  @Test
  void findsTheSenderBelowTenThousandHeaderLinesInATenthOfASecond() {
    String many = "X-Trace: value of a trace\n".repeat(10_000);
    byte[] bytes = (many + "From: a@b.test\n\nhello").getBytes(StandardCharsets.UTF_8);
    ParsedMail read = mail.parse(bytes, null);

    assertThat(ProcessorTime.of(() -> mail.parse(bytes, null))).isLessThan(Duration.ofMillis(300));
    assertThat(read.from()).isEqualTo(new MailAddress(null, "a@b.test"));
    assertThat(read.text()).isEqualTo("hello");
  }

  @Test
  void opensNoMoreThanAReasonableDepth() {
    StringBuilder deep = new StringBuilder("From: a@b.test\n");
    for (int i = 0; i < 2_000; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b" + i + "\n\n--b" + i + "\n");
    }
    ParsedMail read = mail.parse(deep + "\ninnermost");

    assertThat(read.problem()).contains("nested");
  }

  @Test
  void survivesAHeaderLineLongerThanAnyLimit() {
    ParsedMail read =
        mail.parse("From: a@b.test\nX-Long: " + "x".repeat(3_000_000) + "\n\nhello\n");

    assertThat(read.from()).isEqualTo(new MailAddress(null, "a@b.test"));
    assertThat(read.problem()).isNotNull();
    assertThat(read.text()).isNotEmpty();
  }

  @Test
  void readsPastWhatStandsBeforeTheHeaders() {
    assertThat(mail.parse("\n\nFrom: a@b.test\n\nhello").text()).isEqualTo("hello");
    assertThat(mail.parse("\uFEFFFrom: a@b.test\n\nhello").text()).isEqualTo("hello");
    ParsedMail mbox = mail.parse("From a@b.test Tue Mar  3 10:11:12 2026\nFrom: a@b.test\n\nhello");

    assertThat(mbox.from()).isEqualTo(new MailAddress(null, "a@b.test"));
    assertThat(mbox.text()).isEqualTo("hello");
  }

  @Test
  void readsOnPastALineThatIsNoHeader() {
    ParsedMail read = mail.parse("From: a@b.test\nwhat is this\nSubject: x\n\nhello");

    assertThat(read.subject()).isEqualTo("x");
    assertThat(read.text()).isEqualTo("hello");
  }

  @Test
  void takesTheFirstOfDoubledHeadersThatSaysSomething() {
    ParsedMail read =
        mail.parse("From:\nFrom: nobody\nFrom: a@b.test\nSubject: one\nSubject: two\n\nhello");

    assertThat(read.from()).isEqualTo(new MailAddress(null, "a@b.test"));
    assertThat(read.subject()).isEqualTo("one");
  }

  @Test
  void showsTheTextOfABrokenTransferEncoding() {
    assertThat(
            mail.parse(
                    "From: a@b.test\n"
                        + "Content-Transfer-Encoding: quoted-printable\n\n"
                        + "5 = 5 =ZZ =C3=BC=")
                .text())
        .contains("5 = 5")
        .contains("ü");
    assertThat(
            mail.parse("From: a@b.test\nContent-Transfer-Encoding: base64\n\naGVs\n!!bG8gd29ybGQ")
                .text())
        .startsWith("hello wor");
  }

  @Test
  void readsBase64AsItComes() {
    String head = "From: a@b.test\nContent-Transfer-Encoding: base64\n\n";

    assertThat(mail.parse(head + "aGVsbG8gd29ybA").text()).isEqualTo("hello worl");
    assertThat(mail.parse(head + "aGVsbG8=\nIHdvcmxk").text()).isEqualTo("hello world");
    assertThat(mail.parse(head + "Just plain words, whatever is said above.").text())
        .isEqualTo("Just plain words, whatever is said above.");
    assertThat(mail.parse(head + "aGVsbG8gd29ybGQh\n__________\nsent over a list").text())
        .isEqualTo("hello world!__________\nsent over a list");
  }

  @Test
  void takesFilesOutOfATextThatHoldsThemUuencoded() {
    ParsedMail read =
        mail.parse(
            "From: a@b.test\n\nabove\nbegin 644 a b.txt\n%:&5L;&\\ \n`\nend\nbelow\n"
                + "begin 644 no file\nbut words\nend\n");

    assertThat(read.text()).isEqualTo("above\nbelow\nbegin 644 no file\nbut words\nend\n");
    assertThat(read.attachments()).extracting(MailAttachment::name).containsExactly("a b.txt");
    assertThat(mail.content(read.attachments().getFirst())).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/mixed",
        "multipart/mixed; boundary=other",
        "multipart/mixed; boundary='x'",
        "text/plain; boundary=x",
        "text/plain\nContent-Type: multipart/mixed; boundary=x",
        "multipart/mixed; boundary=\"x \""
      })
  void findsTheBoundaryThatIsMissingOrWrong(String type) {
    ParsedMail read =
        mail.parse(
            "From: a@b.test\nContent-Type: "
                + type
                + "\n\n--x\nContent-Type: text/plain\n\nhello\n--x\nContent-Type: image/png\n\nx\n--x--");

    assertThat(read.text()).isEqualTo("hello");
    assertThat(read.attachments()).hasSize(1);
  }

  @Test
  void findsWhereTheTextBeginsWithoutAnEmptyLine() {
    ParsedMail read = mail.parse("From: a@b.test\nSubject: x\nHello,\nwhere is it?\n\nAda");

    assertThat(read.subject()).isEqualTo("x");
    assertThat(read.text()).isEqualTo("Hello,\nwhere is it?\n\nAda");
    assertThat(mail.parse(multipartWithoutEmptyLine()).text()).contains("hello there");
    assertThat(mail.parse("From: a@b.test\nSubject: long and\nbroken\nTo: c@d.test\n\nx").subject())
        .isEqualTo("long and broken");
  }

  private static String multipartWithoutEmptyLine() {
    return "From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\n"
        + "--x\nContent-Type: text/plain\nhello there\n--x--";
  }

  @Test
  void readsAnyLineEndsOfAWholeMail() {
    String text = "From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhi\n--x--\n";
    for (String end : new String[] {"\r", "\r\r\n", "\n"}) {
      byte[] bytes = text.replace("\n", end).getBytes(StandardCharsets.UTF_8);

      assertThat(mail.parse(bytes, null).text()).isEqualTo("hi");
    }
  }

  @Test
  void findsTheSubjectBelowThousandsOfLinesOfOneKind() {
    ParsedMail read =
        mail.parse("Received: from x\n".repeat(30_000) + "From: a@b.test\nSubject: y\n\nhello");

    assertThat(read.subject()).isEqualTo("y");
    assertThat(read.text()).isEqualTo("hello");
    assertThat(read.problem()).contains("header lines");
  }

  @Test
  void keepsAtMostAThousandAttachmentsAndSaysSo() {
    String parts = "--x\nContent-Type: image/png\n\nx\n".repeat(1_500);
    ParsedMail read =
        mail.parse("From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\n" + parts);

    assertThat(read.attachments()).hasSize(1_000);
    assertThat(read.problem()).contains("more attachments");
  }
}
