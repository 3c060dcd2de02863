package dev.shopbell.conversations;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of the recipients of one message, once not all have fared the same. */
record Outcomes(List<Channel.Outcome> list) {
  static final Outcomes NONE = new Outcomes(List.of());

  Outcomes and(List<Channel.Outcome> more) {
    Set<String> news =
        more.stream()
            .map(one -> one.address().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return new Outcomes(
        Stream.concat(
                list.stream().filter(one -> !news.contains(one.address().toLowerCase(Locale.ROOT))),
                more.stream())
            .toList());
  }

  /** Those who need not be tried again. */
  Set<String> settled() {
    return list.stream()
        .map(one -> one.address().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean anyRefused() {
    return list.stream().anyMatch(one -> !one.accepted());
  }

  /** Before another try by hand: who has it must not get it twice. */
  Outcomes accepted() {
    return new Outcomes(list.stream().filter(Channel.Outcome::accepted).toList());
  }

  /** “Refused for carl@b.example: 550 No such user. anna@a.example has it.” */
  String words() {
    String refused =
        list.stream()
            .filter(one -> !one.accepted())
            .map(one -> "Refused for " + one.address() + ": " + one.words())
            .collect(Collectors.joining(" "));
    List<String> have =
        list.stream().filter(Channel.Outcome::accepted).map(Channel.Outcome::address).toList();
    String accepted =
        have.isEmpty()
            ? ""
            : String.join(", ", have) + (have.size() == 1 ? " has it." : " have it.");
    return (refused + " " + accepted).strip();
  }
}
