package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MailParserPropertyTest {
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");

  private final MailFixture mail = new MailFixture();

  @Property(tries = 500)
  void readsAnyBytes(@ForAll byte[] bytes) {
    assertSound(bytes);
  }

  @Property(tries = 500)
  void readsAnythingThatLooksLikeAMail(@ForAll("pieces") String text) {
    assertSound(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 300)
  void readsDamagedMails(@ForAll long seed, @ForAll boolean bounce) {
    byte[] bytes = fixture(bounce ? "bounce.eml" : "alternative-with-image.eml");
    Random random = new Random(seed);
    for (int i = random.nextInt(30); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    int from = random.nextInt(bytes.length);
    byte[] cut = Arrays.copyOf(bytes, random.nextBoolean() ? from : bytes.length);
    assertSound(cut);
  }

  @Property(tries = 300)
  void readsAnyHeaderValueOntoOneLine(@ForAll String value) {
    assertThat(HeaderText.decode(value)).doesNotContainPattern(CONTROL);
    AddressHeader.parse(value)
        .forEach(address ->
            assertThat(address.name() + address.address()).doesNotContainPattern(CONTROL));
    assertThat(FileName.safe(value, "image/png"))
        .isNotEmpty()
        .doesNotContainPattern("[/\\\\\\x00-\\x1F]");
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            "From: a@b.test\n",
            "Content-Type: multipart/mixed; boundary=x\n",
            "--x\n",
            "--x--\n",
            "\n",
            "Content-Type: text/html\n",
            "Content-Transfer-Encoding: base64\n",
            "aGVsbG8=\n",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n",
            "Content-Type: message/rfc822\n",
            "Content-Type: message/delivery-status\n",
            "Content-Transfer-Encoding: quoted-printable\n",
            "=C3=BC=\n",
            "=ZZ\n",
            "\u0000",
            "<p>x",
            "Content-Type: multipart/alternative; boundary=\"\"\n",
            "Content-Disposition: attachment\n",
            "Final-Recipient: rfc822; a@b\n",
            "Subject: =?utf-8?Q?x\n",
            " folded\n",
            ":\n",
            "no colon\n",
            "Content-Type: text/plain; charset=utf-16; format=flowed\n",
            "\r",
            "Content-Type: application/ms-tnef\n",
            "eJ8+IgEA\n",
            "Content-Type: application/pkcs7-mime\n",
            "MIAGCSqGSIb3DQEHAqCAMIACAQExADCABgkqhkiG9w0BBwGggCSABIID6A==\n",
            "Content-Type: text/calendar; method=REQUEST\n",
            "BEGIN:VEVENT\nDTSTART;TZID=\"x:20260101T000000\nDURATION:P9999W\n",
            "Content-Type: multipart/related; start=x; boundary=y\n",
            "begin 644 x\n%:&5L;&\\ \nend\n",
            "From \n",
            "\uD83D\uDC5F")
        .list()
        .ofMaxSize(30)
        .map(list -> String.join("", list));
  }

  private void assertSound(byte[] bytes) {
    ParsedMail read = mail.parse(bytes, null);

    assertThat(read.text()).doesNotContain("\u0000");
    assertThat(read.text().length()).isLessThanOrEqualTo(10 * bytes.length + 100);
    assertThat(read.subject()).doesNotContainPattern(CONTROL);
    assertThat(read.contentHash()).matches("[0-9a-f]{64}");
    assertThat(mail.parse(bytes, null)).usingRecursiveComparison().isEqualTo(read);
    assertThat(OwnText.of(read.text(), read.html(), List.of()).length())
        .isLessThanOrEqualTo(10 * bytes.length + 100);
  }

  private static byte[] fixture(String name) {
    try (InputStream stream = MailParserPropertyTest.class.getResourceAsStream("/mail/" + name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
