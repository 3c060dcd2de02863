package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StemsPropertyTest {
  private static final String LETTERS = "abcAÄäßж한 .1";

  @Property(tries = 3_000)
  void findsTheGroupsThatAnExpressionOfTheirStemsFinds(
      @ForAll("groups") List<List<String>> groups, @ForAll("texts") String text) {
    int expected = 0;
    for (int i = 0; i < groups.size(); i++) {
      String expression =
          groups.get(i).stream()
              .map(StemsPropertyTest::expression)
              .collect(Collectors.joining("|"));
      expected |= Pattern.compile("(?iU)" + expression).matcher(text).find() ? 1 << i : 0;
    }
    Stems stems =
        Stems.of(groups.stream().map(stems1 -> String.join(" ", stems1)).toArray(String[]::new));
    assertThat(stems.in(text)).isEqualTo(expected);
    assertThat(stems.anyIn(text)).isEqualTo(expected != 0);
  }

  private static String expression(String stem) {
    return Arrays.stream(stem.split("(?=[|_])|(?<=[|_])"))
        .map(part -> part.equals("|") ? "\\b" : part.equals("_") ? " " : Pattern.quote(part))
        .collect(Collectors.joining());
  }

  @Provide
  Arbitrary<List<List<String>>> groups() {
    Arbitrary<String> bare =
        Arbitraries.strings().withChars("abcäßж한_.1").ofMinLength(1).ofMaxLength(4);
    Arbitrary<String> edged =
        Arbitraries.strings()
            .withChars("abcäж1")
            .ofMinLength(1)
            .ofMaxLength(3)
            .flatMap(word -> Arbitraries.of("|" + word, word + "|", "|" + word + "|"));
    return Arbitraries.oneOf(bare, edged)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars(LETTERS).ofMaxLength(40);
  }
}
