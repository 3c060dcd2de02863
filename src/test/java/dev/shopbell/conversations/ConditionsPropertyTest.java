package dev.shopbell.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import dev.shopbell.conversations.ConditionField.Operator;
import dev.shopbell.platform.web.Sight;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever is asked, PostgreSQL and a plain loop over all conversations answer the same. */
class ConditionsPropertyTest {
  private static final List<String> WORDS =
      List.of("parcel", "refund", "Shoes", "50%", "a_b", "x\\y");
  private static final int ROWS = 80;

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final ConversationLists lists = shopbell.bean(ConversationLists.class);

  /** A conversation as a person would know it. */
  private record Row(
      long id,
      String status,
      String priority,
      @Nullable Long assignee,
      long brand,
      long customer,
      List<Long> tags,
      String channel,
      String subject,
      String text,
      boolean file,
      boolean problem,
      boolean news,
      boolean followed,
      Instant created,
      Instant last,
      @Nullable Instant waiting,
      @Nullable Instant snoozed) {}

  private record World(
      String mark,
      long me,
      Instant joined,
      long brand,
      long customer,
      List<Long> tags,
      List<Row> rows) {}

  private static final class Filled {
    static final World WORLD = fill(RunningShopbell.shared());
  }

  /** Spans are whole hours and rows stand at half hours, so that no second lies on an edge. */
  private static World fill(RunningShopbell shopbell) {
    JdbcClient jdbc = shopbell.bean(JdbcClient.class);
    String from = Inbox.address("many");
    String mark = Inbox.word();
    long first = new Inbox(shopbell).begin(from, "The first");
    long brand = one(jdbc, "select brand_id from conversation where id = ?", first);
    long customer = one(jdbc, "select customer_id from conversation where id = ?", first);
    Instant joined = Instant.now().minus(Duration.ofHours(20));
    long me =
        one(
            jdbc,
            "insert into agent (name, email, role, created_at) values ('Mo', ?, 'agent', ?) returning id",
            from,
            joined.atOffset(ZoneOffset.UTC));
    List<Long> tags = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tags.add(
          one(
              jdbc,
              "insert into tag (name, color, created_at) values (?, '#475569', now()) returning id",
              mark + i));
    }
    Random random = new Random(4);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofMinutes(30));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String status = pick(random, "open", "open", "waiting", "snoozed", "resolved", "spam");
      Row row =
          new Row(
              0,
              status,
              pick(random, "low", "normal", "high", "urgent"),
              random.nextBoolean() ? me : null,
              brand,
              customer,
              tags.stream().filter(tag -> random.nextInt(3) == 0).toList(),
              pick(random, "email", "chat"),
              mark + " " + WORDS.get(random.nextInt(WORDS.size())) + " " + i,
              WORDS.get(random.nextInt(3)) + " " + WORDS.get(random.nextInt(3)),
              random.nextInt(3) == 0,
              random.nextInt(4) == 0,
              random.nextBoolean(),
              random.nextInt(3) == 0,
              now.minus(Duration.ofHours(40 + random.nextInt(40))),
              now.minus(Duration.ofHours(random.nextInt(40))),
              random.nextBoolean() ? now.minus(Duration.ofHours(random.nextInt(40))) : null,
              status.equals("snoozed") ? now.plus(Duration.ofHours(48 + random.nextInt(9))) : null);
      rows.add(insert(jdbc, row));
      if (row.followed()) {
        jdbc.sql("insert into follower values (?, ?, true, now())")
            .params(rows.getLast().id(), me)
            .update();
      }
    }
    return new World(mark, me, joined, brand, customer, tags, rows);
  }

  private static String pick(Random random, String... all) {
    return all[random.nextInt(all.length)];
  }

  private static long one(JdbcClient jdbc, String sql, Object... parameters) {
    return jdbc.sql(sql).params(parameters).query(Long.class).single();
  }

  private static Row insert(JdbcClient jdbc, Row row) {
    long id =
        one(
            jdbc,
            """
            insert into conversation (brand_id, customer_id, subject, status, priority, assignee_id, tag_ids, preview,
              last_message_at, last_direction, channel, message_count, waiting_since, snoozed_until, delivery_problem,
              last_news_id, created_at)
            values (?, ?, ?, ?, ?, ?, ?, '', ?, 'inbound', ?, 1, ?, ?, ?, ?, ?) returning id
            """,
            row.brand(),
            row.customer(),
            row.subject(),
            row.status(),
            row.priority(),
            row.assignee(),
            row.tags().toArray(Long[]::new),
            row.last().atOffset(ZoneOffset.UTC),
            row.channel(),
            row.waiting() == null ? null : row.waiting().atOffset(ZoneOffset.UTC),
            row.snoozed() == null ? null : row.snoozed().atOffset(ZoneOffset.UTC),
            row.problem(),
            row.news() ? 1 : 0,
            row.created().atOffset(ZoneOffset.UTC));
    long message =
        one(
            jdbc,
            """
            insert into message (conversation_id, brand_id, direction, channel, kind, subject, text, created_at)
            values (?, ?, 'inbound', 'email', 'message', '', ?, now()) returning id
            """,
            id,
            row.brand(),
            row.text());
    jdbc.sql("insert into message_search values (?, ?, to_tsvector('simple', ?))")
        .params(message, id, row.text().toLowerCase(Locale.ROOT))
        .update();
    if (row.file() || row.problem()) {
      jdbc.sql(
              """
              insert into attachment (message_id, name, content_type, size, file, inline, created_at)
              values (?, 'a', 'image/png', 1, 'a', ?, now())
              """)
          .params(message, !row.file())
          .update();
    }
    return new Row(
        id,
        row.status(),
        row.priority(),
        row.assignee(),
        row.brand(),
        row.customer(),
        row.tags(),
        row.channel(),
        row.subject(),
        row.text(),
        row.file(),
        row.problem(),
        row.news(),
        row.followed(),
        row.created(),
        row.last(),
        row.waiting(),
        row.snoozed());
  }

  private static boolean holds(Condition condition, Row row, long me) {
    List<String> values = condition.values();
    Predicate<String> is =
        switch (condition.field()) {
          case status -> row.status()::equals;
          case priority -> row.priority()::equals;
          case assignee ->
              value ->
                  switch (value) {
                    case "none" -> row.assignee() == null;
                    case "me" -> row.assignee() != null && row.assignee() == me;
                    default -> row.assignee() != null && value.equals(row.assignee().toString());
                  };
          case team -> value -> value.equals("none");
          case brand -> Long.toString(row.brand())::equals;
          case customer -> Long.toString(row.customer())::equals;
          case channel -> row.channel()::equals;
          case tag -> value -> row.tags().contains(Long.valueOf(value));
          case following -> value -> row.followed() == value.equals("yes");
          case draft, scheduled, note, reply -> value -> value.equals("no");
          case unread -> value -> isUnread(row) == value.equals("yes");
          case attachment -> value -> row.file() == value.equals("yes");
          case deliveryProblem -> value -> row.problem() == value.equals("yes");
          case subject -> value -> lower(row.subject()).contains(lower(value.strip()));
          case text ->
              value ->
                  Arrays.asList(lower(row.text()).split("\\W+")).contains(lower(value.strip()));
          case from, to, filename -> value -> false;
          case waiting -> value -> row.waiting() != null && later(row.waiting(), value, condition);
          case created -> value -> later(row.created(), value, condition);
          case activity -> value -> later(row.last(), value, condition);
          case custom, customerCustom -> throw new IllegalArgumentException(condition.toString());
        };
    return switch (condition.operator()) {
      case is, has, over, under, before, after, within, older -> values.stream().anyMatch(is);
      case not, hasNot -> values.stream().noneMatch(is);
      case all -> values.stream().allMatch(is);
    };
  }

  /** Nobody has read any; what came before the owner joined is no news to them. */
  private static boolean isUnread(Row row) {
    return row.news()
        && !row.status().equals("spam")
        && !row.status().equals("resolved")
        && row.last().isAfter(Filled.WORLD.joined());
  }

  private static boolean later(Instant at, String value, Condition condition) {
    Instant edge =
        value.startsWith("P") ? Instant.now().minus(Duration.parse(value)) : Instant.parse(value);
    return switch (condition.operator()) {
      case over, before, older -> at.isBefore(edge);
      case under, after, within -> !at.isBefore(edge);
      case is, not, all, has, hasNot -> throw new IllegalArgumentException(condition.toString());
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Comparator<Row> order(ViewSort sort) {
    Comparator<Row> newest = Comparator.comparing(Row::last).thenComparing(Row::id);
    return switch (sort) {
      case newest -> newest.reversed();
      case oldest -> newest;
      case created -> Comparator.comparing(Row::created).thenComparing(Row::id).reversed();
      case waiting -> lastWithout(Row::waiting);
      case due -> lastWithout(Row::snoozed);
      case priority ->
          Comparator.comparing((Row row) -> Priority.valueOf(row.priority()))
              .thenComparing(newest)
              .reversed();
    };
  }

  private static Comparator<Row> lastWithout(
      java.util.function.Function<Row, @Nullable Instant> at) {
    return Comparator.comparing(at, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
        .thenComparing(Row::id);
  }

  @Property(tries = 400)
  void findTheSameAsAPlainLoop(
      @ForAll("conditions") List<Condition> made,
      @ForAll ViewSort sort,
      @ForAll("pages") int limit) {
    World world = Filled.WORLD;
    Conditions conditions =
        Conditions.checked(made)
            .and(new Condition(ConditionField.subject, Operator.has, List.of(world.mark())));
    List<Long> wanted =
        world.rows().stream()
            .filter(row -> made.stream().allMatch(one -> holds(one, row, world.me())))
            .sorted(order(sort))
            .map(Row::id)
            .toList();
    ConversationLists.Asked asked =
        new ConversationLists.Asked(
            new ConversationFilter(
                conditions, new Sight(world.me(), null, Sight.Conversations.all, Set.of(), null)),
            sort,
            true);
    List<Long> paged = new ArrayList<>();
    String cursor = null;
    do {
      var page = lists.page(asked, limit, cursor);
      page.items().forEach(row -> paged.add(row.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(paged).as("%s by %s", made, sort).isEqualTo(wanted);
    assertThat(lists.total(asked)).isEqualTo(wanted.size());
    int offset = wanted.size() / 2;
    assertThat(lists.from(asked, limit, offset).items())
        .extracting(ConversationRow::id)
        .isEqualTo(wanted.subList(offset, Math.min(wanted.size(), offset + limit)));
  }

  @Provide
  Arbitrary<Integer> pages() {
    return Arbitraries.of(7, 40, 200);
  }

  @Provide
  Arbitrary<List<Condition>> conditions() {
    // The shop's own fields have a test of their own.
    return Arbitraries.of(ConditionField.values())
        .filter(field -> !field.isCustom())
        .flatMap(this::condition)
        .list()
        .ofMaxSize(4);
  }

  private Arbitrary<Condition> condition(ConditionField field) {
    Arbitrary<Operator> operators =
        switch (field) {
          case status, assignee, team, brand, priority, channel, customer ->
              Arbitraries.of(Operator.is, Operator.not);
          case tag -> Arbitraries.of(Operator.is, Operator.not, Operator.all);
          case waiting -> Arbitraries.of(Operator.over, Operator.under);
          case created, activity ->
              Arbitraries.of(Operator.before, Operator.after, Operator.within, Operator.older);
          case attachment, note, reply, deliveryProblem, unread, following, draft, scheduled ->
              Arbitraries.just(Operator.is);
          case subject, text, from, to, filename -> Arbitraries.of(Operator.has, Operator.hasNot);
          case custom, customerCustom -> throw new IllegalArgumentException(field.name());
        };
    return operators.flatMap(operator -> {
      boolean one = !operator.takesMany() || field.isYesOrNo();
      return Combinators.combine(
              Arbitraries.just(operator),
              value(field, operator).list().ofMinSize(1).ofMaxSize(one ? 1 : 3))
          .as((how, values) -> new Condition(field, how, values));
    });
  }

  private Arbitrary<String> value(ConditionField field, Operator operator) {
    World world = Filled.WORLD;
    return switch (field) {
      case status -> Arbitraries.of("open", "waiting", "snoozed", "resolved", "spam");
      case priority -> Arbitraries.of("low", "normal", "high", "urgent");
      case assignee -> Arbitraries.of("me", "none", Long.toString(world.me()), "999999999");
      case team -> Arbitraries.of("mine", "none", "999999999");
      case brand -> Arbitraries.of(Long.toString(world.brand()), "999999999");
      case customer -> Arbitraries.of(Long.toString(world.customer()), "999999999");
      case tag ->
          Arbitraries.of(world.tags().stream().map(String::valueOf).toList()).injectDuplicates(0.1);
      case channel -> Arbitraries.of("email", "chat", "fax");
      case attachment, note, reply, deliveryProblem, unread, following, draft, scheduled ->
          Arbitraries.of("yes", "no");
      case subject -> Arbitraries.of("parcel", "PARCEL", "shoes", "0%", "a_b", "axb", "x\\y", "1");
      case text, from, to, filename -> Arbitraries.of("parcel", "Refund", "shoes", "fax");
      case waiting -> spans();
      case created, activity ->
          operator == Operator.within || operator == Operator.older
              ? spans()
              : spans().map(span -> Instant.now().minus(Duration.parse(span)).toString());
      case custom, customerCustom -> throw new IllegalArgumentException(field.name());
    };
  }

  private static Arbitrary<String> spans() {
    return Arbitraries.integers().between(0, 90).map(hours -> "PT" + hours + "H");
  }
}
