package dev.shopbell.conversations;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands before the colon in a search: {@code from:}, {@code is:}, {@code before:} … */
public enum SearchOperator {
  is,
  from,
  to,
  subject,
  tag,
  assignee,
  team,
  has,
  filename("attachment", "file"),
  customer,
  before("older"),
  after("newer", "since"),
  on,
  priority,
  channel,
  brand,
  number;

  private final List<String> others;

  SearchOperator(String... others) {
    this.others = List.of(others);
  }

  /** By its name or another name of it, whatever its case. */
  static Optional<SearchOperator> named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(one -> one.names().anyMatch(wanted::equals)).findFirst();
  }

  Stream<String> names() {
    return Stream.concat(Stream.of(name()), others.stream());
  }
}
