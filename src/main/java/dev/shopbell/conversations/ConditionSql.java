package dev.shopbell.conversations;

import dev.shopbell.conversations.ConditionField.Operator;
import dev.shopbell.platform.web.Sight;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes conditions as SQL over {@code conversation}. */
final class ConditionSql {
  private final Sight sight;
  private final long me;
  private final List<String> sql = new ArrayList<>();
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  private ConditionSql(Sight sight) {
    this.sight = sight;
    this.me = sight.agentId();
  }

  static ConversationFilter.Where of(Conditions conditions, Sight sight) {
    ConditionSql made = new ConditionSql(sight);
    for (Condition one : conditions.all()) {
      made.sql.add(made.write(one));
    }
    return new ConversationFilter.Where(
        made.sql.isEmpty() ? "true" : String.join(" and ", made.sql), made.parameters);
  }

  private String write(Condition one) {
    return switch (one.operator()) {
      // What is null is not among them either. A status is never null, and as it stands here an
      // index over some of them is found.
      case not ->
          one.field() == ConditionField.status
              ? "not " + positive(one)
              : "(" + positive(one) + ") is not true";
      case hasNot -> "not " + positive(one);
      case is, all, over, under, before, after, within, older, has -> positive(one);
    };
  }

  private String positive(Condition one) {
    return switch (one.field()) {
      case status -> among("conversation.status", one.values());
      case priority -> among("conversation.priority", one.values());
      case assignee -> assigned(one.values());
      case team -> ofTeam(one.values());
      case brand -> ids("conversation.brand_id", one.values());
      case customer -> ids("conversation.customer_id", one.values());
      case channel ->
          "conversation.channel = any(" + parameter(one.values().toArray(String[]::new)) + ")";
      case tag ->
          // The index holds those with a tag only.
          "conversation.tag_ids <> '{}' and conversation.tag_ids "
              + (one.operator() == ConditionField.Operator.all ? "@>" : "&&")
              + " "
              + parameter(longs(one.values()))
              + "::bigint[]";
      case unread ->
          ("yes".equals(one.values().getFirst()) ? "" : "not ")
              + """
              (conversation.status <> 'spam' and conversation.last_news_id > coalesce(
                (select message_id from conversation_reading
                 where conversation_reading.conversation_id = conversation.id and agent_id = :me),
                case when conversation.status = 'resolved'
                    or conversation.last_message_at < (select created_at from agent where id = :me)
                  then conversation.last_news_id else 0 end))\
              """
                  .replace(":me", parameter(me));
      case following ->
          "conversation.id "
              + ("yes".equals(one.values().getFirst()) ? "in" : "not in")
              + " (select conversation_id from follower where following and agent_id = "
              + parameter(me)
              + ")";
      case draft ->
          "conversation.id "
              + ("yes".equals(one.values().getFirst()) ? "in" : "not in")
              + " (select conversation_id from draft where conversation_id is not null and agent_id = "
              + parameter(me)
              + ")";
      case scheduled ->
          "conversation.id "
              + ("yes".equals(one.values().getFirst()) ? "in" : "not in")
              + " (select conversation_id from message where delivery_state in ('scheduled', 'held'))";
      case waiting ->
          "conversation.waiting_since "
              + (one.operator() == ConditionField.Operator.over ? "<" : ">=")
              + ago(one);
      case created -> time("conversation.created_at", one);
      case activity -> time("conversation.last_message_at", one);
      case deliveryProblem ->
          "yes".equals(one.values().getFirst())
              ? "conversation.delivery_problem"
              : "not conversation.delivery_problem";
      case attachment ->
          ("yes".equals(one.values().getFirst()) ? "" : "not ")
              + """
              exists (select from message join attachment on attachment.message_id = message.id
                where message.conversation_id = conversation.id and not attachment.inline)\
              """;
      case subject -> "(conversation.subject ilike any(" + patterns(one) + "))";
      case note -> holdsMessage("note", one);
      case reply -> holdsMessage("outbound", one);
      case text ->
          says(
              one,
              value ->
                  new SearchTerm(SearchTerm.Where.anywhere, SearchWords.indexed(value), false));
      case from -> says(one, value -> SearchTerm.of(SearchTerm.Where.from, value));
      case to -> says(one, value -> SearchTerm.of(SearchTerm.Where.to, value));
      case filename -> says(one, value -> SearchTerm.of(SearchTerm.Where.files, value));
      case custom -> custom("conversation.fields", one);
      case customerCustom ->
          "conversation.customer_id in (select customer.id from customer where "
              + custom("customer.fields", one)
              + ")";
    };
  }

  /**
   * By an operator alone, whatever the kind of the field is: what does not fit it holds for no
   * value. The key has been checked.
   */
  private String custom(String fields, Condition one) {
    String key = Objects.requireNonNull(one.key());
    // The index holds those with a value of any field only.
    String present = fields + " <> '{}' and " + fields + " @@ 'exists($.\"" + key + "\")' and ";
    String text = fields + " ->> '" + key + "'";
    String value = one.values().getFirst();
    return switch (one.operator()) {
      case is, not, all ->
          "("
              + one.values().stream()
                  .map(each -> has(fields, key, each))
                  .collect(Collectors.joining(one.operator() == Operator.all ? " and " : " or "))
              + ")";
      case over -> "(" + present + fields + " @@ " + path("$.\"" + key + "\" > " + value) + ")";
      case under -> "(" + present + fields + " @@ " + path("$.\"" + key + "\" <= " + value) + ")";
      case before -> "(" + present + text + " < " + parameter(value) + ")";
      case after -> "(" + present + text + " >= " + parameter(value) + ")";
      case within ->
          "(" + present + text + " between " + day(one) + " and to_char(now(), 'YYYY-MM-DD'))";
      case older -> "(" + present + text + " < " + day(one) + ")";
      case has, hasNot -> "(" + present + "(" + text + ") ilike any(" + patterns(one) + "))";
    };
  }

  private String has(String fields, String key, String value) {
    // What nobody has said yes to is no.
    return switch (value) {
      case "yes" -> "(" + fields + " <> '{}' and " + fields + " @> " + json(key, "true") + ")";
      case "no" -> "not (" + fields + " @> " + json(key, "true") + ")";
      default -> {
        String quoted = "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        yield "("
            + fields
            + " <> '{}' and ("
            + fields
            + " @> "
            + json(key, quoted)
            + " or "
            + fields
            + " @> "
            + json(key, "[" + quoted + "]")
            + "))";
      }
    };
  }

  private String json(String key, String value) {
    return parameter("{\"" + key + "\": " + value + "}") + "::jsonb";
  }

  private String path(String path) {
    return parameter(path) + "::text::jsonpath";
  }

  private String day(Condition one) {
    return "to_char(" + ago(one) + ", 'YYYY-MM-DD')";
  }

  private String patterns(Condition one) {
    return parameter(
        one.values().stream()
            .map(value -> "%" + value.strip().replaceAll("([\\\\%_])", "\\\\$1") + "%")
            .toArray(String[]::new));
  }

  private static String holdsMessage(String direction, Condition one) {
    return ("yes".equals(one.values().getFirst()) ? "" : "not ")
        + "exists (select from message where message.conversation_id = conversation.id and message.direction = '"
        + direction
        + "')";
  }

  /** Whether a message says any of them. */
  private String says(Condition one, Function<String, SearchTerm> term) {
    return "exists (select from message_search where message_search.conversation_id = conversation.id and ("
        + one.values().stream()
            .map(term)
            .map(sought ->
                "message_search."
                    + sought.column()
                    + " @@ "
                    + sought.query(parameter(sought.value())))
            .collect(Collectors.joining(" or "))
        + "))";
  }

  /** As they stand, since an index over some of them is only used where the planner sees which. */
  private static String among(String column, List<String> words) {
    return words.size() == 1
        ? column + " = '" + words.getFirst() + "'"
        : column
            + " in ("
            + words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "))
            + ")";
  }

  private String assigned(List<String> values) {
    List<String> agents =
        values.stream()
            .filter(value -> !value.equals("none"))
            .map(value -> value.equals("me") ? Long.toString(me) : value)
            .toList();
    if (agents.isEmpty()) {
      return "conversation.assignee_id is null";
    }
    String some = ids("conversation.assignee_id", agents);
    return agents.size() == values.size()
        ? some
        : "(" + some + " or conversation.assignee_id is null)";
  }

  private String ofTeam(List<String> values) {
    List<String> teams =
        values.stream()
            .filter(value -> !value.equals("none"))
            .flatMap(value ->
                value.equals("mine")
                    ? sight.teams().stream().map(team -> Long.toString(team))
                    : Stream.of(value))
            .toList();
    String some = "conversation.team_id = any(" + parameter(longs(teams)) + ")";
    return values.contains("none") ? "(" + some + " or conversation.team_id is null)" : some;
  }

  private String ids(String column, List<String> values) {
    return values.size() == 1
        ? column + " = " + parameter(Long.parseLong(values.getFirst()))
        : column + " = any(" + parameter(longs(values)) + ")";
  }

  private String time(String column, Condition one) {
    return switch (one.operator()) {
      case within -> column + " >= " + ago(one);
      case older -> column + " < " + ago(one);
      case after -> column + " >= " + instant(one);
      case before -> column + " < " + instant(one);
      case is, not, all, over, under, has, hasNot ->
          throw new IllegalArgumentException(one + " was not checked");
    };
  }

  private String instant(Condition one) {
    return parameter(Instant.parse(one.values().getFirst()).atOffset(ZoneOffset.UTC));
  }

  /** By the database's clock, so that the same question stays the same from moment to moment. */
  private String ago(Condition one) {
    double seconds = Duration.parse(one.values().getFirst()).toMillis() / 1_000.0;
    return " now() - make_interval(secs => " + parameter(seconds) + ")";
  }

  private static Long[] longs(List<String> values) {
    return values.stream().map(Long::valueOf).toArray(Long[]::new);
  }

  private String parameter(Object value) {
    String name = "condition" + parameters.size();
    parameters.put(name, value);
    return ":" + name;
  }
}
