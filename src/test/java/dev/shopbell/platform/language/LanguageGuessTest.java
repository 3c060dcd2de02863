package dev.shopbell.platform.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageGuessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | Hello, I would like to know when my order arrives.
          en | Is there any news of the refund that you promised?
          de | Wo bleibt mein Paket? Ich warte seit zwei Wochen.
          de | Vielen Dank für die schnelle Hilfe!
          fr | Bonjour, je n'ai pas encore reçu ma commande.
          es | Hola, todavía no ha llegado mi pedido.
          it | Buongiorno, non ho ancora ricevuto il mio ordine.
          pt | Olá, ainda não recebi a minha encomenda.
          nl | Ik heb mijn bestelling nog steeds niet ontvangen.
          sv | Hej, jag har inte fått min beställning ännu.
          da | Hej, jeg har ikke fået min ordre endnu, hvad gør jeg?
          no | Hei, jeg har ikke fått ordren min ennå, hva gjør jeg?
          fi | Hei, milloin minun tilaukseni tulee?
          pl | Dzień dobry, jeszcze nie dostałam paczki, czy coś się stało?
          cs | Dobrý den, objednávka ještě nepřišla, prosím o pomoc.
          sk | Dobrý deň, objednávka ešte neprišla, prosím o pomoc.
          hu | Jó napot, még nem kaptam meg a csomagot.
          ro | Bună ziua, încă nu am primit comanda.
          tr | Merhaba, siparişim hala gelmedi, ne zaman gelir?
          el | Καλημέρα, πού είναι η παραγγελία μου;
          ru | Здравствуйте, где мой заказ? Ещё не пришёл.
          uk | Добрий день, де моє замовлення?
          bg | Здравейте, къде е поръчката ми?
          he | שלום, איפה ההזמנה שלי?
          ar | مرحبا، أين طلبي؟
          ja | こんにちは、注文はどこですか。
          zh | 你好，我的订单在哪里？
          ko | 안녕하세요, 주문이 어디 있나요?
          """)
  void tellsTheLanguageOfAShortLetter(String language, String text) {
    assertThat(LanguageGuess.of(text)).as(text).contains(language);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "OK",
        "12345 / 67",
        "🙂🙂🙂",
        "Schmidt GmbH",
        "https://the.and.you/for?that=this with@you.and.the",
        "#1042 DHL 00340434161094"
      })
  void saysNothingWhereThereIsTooLittleToSay(String text) {
    assertThat(LanguageGuess.of(text)).isEmpty();
  }

  @Test
  void takesAnyText() {
    String half = "\uD83D" + "und die der ".repeat(2_000) + "\uD83D";
    assertThat(LanguageGuess.of(half)).contains("de");
  }
}
