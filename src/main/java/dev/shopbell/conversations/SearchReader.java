package dev.shopbell.conversations;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.conversations.ConditionField.Operator;
import dev.shopbell.customers.Customer;
import dev.shopbell.customers.CustomersByName;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import dev.shopbell.staff.Team;
import dev.shopbell.staff.Teams;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out what the words and names of a search mean in this shop, to whoever asks. */
@Component
class SearchReader {
  private static final int MOST_TERMS = 12;
  private static final int MOST_VALUES = 50;
  private static final int LONGEST_VALUE = 100;
  private static final Pattern NUMBER = Pattern.compile("#?(\\d{1,18})");
  private static final Pattern ORDER = Pattern.compile("(\\p{L}{1,8}[-./#_])?#?\\d+");

  private final ConversationStore store;
  private final TagStore tags;
  private final Agents agents;
  private final Teams teams;
  private final Brands brands;
  private final CustomersByName customers;
  private final Clock clock;

  SearchReader(
      ConversationStore store,
      TagStore tags,
      Agents agents,
      Teams teams,
      Brands brands,
      CustomersByName customers,
      Clock clock) {
    this.store = store;
    this.tags = tags;
    this.agents = agents;
    this.teams = teams;
    this.brands = brands;
    this.customers = customers;
    this.clock = clock;
  }

  /**
   * The zone in which days are counted.
   *
   * @throws Problem if there is none of that name
   */
  static ZoneId zone(@Nullable String name) {
    if (name == null || name.isBlank()) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw Problem.invalid("zone", "A time zone is written like Europe/Berlin.");
    }
  }

  Search read(String text, Caller caller, ZoneId zone) {
    SearchQuery query = SearchQuery.parse(text);
    Reading reading = new Reading(caller.sight(), zone);
    for (int i = 0; i < query.parts().size(); i++) {
      reading.take(query.parts().get(i), query.open() && i == query.parts().size() - 1);
    }
    Matcher number = NUMBER.matcher(text.strip());
    return reading.search(number.matches() ? store.current(Long.parseLong(number.group(1))) : null);
  }

  /** One search, part by part. */
  private final class Reading {
    private final Sight sight;
    private final ZoneId zone;
    private final List<SearchTerm> terms = new ArrayList<>();
    // A conversation has one of these: to ask for two is to ask for either.
    private final Map<ConditionField, Set<String>> either = new LinkedHashMap<>();
    private final List<Condition> conditions = new ArrayList<>();
    private final List<Long> only = new ArrayList<>();
    private final List<Search.Unknown> unknown = new ArrayList<>();

    Reading(Sight sight, ZoneId zone) {
      this.sight = sight;
      this.zone = zone;
    }

    Search search(@Nullable Long number) {
      Conditions all = new Conditions(conditions);
      for (Map.Entry<ConditionField, Set<String>> one : either.entrySet()) {
        all = all.and(Condition.is(one.getKey(), one.getValue().toArray(String[]::new)));
      }
      return new Search(new SearchWords(terms), all, number, List.copyOf(only), unknown);
    }

    void take(SearchQuery.Part part, boolean open) {
      String value = part.value().strip();
      if (part.operator() == null) {
        words(part, open);
      } else if (!value.isEmpty() && !operator(part, part.operator(), value)) {
        unknown.add(new Search.Unknown(part.operator(), value));
        if (!part.negated()) {
          // What is not there has no conversations.
          conditions.add(Condition.is(ConditionField.customer, "0"));
        }
      }
    }

    private void words(SearchQuery.Part part, boolean open) {
      String folded = SearchWords.fold(part.value());
      if (!SearchWords.holdsWord(folded)) {
        return;
      }
      if (part.negated()) {
        conditions.add(hasNot(ConditionField.text, part.value()));
        return;
      }
      // A number is meant as it stands, and so is an address.
      boolean whole = part.quoted() || folded.contains("@") || ORDER.matcher(folded).matches();
      term(
          new SearchTerm(
              SearchTerm.Where.anywhere, SearchWords.indexed(part.value()), open && !whole));
    }

    private void term(SearchTerm term) {
      if (terms.size() < MOST_TERMS) {
        terms.add(term);
      }
    }

    private boolean operator(SearchQuery.Part part, SearchOperator operator, String value) {
      boolean not = part.negated();
      return switch (operator) {
        case from -> words(ConditionField.from, SearchTerm.Where.from, not, value);
        case to -> words(ConditionField.to, SearchTerm.Where.to, not, value);
        case subject -> words(ConditionField.subject, SearchTerm.Where.subject, not, value);
        case filename -> words(ConditionField.filename, SearchTerm.Where.files, not, value);
        case is -> state(value, not);
        case has -> part(value, not);
        case tag -> tags(value, not);
        case assignee -> either(ConditionField.assignee, assignees(value), not);
        case team -> either(ConditionField.team, teams(value), not);
        case brand -> either(ConditionField.brand, brands(value), not);
        case customer -> either(ConditionField.customer, customers(value), not);
        case priority ->
            either(ConditionField.priority, named(Priority.values(), Enum::name, value), not);
        case channel -> either(ConditionField.channel, channel(value), not);
        case before, after, on -> time(operator, value, not);
        case number -> !not && number(value);
      };
    }

    private boolean words(ConditionField field, SearchTerm.Where where, boolean not, String value) {
      if (!SearchWords.holdsWord(value)) {
        return false;
      }
      if (not) {
        conditions.add(hasNot(field, value));
      } else {
        term(SearchTerm.of(where, cut(value)));
      }
      return true;
    }

    private static Condition hasNot(ConditionField field, String value) {
      return new Condition(field, Operator.hasNot, List.of(cut(value)));
    }

    private boolean state(String value, boolean not) {
      switch (SearchWords.fold(value)) {
        case "open", "waiting", "snoozed", "resolved", "spam" ->
            either(ConditionField.status, List.of(SearchWords.fold(value)), not);
        case "closed", "done" -> either(ConditionField.status, List.of("resolved"), not);
        case "unread" -> conditions.add(yes(ConditionField.unread, not));
        case "read" -> conditions.add(yes(ConditionField.unread, !not));
        case "unassigned" -> either(ConditionField.assignee, List.of("none"), not);
        case "assigned" -> either(ConditionField.assignee, List.of("none"), !not);
        case "mine" -> either(ConditionField.assignee, List.of("me"), not);
        case "following", "followed" -> conditions.add(yes(ConditionField.following, not));
        case "draft" -> conditions.add(yes(ConditionField.draft, not));
        case "scheduled" -> conditions.add(yes(ConditionField.scheduled, not));
        case "undelivered" -> conditions.add(yes(ConditionField.deliveryProblem, not));
        case "unanswered" -> {
          if (not) {
            return false;
          }
          conditions.add(new Condition(ConditionField.waiting, Operator.over, List.of("PT0S")));
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean part(String value, boolean not) {
      switch (SearchWords.fold(value)) {
        case "attachment", "attachments", "file", "files" ->
            conditions.add(yes(ConditionField.attachment, not));
        case "note", "notes" -> conditions.add(yes(ConditionField.note, not));
        case "reply", "replies", "answer" -> conditions.add(yes(ConditionField.reply, not));
        case "draft" -> conditions.add(yes(ConditionField.draft, not));
        default -> {
          return false;
        }
      }
      return true;
    }

    private static Condition yes(ConditionField field, boolean not) {
      return Condition.is(field, not ? "no" : "yes");
    }

    /** Several tags must all be there; one that is not written out stands for any it may become. */
    private boolean tags(String value, boolean not) {
      List<String> ids = ids(tags.standing(), TagEntry::id, value, tag -> Stream.of(tag.name()));
      if (!ids.isEmpty()) {
        conditions.add(new Condition(ConditionField.tag, not ? Operator.not : Operator.is, ids));
      }
      return !ids.isEmpty();
    }

    private boolean either(ConditionField field, List<String> values, boolean not) {
      if (values.isEmpty()) {
        return false;
      }
      if (not) {
        conditions.add(new Condition(field, Operator.not, values));
      } else {
        Set<String> all = either.computeIfAbsent(field, one -> new LinkedHashSet<>());
        values.stream().limit(MOST_VALUES - all.size()).forEach(all::add);
      }
      return true;
    }

    private List<String> assignees(String value) {
      return switch (SearchWords.fold(value)) {
        case "me" -> List.of("me");
        case "none", "nobody" -> List.of("none");
        default ->
            ids(
                agents.all(),
                Agent::id,
                value,
                agent -> Stream.of(agent.name(), agent.email(), agent.publicName()));
      };
    }

    private List<String> teams(String value) {
      return switch (SearchWords.fold(value)) {
        case "mine" -> List.of("mine");
        case "none" -> List.of("none");
        default -> ids(teams.all(), Team::id, value, team -> Stream.of(team.name()));
      };
    }

    private List<String> brands(String value) {
      List<Brand> seen = brands.all().stream().filter(brand -> sight.sees(brand.id())).toList();
      return ids(seen, Brand::id, value, brand -> Stream.of(brand.name()));
    }

    /** Whoever has just that address; else those who may be meant. */
    private List<String> customers(String value) {
      List<Customer> found = customers.beginning(value, MOST_VALUES, sight);
      List<Customer> exact =
          found.stream().filter(one -> value.equalsIgnoreCase(one.address())).toList();
      return (exact.isEmpty() ? found : exact)
          .stream().map(Customer::id).map(String::valueOf).toList();
    }

    private static List<String> channel(String value) {
      String name = SearchWords.fold(value);
      return name.equals("mail")
          ? List.of("email")
          : name.matches("[a-z]{1,40}") ? List.of(name) : List.of();
    }

    private boolean time(SearchOperator operator, String value, boolean not) {
      String span = SearchDay.span(value).orElse(null);
      SearchDay day = SearchDay.parse(value, zone, clock).orElse(null);
      if (span != null && operator != SearchOperator.on) {
        boolean older = (operator == SearchOperator.before) != not;
        activity(older ? Operator.older : Operator.within, span);
      } else if (day == null || (not && operator == SearchOperator.on)) {
        return false;
      } else if (operator == SearchOperator.on) {
        activity(Operator.after, day.begin(zone));
        activity(Operator.before, day.end(zone));
      } else {
        boolean before = (operator == SearchOperator.before) != not;
        activity(before ? Operator.before : Operator.after, day.begin(zone));
      }
      return true;
    }

    private void activity(Operator how, String value) {
      conditions.add(new Condition(ConditionField.activity, how, List.of(value)));
    }

    private boolean number(String value) {
      Matcher number = NUMBER.matcher(value);
      if (number.matches()) {
        only.add(store.current(Long.parseLong(number.group(1))));
      }
      return number.matches();
    }
  }

  private static <T> List<String> ids(
      List<T> all, Function<T, Long> id, String value, Function<T, Stream<String>> names) {
    return SearchNames.matching(all, names, value).stream()
        .limit(MOST_VALUES)
        .map(one -> id.apply(one).toString())
        .toList();
  }

  private static <T> List<String> named(T[] all, Function<T, String> name, String value) {
    return SearchNames.matching(Arrays.asList(all), one -> Stream.of(name.apply(one)), value)
        .stream()
        .map(name)
        .toList();
  }

  private static String cut(String value) {
    return SearchQuery.cut(value, LONGEST_VALUE);
  }
}
