package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailCharsetTest {
  private final MailFixture mail = new MailFixture();

  @ParameterizedTest
  @CsvSource({
    "koi8-r, 'Добрый день, где мой заказ номер 17?'",
    "windows-1251, 'Добрый день, где мой заказ номер 17?'",
    "gb18030, 你好，我的订单为什么还没有发货？",
    "big5, 您好，我的訂單為什麼還沒有出貨？",
    "shift_jis, 先週注文した靴がまだ届きません。",
    "euc-jp, 先週注文した靴がまだ届きません。",
    "iso-2022-jp, 先週注文した靴がまだ届きません。",
    "euc-kr, '지난주에 주문한 신발이 아직 안 왔어요.'",
    "windows-1253, 'Πού είναι η παραγγελία μου;'",
    "windows-1255, 'איפה ההזמנה שלי?'",
    "windows-1252, 'Où en est ma commande ? C’est déjà payé, 5 €'",
    "windows-1252, 'Die Größe paßt nicht, können Sie mir „kürzere“ schicken?'",
    "windows-1252, '¿Dónde está el señor que llamó mañana?'",
    "utf-16le, 'Größe 42 – wann?'"
  })
  void findsTheCharsetWhenAnotherOrNoneIsDeclared(String real, String words) {
    for (String declared : new String[] {"; charset=utf-8", "; charset=us-ascii", ""}) {
      byte[] head =
          ("From: a@b.test\r\nContent-Type: text/plain"
                  + declared
                  + "\r\nContent-Transfer-Encoding: base64\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      byte[] body = Base64.getMimeEncoder().encode(words.getBytes(Charset.forName(real)));

      assertThat(mail.parse(join(head, body), null).text()).as(declared).isEqualTo(words);
    }
  }

  @Test
  void readsHeadersInRawBytesByTheCharsetOfTheBody() {
    ParsedMail read =
        mail.parse(
            "From: Иван Петров <i@b.test>\nSubject: Где заказ\n"
                + "Content-Type: text/plain; charset=koi8-r\n\nПривет",
            Charset.forName("koi8-r"));

    assertThat(read.from()).isEqualTo(new MailAddress("Иван Петров", "i@b.test"));
    assertThat(read.subject()).isEqualTo("Где заказ");
    assertThat(read.text()).isEqualTo("Привет");
  }

  @ParameterizedTest
  @CsvSource({
    "utf-7, Gr+APwA3w-e, Grüße",
    "hz-gb-2312, ~{Dz:C~}!, 您好!",
    "macintosh, Gr\u009F\u00A7e, Grüße",
    "windows1251, \u00C7\u00E0\u00EA\u00E0\u00E7, Заказ",
    "'\"iso8859-1\"', Gr\u00FC\u00DFe, Grüße"
  })
  void knowsCharsetsByTheNamesThatMailUses(String charset, String bytes, String words) {
    ParsedMail read =
        mail.parse(
            "From: a@b.test\nContent-Type: text/plain; charset=" + charset + "\n\n" + bytes,
            StandardCharsets.ISO_8859_1);

    assertThat(read.text()).isEqualTo(words);
  }

  @Test
  void undoesThatUtf8WasEncodedTwice() {
    String twice = new String("Frage zur Größe".getBytes(StandardCharsets.UTF_8), WESTERN);

    assertThat(HeaderText.decode(twice)).isEqualTo("Frage zur Größe");
    assertThat(HeaderText.decode("Was heißt Ã¼?")).isEqualTo("Was heißt Ã¼?");
    assertThat(mail.parse("From: " + twice + " <a@b.test>\nSubject: " + twice + "\n\nx").from())
        .isEqualTo(new MailAddress("Frage zur Größe", "a@b.test"));
  }

  @Test
  void readsAFewForeignBytesWithinUtf8() {
    byte[] utf8 = "From: a@b.test\r\n\r\nGrüße aus Köln, Stra".getBytes(StandardCharsets.UTF_8);

    assertThat(mail.parse(join(utf8, new byte[] {(byte) 0xDF, 'e'}), null).text())
        .isEqualTo("Grüße aus Köln, Straße");
  }

  private static final Charset WESTERN = Charset.forName("windows-1252");

  private static byte[] join(byte[] one, byte[] other) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(one);
    both.writeBytes(other);
    return both.toByteArray();
  }
}
