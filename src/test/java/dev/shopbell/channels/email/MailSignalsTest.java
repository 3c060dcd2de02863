package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.channels.email.MailReport.Action;
import dev.shopbell.channels.email.MailSignals.Origin;
import dev.shopbell.conversations.Incoming;
import dev.shopbell.conversations.MessageKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
        "X-Loop: a@b.test"
      })
  void keepsQuietWhereSilenceIsAsked(String header) {
    MailSignals signals = mail.parse("From: a@b.test\n" + header + "\n\nhello").signals();

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

  /**
   * A mail of some mailer, and what it is.
   *
   * @param expected by name: {@code from} the envelope sender, {@code about} the Message-ID that it
   *     must lead to, {@code to} the failed recipient, {@code outcome}; {@code gone} where there is
   *     no such address
   */
  record Case(String name, MessageKind kind, Map<String, String> expected, String mail) {
    @Override
    public String toString() {
      return kind + " " + name;
    }
  }

  static List<Case> mailsOfManyMailers() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = MailSignalsTest.class.getResourceAsStream("/mail/signals.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String one : all.substring(all.indexOf("=== ")).split("(?m)^=== ")) {
        if (!one.isBlank()) {
          cases.add(read(one));
        }
      }
    }
    return cases;
  }

  private static Case read(String one) {
    String line = one.substring(0, one.indexOf('\n'));
    String[] parts = line.split(";", 2);
    Map<String, String> expected = new HashMap<>();
    for (String word : parts[1].strip().split(" ")) {
      String[] pair = word.split("=", 2);
      expected.put(pair[0], pair.length == 2 ? pair[1] : "");
    }
    String[] named = parts[0].split(" ", 2);
    return new Case(
        named[1], MessageKind.valueOf(named[0]), expected, one.substring(one.indexOf('\n') + 1));
  }

  @ParameterizedTest
  @MethodSource("mailsOfManyMailers")
  void takesEachForWhatItIs(Case one) {
    byte[] bytes = one.mail().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    MailSignals signals = mail.parse(bytes, one.expected().get("from")).signals();

    assertThat(MailKinds.kind(signals, false, false)).as(signals.toString()).isEqualTo(one.kind());
    Incoming.Report report = MailKinds.report(signals);
    if (one.kind() == MessageKind.bounce) {
      assertThat(report.recipients())
          .as(signals.toString())
          .containsExactly(one.expected().get("to"));
      assertThat(!report.gone().isEmpty())
          .as("is there no such address? %s", signals)
          .isEqualTo(one.expected().containsKey("gone"));
    }
    if (one.expected().containsKey("outcome")) {
      assertThat(report.outcome())
          .isEqualTo(Incoming.Outcome.valueOf(one.expected().get("outcome")));
    }
    if (one.expected().containsKey("about")) {
      assertThat(MailReader.referencesOf(mail.parse(bytes, one.expected().get("from"))))
          .contains(one.expected().get("about"));
    }
    if (one.kind() == MessageKind.message) {
      assertThat(signals.origin()).isEqualTo(Origin.PERSON);
    } else {
      assertThat(MailKinds.reason(signals)).isNotBlank();
      assertThat(signals.mayBeAnsweredByMachine()).isFalse();
    }
  }

  @Test
  void takesAMailOverAGroupOfTheShopForAPersons() {
    MailSignals signals =
        mail.parse(
                """
                From: 'Anna' via Support <support@shop.example>
                Reply-To: Anna <anna@example.com>
                Precedence: list
                Mailing-list: list support@shop.example; contact support+owners@shop.example
                List-ID: <support.shop.example>
                List-Unsubscribe: <mailto:unsubscribe@shop.example>
                List-Post: <mailto:support@shop.example>

                Where is my parcel?
                """)
            .signals();

    assertThat(signals.lists()).contains("support@shop.example");
    assertThat(MailKinds.kind(signals, true, false)).isEqualTo(MessageKind.message);
    assertThat(MailKinds.kind(signals, false, false)).isEqualTo(MessageKind.list);
  }

  @Test
  void takesMailFromAnUnattendedAddressOfTheShopForAForm() {
    MailSignals signals = mail.parse("From: noreply@shop.example\n\nWhere is it?").signals();

    assertThat(MailKinds.kind(signals, false, true)).isEqualTo(MessageKind.message);
    assertThat(MailKinds.kind(signals, false, false)).isEqualTo(MessageKind.list);
    assertThat(signals.mayBeAnsweredByMachine()).isFalse();
  }
}
