package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.shopbell.conversations.Appointment;
import dev.shopbell.conversations.MessageMark;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailStructureTest {
  private final MailFixture mail = new MailFixture();

  private static String multipart(String type, String... parts) {
    return "From: a@b.test\nContent-Type: multipart/"
        + type
        + "; boundary=x\n\n--x\n"
        + String.join("\n--x\n", parts)
        + "\n--x--\n";
  }

  private static String base64(String type, byte[] content) {
    return "Content-Type: "
        + type
        + "\nContent-Transfer-Encoding: base64\n\n"
        + Base64.getMimeEncoder().encodeToString(content).replace("\r", "");
  }

  @Test
  void takesOfRelatedPartsTheStartAsTextAndWhatItShowsAsInline() {
    ParsedMail read =
        mail.parse(
            multipart(
                "related; start=\"<page>\"",
                "Content-Type: text/html\nContent-ID: <frame>\n\n<p>frame</p>",
                "Content-Type: image/png; name=a.png\nContent-ID: <shoe>\n\nx",
                "Content-Type: image/png; name=b.png\nContent-ID: <unused>\n\nx",
                "Content-Type: text/html\nContent-ID: <page>\n\n<p>main <img src='cid:shoe'></p>"));

    assertThat(read.text()).isEqualTo("main");
    assertThat(read.attachments())
        .extracting(MailAttachment::name, MailAttachment::inline)
        .containsExactly(
            tuple("attachment.html", false), tuple("a.png", true), tuple("b.png", false));
  }

  @Test
  void leavesOutWhatIsMeantForOtherReaders() {
    ParsedMail amp =
        mail.parse(
            multipart(
                "alternative",
                "Content-Type: text/plain\n\nwords",
                "Content-Type: text/x-amp-html\n\n<html amp4email>",
                "Content-Type: text/html\n\n<p>words</p>"));
    ParsedMail apple =
        mail.parse(
            multipart(
                "appledouble",
                "Content-Type: application/applefile; name=a.pdf\n\nfork",
                "Content-Type: application/pdf; name=a.pdf\n\n%PDF"));

    assertThat(amp.attachments()).isEmpty();
    assertThat(apple.attachments())
        .extracting(MailAttachment::contentType)
        .containsExactly("application/pdf");
  }

  @Test
  void showsAForwardedMailWhereItIsAllThereIs() {
    ParsedMail read =
        mail.parse(
            multipart(
                "mixed",
                "Content-Type: text/plain\n\n \n",
                "Content-Type: message/rfc822\n\nFrom: Carl <c@d.test>\nSubject: Broken lamp\n\n"
                    + "It does not light."));

    assertThat(read.text()).contains("From: Carl <c@d.test>").contains("It does not light.");
    assertThat(read.attachments())
        .extracting(MailAttachment::name)
        .containsExactly("Broken lamp.eml");
  }

  @Test
  void namesPartialAndAbsentContentPlainly() {
    assertThat(
            mail.parse("From: a@b.test\nContent-Type: message/partial; number=2; total=3\n\nx")
                .problem())
        .contains("part 2 of 3");
    assertThat(
            mail.parse(
                    "From: a@b.test\nContent-Type: message/external-body; access-type=URL;"
                        + " url=\"https://x.test/a\"\n\nContent-Type: image/png\n\n")
                .problem())
        .contains("https://x.test/a");
  }

  @ParameterizedTest
  @CsvSource({
    "W. Europe Standard Time, Europe/Berlin",
    "/vendor.test/2005/Europe/Berlin, Europe/Berlin",
    "Our office, +01:00"
  })
  void readsAnInvitationInItsZone(String zone, String meant) {
    ParsedMail read =
        mail.parse(
            "From: a@b.test\nContent-Type: text/calendar; method=REQUEST\n\n"
                + "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VTIMEZONE\nTZID:Our office\nBEGIN:STANDARD\n"
                + "TZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\n"
                + "SUMMARY:Fitting\\, size\n  42\nDTSTART;TZID=\""
                + zone
                + "\":20260310T140000\nDURATION:PT1H30M\nLOCATION:Main St 1\n"
                + "ORGANIZER;CN=\"Brandt; Ada\":mailto:a@b.test\nATTENDEE:mailto:c@d.test\n"
                + "ATTENDEE:mailto:e@f.test\nEND:VEVENT\nEND:VCALENDAR\n");

    assertThat(read.appointment())
        .isEqualTo(
            new Appointment(
                Appointment.Method.request,
                "Fitting, size 42",
                Instant.parse("2026-03-10T13:00:00Z"),
                Instant.parse("2026-03-10T14:30:00Z"),
                false,
                meant,
                "Main St 1",
                "Brandt; Ada",
                2,
                false));
    assertThat(read.marks()).containsExactly(MessageMark.invitation);
    assertThat(read.text())
        .contains("Invitation: Fitting, size 42")
        .contains("10 March 2026, 14:00");
    assertThat(read.attachments())
        .extracting(MailAttachment::name)
        .containsExactly("invitation.ics");
  }

  @Test
  void marksWhatIsEncryptedOrSigned() {
    assertThat(
            mail.parse(multipart("encrypted", "Content-Type: application/pgp-encrypted\n\nx"))
                .marks())
        .containsExactly(MessageMark.encrypted);
    assertThat(mail.parse(multipart("signed", "\nwords")).marks())
        .containsExactly(MessageMark.signed);
    assertThat(mail.parse("From: a@b.test\n\n-----BEGIN PGP MESSAGE-----\n\nx").marks())
        .containsExactly(MessageMark.encrypted);
    assertThat(mail.parse("From: a@b.test\n\n-----BEGIN PGP SIGNED MESSAGE-----\n\nx").marks())
        .containsExactly(MessageMark.signed);
  }

  @Test
  void takesTheMailOutOfAnOpaqueSignature() {
    byte[] inner =
        "Content-Type: text/plain; charset=utf-8\r\n\r\nsigned wörds"
            .getBytes(StandardCharsets.UTF_8);
    byte[] pieces =
        bytes(
            new byte[] {0x24, (byte) 0x80},
            element(4, Arrays.copyOf(inner, 20)),
            element(4, Arrays.copyOfRange(inner, 20, inner.length)),
            new byte[2]);

    for (byte[] content : new byte[][] {element(4, inner), pieces}) {
      ParsedMail read =
          mail.parse("From: a@b.test\n" + base64("application/pkcs7-mime", signed(content)));

      assertThat(read.text()).isEqualTo("signed wörds");
      assertThat(read.marks()).containsExactly(MessageMark.signed);
    }
    ParsedMail encrypted =
        mail.parse("From: a@b.test\n" + base64("application/pkcs7-mime", element(0x30, inner)));
    assertThat(encrypted.marks()).containsExactly(MessageMark.encrypted);
    assertThat(encrypted.attachments()).hasSize(1);
  }

  private static byte[] signed(byte[] content) {
    byte[] version = element(2, new byte[] {1});
    byte[] encapsulated = element(0x30, bytes(identifier(1), element(0xA0, content)));
    byte[] data = element(0x30, bytes(version, element(0x31, new byte[0]), encapsulated));
    return element(0x30, bytes(identifier(2), element(0xA0, data)));
  }

  private static byte[] identifier(int last) {
    byte[] id = HexFormat.of().parseHex("06092a864886f70d010700");
    id[id.length - 1] = (byte) last;
    return id;
  }

  private static byte[] element(int tag, byte[] content) {
    int n = content.length;
    return bytes(new byte[] {(byte) tag, (byte) 0x82, (byte) (n >> 8), (byte) n}, content);
  }

  @Test
  void opensWinmail() {
    byte[] rtf =
        ("{\\rtf1\\ansi\\ansicpg1252\\fromhtml1{\\fonttbl{\\f0 Arial;}}"
                + "{\\*\\htmltag64 <p>}Gr\\'fc\\'dfe\\htmlrtf {\\b\\htmlrtf0  f\\u252?r\\htmlrtf }\\htmlrtf0"
                + "  alle{\\*\\htmltag72 </p>}}")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] winmail =
        bytes(
            number(0x223E9F78, 4),
            number(1, 2),
            attribute(1, 0x69003, bytes(number(1, 4), property(0x102, 0x1009, packed(rtf)))),
            attribute(2, 0x69002, new byte[14]),
            attribute(2, 0x6800F, "%PDF".getBytes(StandardCharsets.US_ASCII)),
            attribute(2, 0x18010, "RECHNU~1.PDF\0".getBytes(StandardCharsets.US_ASCII)),
            attribute(
                2,
                0x69005,
                bytes(
                    number(1, 4),
                    property(
                        0x1F, 0x3707, "Rechnung März.pdf\0".getBytes(StandardCharsets.UTF_16LE)))));
    ParsedMail read =
        mail.parse("From: a@b.test\n" + base64("application/ms-tnef; name=winmail.dat", winmail));

    assertThat(read.text()).isEqualTo("Grüße für alle");
    assertThat(read.html()).isEqualTo("<p>Grüße für alle</p>");
    assertThat(read.attachments())
        .extracting(MailAttachment::name)
        .containsExactly("Rechnung März.pdf");
    assertThat(mail.content(read.attachments().getFirst())).isEqualTo("%PDF");

    ParsedMail other =
        mail.parse("From: a@b.test\n" + base64("application/ms-tnef; name=winmail.dat", rtf));
    assertThat(mail.content(other.attachments().getFirst())).startsWith("{\\rtf1");
  }

  /** Rich text in Outlook's packing, here without any repetition replaced. */
  private static byte[] packed(byte[] rtf) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(number(rtf.length + rtf.length / 8 + 13, 4));
    out.writeBytes(number(rtf.length, 4));
    out.writeBytes("LZFu".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[4]);
    for (int i = 0; i < rtf.length; i++) {
      if (i % 8 == 0) {
        out.write(0);
      }
      out.write(rtf[i]);
    }
    return out.toByteArray();
  }

  private static byte[] attribute(int level, int id, byte[] data) {
    return bytes(
        new byte[] {(byte) level}, number(id, 4), number(data.length, 4), data, new byte[2]);
  }

  private static byte[] property(int type, int id, byte[] data) {
    byte[] padding = new byte[-data.length & 3];
    return bytes(
        number(type, 2), number(id, 2), number(1, 4), number(data.length, 4), data, padding);
  }

  private static byte[] number(int value, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >> 8 * i);
    }
    return bytes;
  }

  private static byte[] bytes(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }
}
