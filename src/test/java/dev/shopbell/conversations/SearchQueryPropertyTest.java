package dev.shopbell.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is typed is a query, and the same one when it is written out and read again. */
class SearchQueryPropertyTest {
  @Property(tries = 3_000)
  void everyTextIsAQueryThatSaysTheSameAgain(@ForAll("typed") String typed) {
    SearchQuery query = SearchQuery.parse(typed);
    assertThat(SearchQuery.parse(query.text())).as(query.text()).isEqualTo(query);
  }

  @Property(tries = 500)
  void nothingThatIsFoundIsLost(@ForAll("words") List<String> words) {
    String typed = String.join(" ", words);
    assertThat(SearchQuery.parse(typed).parts())
        .extracting(SearchQuery.Part::value)
        .isEqualTo(words);
  }

  @Example
  void operatorsPhrasesAndTheirOppositesAreToldApart() {
    assertThat(
            SearchQuery.parse("tea -\"green leaf\" From:Anna -tag:\"very big\" file:x 10:30 a:b -")
                .parts())
        .extracting(SearchQuery.Part::text)
        .containsExactly(
            "tea",
            "-\"green leaf\"",
            "from:Anna",
            "-tag:\"very big\"",
            "filename:x",
            "10:30",
            "a:b",
            "-");
    assertThat(SearchQuery.parse("\"not closed yet").parts().getFirst().value())
        .isEqualTo("not closed yet");
    assertThat(SearchQuery.parse("is:").parts().getFirst().value()).isEmpty();
    assertThat(SearchQuery.parse("tea").open()).isTrue();
    assertThat(SearchQuery.parse("tea ").open()).isFalse();
  }

  @Provide
  Arbitrary<String> typed() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "from:",
            "is:",
            "tag:",
            "-",
            "\"",
            " ",
            "\u00a0",
            "\t",
            "a",
            "Größe",
            "7d",
            ":",
            "#1",
            "\u0000",
            "🫖",
            "\ud83e",
            "subject:\"x y\"",
            "-has:note",
            "older:");
    return pieces.list().ofMaxSize(24).map(all -> all.stream().collect(Collectors.joining()));
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars('ä', '7', '.', '@')
        .ofMinLength(1)
        .ofMaxLength(9)
        .list()
        .ofMaxSize(20);
  }
}
