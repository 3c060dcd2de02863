package dev.shopbell.conversations;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds things by what they are called, as far as it has been typed. */
final class SearchNames {
  private SearchNames() {}

  /** Those that are called so; where there are none, those one of whose words begins so. */
  static <T> List<T> matching(List<T> all, Function<T, Stream<String>> names, String typed) {
    List<T> exact = all.stream().filter(one -> rank(names.apply(one), typed) == 0).toList();
    return exact.isEmpty()
        ? all.stream().filter(one -> rank(names.apply(one), typed) < 3).toList()
        : exact;
  }

  /** 0 is it, 1 begins so, 2 has a word that begins so, 3 is not found. */
  static int rank(Stream<String> names, String typed) {
    String wanted = SearchWords.fold(typed).strip();
    return names
        .map(SearchWords::fold)
        .mapToInt(name -> {
          if (name.equals(wanted)) {
            return 0;
          }
          if (name.startsWith(wanted)) {
            return 1;
          }
          return Arrays.stream(name.split("[\\s.@_/-]+")).anyMatch(word -> word.startsWith(wanted))
              ? 2
              : 3;
        })
        .min()
        .orElse(3);
  }
}
