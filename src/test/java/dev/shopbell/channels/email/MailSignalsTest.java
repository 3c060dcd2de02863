package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.channels.email.MailReport.Action;
import dev.shopbell.channels.email.MailSignals.Origin;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailSignalsTest {
  private final MailFixture mail = new MailFixture();

  @Test
  void takesAnOrdinaryMailForAPersons() {
    MailSignals signals = mail.parse("From: a@b.test\nSubject: x\n\nhello").signals();

    assertThat(signals.origin()).isEqualTo(Origin.PERSON);
    assertThat(signals.mayBeAnsweredByMachine()).isTrue();
    assertThat(signals.reasons()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Auto-Submitted: auto-replied | AUTO_REPLY",
        "Auto-Submitted: auto-replied (vacation) | AUTO_REPLY",
        "Auto-Submitted: auto-generated | GENERATED",
        "Auto-Submitted: no | PERSON",
        "X-Autoreply: yes | AUTO_REPLY",
        "X-Autoreply: no | PERSON",
        "Precedence: auto_reply | AUTO_REPLY",
        "Precedence: bulk | GENERATED",
        "List-Unsubscribe: <https://x.test/u> | GENERATED",
        "Feedback-ID: 1:2:3 | GENERATED",
        "X-Vacation: on | AUTO_REPLY"
      })
  void tellsMachinesByTheirHeaders(String header, Origin origin) {
    MailSignals signals = mail.parse("From: a@b.test\n" + header + "\n\nhello").signals();

    assertThat(signals.origin()).isEqualTo(origin);
    assertThat(signals.mayBeAnsweredByMachine()).isEqualTo(origin == Origin.PERSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "X-Shopbell-Loop: abc",
        "List-Id: <shoes.lists.test>",
        "From: no-reply@b.test",
        "From: bounces+123@b.test",
        "X-Loop: a@b.test"
      })
  void keepsQuietWhereSilenceIsAsked(String header) {
    String from = header.startsWith("From") ? "" : "From: a@b.test\n";
    MailSignals signals = mail.parse(from + header + "\n\nhello").signals();

    assertThat(signals.mayBeAnsweredByMachine()).isFalse();
    assertThat(signals.origin()).isEqualTo(Origin.PERSON);
  }

  @Test
  void takesAPostToAListForAPersonsMail() {
    MailSignals signals =
        mail.parse(
                """
                From: a@b.test
                List-Id: <shoes.lists.test>
                List-Post: <mailto:shoes@lists.test>
                List-Unsubscribe: <mailto:leave@lists.test>

                hello
                """)
            .signals();

    assertThat(signals.origin()).isEqualTo(Origin.PERSON);
    assertThat(signals.mailingList()).isTrue();
  }

  @Test
  void readsADeliveryStatusNotification() {
    ParsedMail read = mail.resource("bounce.eml");
    MailReport report = read.signals().report();

    assertThat(read.signals().origin()).isEqualTo(Origin.REPORT);
    assertThat(read.signals().isBounce()).isTrue();
    assertThat(report.originalMessageId()).isEqualTo("reply-7@shop.test");
    assertThat(report.recipients()).hasSize(2);
    MailReport.Recipient gone = report.recipients().getFirst();
    assertThat(gone.address()).isEqualTo("gone@example.com");
    assertThat(gone.action()).isEqualTo(Action.FAILED);
    assertThat(gone.status()).isEqualTo("5.1.1");
    assertThat(gone.diagnostic()).isEqualTo("550 5.1.1 <gone@example.com>: no such user");
    assertThat(gone.isPermanent()).isTrue();
    assertThat(report.recipients().getLast().action()).isEqualTo(Action.DELAYED);
    assertThat(read.text()).contains("could not be delivered");
  }

  @Test
  void readsABounceOfWordsAlone() {
    ParsedMail read =
        mail.parse(
            ("""
            From: Mail Delivery System <MAILER-DAEMON@mx.test>
            To: hello@shop.test
            Subject: Mail delivery failed
            X-Failed-Recipients: gone@example.com

            A message that you sent could not be delivered:

              gone@example.com
                550 5.1.1 mailbox unavailable

            ------ This is a copy of your message. ------
            Message-ID: <reply-8@shop.test>
            """)
                .getBytes(StandardCharsets.UTF_8),
            "");

    MailReport report = read.signals().report();
    assertThat(report.recipients())
        .extracting(MailReport.Recipient::address)
        .containsExactly("gone@example.com");
    assertThat(report.recipients().getFirst().status()).isEqualTo("5.1.1");
    assertThat(report.recipients().getFirst().diagnostic())
        .isEqualTo("550 5.1.1 mailbox unavailable");
    assertThat(report.originalMessageId()).isEqualTo("reply-8@shop.test");
    assertThat(read.signals().isBounce()).isTrue();
  }

  @Test
  void readsAReadReceipt() {
    ParsedMail read =
        mail.parse(
            """
            From: a@b.test
            Content-Type: multipart/report; report-type=disposition-notification; boundary=x

            --x

            Your mail was read.
            --x
            Content-Type: message/disposition-notification

            Final-Recipient: rfc822;a@b.test
            Original-Message-ID: <reply-9@shop.test>
            Disposition: manual-action/MDN-sent-manually; displayed
            --x--
            """);

    assertThat(read.signals().report().kind()).isEqualTo(MailReport.Kind.DISPOSITION);
    assertThat(read.signals().report().originalMessageId()).isEqualTo("reply-9@shop.test");
    assertThat(read.signals().isBounce()).isFalse();
    assertThat(read.signals().mayBeAnsweredByMachine()).isFalse();
  }

  @Test
  void takesAnAnswerWithoutEnvelopeSenderForAnAutoReply() {
    byte[] bytes =
        "From: a@b.test\nIn-Reply-To: <1@shop.test>\n\nI am away".getBytes(StandardCharsets.UTF_8);

    assertThat(mail.parse(bytes, "").signals().origin()).isEqualTo(Origin.AUTO_REPLY);
    assertThat(mail.parse(bytes, "a@b.test").signals().origin()).isEqualTo(Origin.PERSON);
  }

  @Test
  void readsABounceThatOnlyLacksASender() {
    byte[] bytes =
        "From: admin@mx.test\nTo: hello@shop.test\n\ngone@example.com: 5.1.10 unknown"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(mail.parse(bytes, "").signals().isBounce()).isTrue();
    assertThat(mail.parse(bytes, "admin@mx.test").signals().isBounce()).isFalse();
  }
}
