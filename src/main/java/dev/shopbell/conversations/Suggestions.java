package dev.shopbell.conversations;

import dev.shopbell.brands.Brands;
import dev.shopbell.customers.Customer;
import dev.shopbell.customers.CustomersByName;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Sight;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import dev.shopbell.staff.Team;
import dev.shopbell.staff.Teams;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How a search that is being typed may go on. */
@Component
class Suggestions {
  private static final int MOST = 10;
  private static final int MOST_RECENT = 5;
  private static final int MOST_OF_A_KIND = 3;

  private final RecentSearches recent;
  private final TagStore tags;
  private final Agents agents;
  private final Teams teams;
  private final Brands brands;
  private final CustomersByName customers;

  Suggestions(
      RecentSearches recent,
      TagStore tags,
      Agents agents,
      Teams teams,
      Brands brands,
      CustomersByName customers) {
    this.recent = recent;
    this.tags = tags;
    this.agents = agents;
    this.teams = teams;
    this.brands = brands;
    this.customers = customers;
  }

  /** What is suggested. */
  enum Kind {
    /** A whole search that the caller has made. */
    recent,
    operator,
    /** A word that the operator knows: {@code open}, {@code today}. */
    value,
    tag,
    agent,
    team,
    brand,
    customer
  }

  /**
   * @param text in place of the last word of what was typed; in place of all of it for a recent one
   * @param label the name of what is meant
   * @param detail an agent's or customer's address
   */
  @Schema(name = "SearchSuggestion")
  record Suggestion(
      Kind kind,
      @Nullable SearchOperator operator,
      String text,
      String label,
      @Nullable String detail) {}

  /** One, and how well it fits: the lower the better. */
  private record Ranked(int rank, Suggestion suggestion) {}

  List<Suggestion> of(String typed, Caller caller) {
    SearchQuery query = SearchQuery.parse(typed);
    SearchQuery.Part last = query.parts().isEmpty() ? null : query.parts().getLast();
    boolean unfinishedQuote =
        last != null && last.quoted() && typed.chars().filter(one -> one == '"').count() % 2 == 1;
    List<Suggestion> all = new ArrayList<>();
    if (last == null) {
      all.addAll(recent(caller, "", MOST_RECENT));
      Stream.of(SearchOperator.values()).map(one -> operator("", one)).forEach(all::add);
    } else if (query.open() || unfinishedQuote) {
      String minus = last.negated() ? "-" : "";
      if (last.operator() != null) {
        all.addAll(values(minus, last.operator(), last.value(), caller.sight()));
      } else if (!last.quoted()) {
        all.addAll(recent(caller, typed.strip(), 2));
        all.addAll(words(minus, last.value(), caller.sight()));
      }
    }
    return all.stream().limit(MOST).toList();
  }

  private List<Suggestion> recent(Caller caller, String typed, int most) {
    String begun = SearchWords.fold(typed);
    return recent.of(caller.agentId()).stream()
        .filter(one -> SearchWords.fold(one).startsWith(begun) && !one.equals(typed))
        .limit(most)
        .map(one -> new Suggestion(Kind.recent, null, one, one, null))
        .toList();
  }

  private static Suggestion operator(String minus, SearchOperator one) {
    return new Suggestion(Kind.operator, one, minus + one + ":", one.name(), null);
  }

  /** A plain word may become an operator, or be the name of something. */
  private List<Suggestion> words(String minus, String typed, Sight sight) {
    List<Suggestion> all = new ArrayList<>();
    Stream.of(SearchOperator.values())
        .filter(one -> one.names().anyMatch(name -> name.startsWith(SearchWords.fold(typed))))
        .limit(MOST_OF_A_KIND)
        .map(one -> operator(minus, one))
        .forEach(all::add);
    if (typed.length() > 1) {
      for (SearchOperator one :
          List.of(
              SearchOperator.tag,
              SearchOperator.customer,
              SearchOperator.is,
              SearchOperator.assignee,
              SearchOperator.team)) {
        values(minus, one, typed, sight).stream().limit(MOST_OF_A_KIND).forEach(all::add);
      }
    }
    return all;
  }

  private List<Suggestion> values(
      String minus, SearchOperator operator, String typed, Sight sight) {
    Ranking all = new Ranking(minus, operator, typed);
    switch (operator) {
      case is ->
          all.words(
              "open",
              "waiting",
              "snoozed",
              "resolved",
              "spam",
              "unread",
              "unassigned",
              "mine",
              "following",
              "unanswered",
              "draft",
              "scheduled",
              "undelivered");
      case has -> all.words("attachment", "note", "reply", "draft");
      case priority -> all.words("urgent", "high", "normal", "low");
      case channel -> all.words("email");
      case before, after -> all.words("today", "yesterday", "7d", "2w", "1m", "1y");
      case on -> all.words("today", "yesterday");
      case tag ->
          all.named(
              Kind.tag,
              tags.standing().stream().filter(one -> !one.archived()).toList(),
              TagEntry::name,
              one -> null);
      case assignee -> {
        all.words("me", "none");
        all.named(
            Kind.agent,
            agents.all().stream().filter(Agent::active).toList(),
            Agent::name,
            Agent::email);
      }
      case team -> {
        all.words("mine", "none");
        all.named(Kind.team, teams.all(), Team::name, one -> null);
      }
      case brand ->
          all.named(
              Kind.brand,
              brands.all().stream().filter(one -> sight.sees(one.id())).toList(),
              one -> one.name(),
              one -> null);
      case customer, from, to -> {
        for (Customer one : customers.beginning(typed, MOST, sight)) {
          all.customer(one);
        }
      }
      case subject, filename, number -> {}
    }
    return all.best();
  }

  /** What begins with what was typed, the best first. */
  private static final class Ranking {
    private final String minus;
    private final SearchOperator operator;
    private final String typed;
    private final List<Ranked> all = new ArrayList<>();

    Ranking(String minus, SearchOperator operator, String typed) {
      this.minus = minus;
      this.operator = operator;
      this.typed = typed;
    }

    void words(String... words) {
      for (String word : words) {
        add(Kind.value, word, word, null, SearchNames.rank(Stream.of(word), typed));
      }
    }

    <T> void named(
        Kind kind, List<T> named, Function<T, String> name, Function<T, @Nullable String> detail) {
      for (T one : named) {
        Stream<String> names =
            Stream.of(name.apply(one), detail.apply(one)).flatMap(Stream::ofNullable);
        add(
            kind,
            name.apply(one),
            name.apply(one),
            detail.apply(one),
            SearchNames.rank(names, typed));
      }
    }

    /** By their address, which nobody else has. */
    void customer(Customer one) {
      String name = one.name() == null ? one.address() : one.name();
      if (name != null) {
        String value = one.address() == null ? name : one.address();
        add(Kind.customer, value, name, name.equals(one.address()) ? null : one.address(), 0);
      }
    }

    private void add(Kind kind, String value, String label, @Nullable String detail, int rank) {
      if (rank < 3 && value.indexOf('"') < 0) {
        boolean plain =
            value.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
        String text = minus + operator + ":" + (plain ? value : '"' + value + '"');
        all.add(new Ranked(rank, new Suggestion(kind, operator, text, label, detail)));
      }
    }

    List<Suggestion> best() {
      return List.copyOf(
          new LinkedHashSet<>(
              all.stream()
                  .sorted(Comparator.comparingInt(Ranked::rank))
                  .map(Ranked::suggestion)
                  .toList()));
    }
  }
}
