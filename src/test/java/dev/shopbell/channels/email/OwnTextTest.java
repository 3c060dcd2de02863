package dev.shopbell.channels.email;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.ProcessorTime;
import dev.shopbell.platform.html.HtmlText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTextTest {

  static List<OwnTextCase> development() throws IOException {
    return OwnTextCase.of("development");
  }

  @ParameterizedTest
  @MethodSource("development")
  void keepsWhatTheAuthorWrote(OwnTextCase mail) {
    String text = mail.text() == null ? HtmlText.of(requireNonNull(mail.html())) : mail.text();

    assertThat(written(OwnText.of(text, mail.html(), mail.thread())))
        .isEqualTo(written(mail.own()));
  }

  private static List<String> written(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "On Tue, 3 Mar 2026 at 10:11, Shop <hello@shop.test> wrote:",
        "Am 03.03.2026 um 10:11 schrieb Shop:",
        "Am Di., 3. März 2026 um 10:11 Uhr schrieb Shop <\nhello@shop.test>:",
        "Le mar. 3 mars 2026 à 10:11, Shop <hello@shop.test> a écrit :",
        "El mar, 3 mar 2026 a las 10:11, Shop (<hello@shop.test>) escribió:",
        "Il giorno mar 3 mar 2026 alle ore 10:11 Shop <hello@shop.test>\nha scritto:",
        "Op di 3 mrt 2026 om 10:11 schreef Shop <hello@shop.test>:",
        "Em ter., 3 de mar. de 2026 às 10:11, Shop <hello@shop.test>\nescreveu:",
        "wt., 3 mar 2026 o 10:11 Shop <hello@shop.test> napisał(a):",
        "Den tis 3 mars 2026 kl 10:11 skrev Shop <hello@shop.test>:",
        "ti 3. maalisk. 2026 klo 10.11 Shop (hello@shop.test) kirjoitti:",
        "út 3. 3. 2026 v 10:11 odesílatel Shop <hello@shop.test> napsal:",
        "вт, 3 мар. 2026 г. в 10:11, Shop <hello@shop.test>:",
        "Shop <hello@shop.test>, 3 Mar 2026 Sal, 10:11 tarihinde şunu yazdı:",
        "2026年3月3日(火) 10:11 Shop <hello@shop.test>:",
        "Shop <hello@shop.test> 于2026年3月3日周二 10:11写道：",
        "2026년 3월 3일 (화) 오전 10:11, Shop <hello@shop.test>님이 작성:",
        "Shop wrote:"
      })
  void dropsAQuoteAndTheLineThatIntroducesIt(String intro) {
    assertThat(
            OwnText.of(
                "Thank you!\n\nAda\n\n" + intro + "\n\n> Hello Ada,\n> yes.\n", null, List.of()))
        .isEqualTo("Thank you!\n\nAda");
  }

  @Test
  void keepsAnswersBelowAndBetweenQuotes() {
    assertThat(
            OwnText.of(
                """
                On 3 March 2026 at 10:11, Shop <hello@shop.test> wrote:
                > Which size?

                42, please.

                > Which colour?
                Blue.
                """,
                null,
                List.of()))
        .isEqualTo("42, please.\n\nBlue.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----Original Message-----\n"
            + "From: Shop <hello@shop.test>\n"
            + "Sent: Tuesday, 3 March 2026 10:11\n"
            + "To: Ada\n"
            + "Subject: Re: x",
        "-----Ursprüngliche Nachricht-----\n"
            + "Von: Shop <hello@shop.test>\n"
            + "Gesendet: Dienstag, 3. März 2026 10:11\n"
            + "An: Ada\n"
            + "Betreff: x",
        "________________________________\n"
            + "De : Shop <hello@shop.test>\n"
            + "Envoyé : mardi 3 mars 2026 10:11\n"
            + "À : Ada\n"
            + "Objet : x",
        "Van: Shop <hello@shop.test>\n"
            + "Verzonden: dinsdag 3 maart 2026 10:11\n"
            + "Aan: Ada <ada@example.com>\n"
            + "Onderwerp: x",
        "*From:* Shop <hello@shop.test>\n"
            + "*Sent:* Tuesday, 3 March 2026 10:11\n"
            + "*To:* Ada\n"
            + "*Subject:* x",
        "-------- Original message --------\n"
            + "From: Shop Date: 03/03/2026 10:11 (GMT+01:00) To: Ada Subject: x",
        "差出人: Shop <hello@shop.test>\n送信日時: 2026年3月3日 10:11\n宛先: Ada\n件名: x",
        "On Tuesday, 3 March 2026 at 10:11:12 CET, Shop <hello@shop.test> wrote:"
      })
  void dropsHistoryWithoutQuoteSigns(String head) {
    assertThat(OwnText.of("Thanks.\n\n" + head + "\n\nHello Ada,\nhere you go.\n", null, List.of()))
        .isEqualTo("Thanks.");
  }

  @Test
  void keepsDetailsThatOnlyLookLikeAHeader() {
    String details =
        "Please check:\n\n"
            + "Order: 1234\n"
            + "Name: Ada Brandt\n"
            + "Email: ada@example.com\n"
            + "Date: 3.3.2026\n\n"
            + "Thanks";

    assertThat(OwnText.of(details, null, List.of())).isEqualTo(details);
  }

  @Test
  void dropsSignatures() {
    assertThat(OwnText.of("Hello\n\n-- \nAda Brandt\nLong Street 1\n", null, List.of()))
        .isEqualTo("Hello");
    assertThat(OwnText.of("Hello\n\n--\nAda\n\nOn 3 March 2026 Shop wrote:\n> x", null, List.of()))
        .isEqualTo("Hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPad",
        "Wysłane z iPhone'a",
        "Skickat från min iPhone",
        "Отправлено с iPhone",
        "iPhoneから送信",
        "发自我的 iPhone",
        "Gesendet mit der GMX Mail App",
        "Get Outlook for Android <https://aka.ms/x>"
      })
  void dropsTheWordsOfTheDevice(String words) {
    assertThat(OwnText.of("Hello\n\n" + words + "\n", null, List.of())).isEqualTo("Hello");
  }

  @Test
  void keepsASentenceAboutADevice() {
    String text = "My order:\n\nI sent it from my iPhone yesterday.";

    assertThat(OwnText.of(text, null, List.of())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<div dir=ltr>Thanks<div>Ada</div></div><br><div class='gmail_quote'><div"
            + " class='gmail_attr'>On Tue Shop wrote:<br></div><blockquote"
            + " class='gmail_quote'>old</blockquote></div>",
        "<p>Thanks<br>Ada</p><div class='moz-cite-prefix'>Am 3. schrieb Shop:</div><blockquote"
            + " type='cite' cite='mid:x'><p>old</p></blockquote>",
        "<div>Thanks<div>Ada</div></div><div id='appendonsend'></div><hr><div"
            + " id='divRplyFwdMsg'><b>From:</b> Shop</div><div>old</div>",
        "<div>Thanks<div>Ada</div></div><div><div style='border:none;border-top:solid #E1E1E1"
            + " 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>Von:</b> Shop<br><b>Gesendet:</b>"
            + " Dienstag</p></div></div><p>old</p>",
        "<div>Thanks<div>Ada</div></div><div class='yahoo_quoted'><div>On"
            + " Tue</div><div>old</div></div>",
        "<div>Thanks<div>Ada</div></div><div class='protonmail_quote'>On Tue<blockquote"
            + " class='protonmail_quote'>old</blockquote></div>",
        "<div>Thanks<div>Ada</div></div><div class='gmail_signature'>Shoes Ltd</div>",
        "<p>Thanks<br>Ada</p><div>On 3 March 2026, Shop wrote:</div><blockquote>old</blockquote>",
        "<div>Thanks<div>Ada</div></div><div name='quote'><div>Gesendet: heute</div>old</div>",
        "<div>Thanks<br>Ada<br></div><div><br><blockquote type='cite'><div>On 3 Mar 2026 at 10:11,"
            + " Shop wrote:</div>old</blockquote></div>"
      })
  void believesTheMarksOfMailPrograms(String html) {
    assertThat(OwnText.of(HtmlText.of(html), html, List.of())).isEqualTo("Thanks\nAda");
  }

  @Test
  void keepsAnswersBetweenMarkedQuotes() {
    String html =
        "<div class='gmail_quote'><div class='gmail_attr'>On Tue Shop wrote:</div>"
            + "<blockquote class='gmail_quote'>Size?</blockquote><div>42</div>"
            + "<blockquote class='gmail_quote'>Colour?</blockquote><div>Blue</div></div>";

    assertThat(OwnText.of(HtmlText.of(html), html, List.of())).isEqualTo("42\n\nBlue");
  }

  @Test
  void keepsAnIndentThatNothingIntroduces() {
    String html = "<p>The label says</p><blockquote>Do not wash</blockquote><p>True?</p>";

    assertThat(OwnText.of(HtmlText.of(html), html, List.of()))
        .isEqualTo("The label says\n\nDo not wash\n\nTrue?");
  }

  @Test
  void takesAForwardWholeWhenNothingElseIsThere() {
    String forward =
        "---------- Forwarded message ---------\n"
            + "From: Shop <hello@shop.test>\n"
            + "Date: 3 Mar 2026 10:11\n"
            + "Subject: x\n\n"
            + "Hello";

    assertThat(OwnText.of(forward, null, List.of())).isEqualTo(forward);
    assertThat(OwnText.of("Please see below\n\n" + forward, null, List.of()))
        .isEqualTo("Please see below\n\n" + forward);
  }

  /** Eight times the mail takes some eight times as long; were it the square, it took 64 times. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "> a\n",
        "a:\n",
        "From: a\n",
        "-----a-----\n",
        "-- \n",
        "\n",
        "On 3 Mar 2026 a@b.test wrote:\n",
        "x",
        "<",
        ":",
        "a b c d e f g\n",
        "---\n\n",
        "Kind regards\nAda\n",
        "> Begin forwarded message:\n",
        "Sent from my iPhone\n",
        "@",
        "1:"
      })
  void takesLinearTimeForText(String line) {
    assertLinear(times -> OwnText.of(line.repeat(times), null, List.of(line.repeat(times / 10))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<blockquote>",
        "<div class=gmail_quote>",
        "<div style='border-top:solid #E1E1E1 1.0pt'>"
      })
  void takesLinearTimeForHtml(String piece) {
    assertLinear(times -> OwnText.of("x", piece.repeat(times / 2), List.of()));
  }

  private static void assertLinear(IntConsumer split) {
    Duration some = ProcessorTime.of(() -> split.accept(5_000));
    Duration many = ProcessorTime.of(() -> split.accept(40_000));
    assertThat(many).isLessThan(some.multipliedBy(24).plusMillis(200));
  }
}
