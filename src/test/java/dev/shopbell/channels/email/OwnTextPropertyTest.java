package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OwnTextPropertyTest {

  @Property(tries = 1_000)
  void keepsOnlyLinesOfTheMailInTheirOrder(@ForAll("mails") String text) {
    List<String> own = lines(OwnText.of(text, null, List.of()));
    List<String> all = lines(text);
    int at = 0;
    for (String line : own) {
      while (at < all.size() && !all.get(at).equals(line)) {
        at++;
      }
      assertThat(at).as("%s of %s", line, text).isLessThan(all.size());
      at++;
    }
  }

  @Property(tries = 1_000)
  void isEmptyOnlyWhenTheMailIs(@ForAll("mails") String text) {
    assertThat(OwnText.of(text, null, List.of()).isBlank()).isEqualTo(text.isBlank());
  }

  @Property(tries = 300)
  void takesAnyTextAndHtml(@ForAll String text, @ForAll String html) {
    assertThat(OwnText.of(text, html, List.of())).isNotNull();
  }

  @Property(tries = 500)
  void keepsOnlyLinesOfTheMailWhateverTheThread(
      @ForAll("mails") String text, @ForAll("mails") String before) {
    String repeated =
        before + "\nHello Ada, we are sorry to hear that it broke and send you a new one";
    String own = OwnText.of(text + "\n" + repeated, null, List.of(repeated));
    assertThat(lines(text + "\n" + repeated)).containsAll(lines(own));
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  @Provide
  Arbitrary<String> mails() {
    return Arbitraries.of(
            "Hello",
            "",
            "> quoted",
            ">> deeper",
            "On 3 Mar 2026 at 10:11, Shop <a@b.test> wrote:",
            "-- ",
            "--",
            "Sent from my iPhone",
            "-----Original Message-----",
            "From: Shop <a@b.test>",
            "Sent: 3 Mar 2026 10:11",
            "To: Ada",
            "Subject: x",
            "________________",
            "Two things:",
            "   ",
            "42",
            "Am 3.3.2026 schrieb Ada:",
            "<a@b.test> wrote:")
        .list()
        .ofMaxSize(20)
        .map(list -> String.join("\n", list));
  }
}
