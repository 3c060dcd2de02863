package dev.shopbell.conversations;

import dev.shopbell.platform.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Conditions that hold together. None at all: every conversation. */
record Conditions(List<Condition> all) {
  private static final int MOST = 20;
  private static final int LONGEST = 16_000;
  static final Conditions NONE = new Conditions(List.of());

  Conditions {
    all = List.copyOf(all);
  }

  static Conditions of(Condition... all) {
    return new Conditions(List.of(all));
  }

  Conditions and(Condition one) {
    return and(of(one));
  }

  Conditions and(Conditions others) {
    List<Condition> both = new ArrayList<>(all);
    both.addAll(others.all);
    return new Conditions(both);
  }

  Conditions without(Conditions others) {
    return new Conditions(all.stream().filter(one -> !others.all.contains(one)).toList());
  }

  /**
   * As somebody wrote them.
   *
   * @throws Problem if they cannot be asked
   */
  static Conditions checked(List<Condition> all) {
    if (all.size() > MOST) {
      throw Problem.invalid("conditions", "There are at most " + MOST + " conditions.");
    }
    all.forEach(Condition::check);
    return new Conditions(all);
  }

  /**
   * @throws Problem if this is no JSON list of conditions that can be asked
   */
  static Conditions parse(@Nullable String json, JsonMapper mapper) {
    if (json == null || json.isBlank()) {
      return NONE;
    }
    if (json.length() > LONGEST) {
      throw Problem.invalid("conditions", "These are too many conditions for one question.");
    }
    try {
      List<@Nullable Condition> read =
          mapper
              .readerForListOf(Condition.class)
              .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .readValue(json);
      for (Condition one : read) {
        if (one == null || one.field() == null || one.operator() == null || one.values() == null) {
          throw unreadable();
        }
        if (one.values().stream().anyMatch(value -> value == null)) {
          throw unreadable();
        }
      }
      return checked(read.stream().flatMap(Stream::ofNullable).toList());
    } catch (JacksonException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof Problem problem) {
          throw problem;
        }
      }
      throw unreadable();
    }
  }

  private static Problem unreadable() {
    return Problem.invalid(
        "conditions",
        "The conditions are a JSON list such as"
            + " [{\"field\":\"status\",\"operator\":\"is\",\"values\":[\"open\"]}].");
  }

  /** Whether few conversations may be left: most of a long past is resolved. */
  boolean isNarrow() {
    return all.stream()
        .anyMatch(one ->
            switch (one.field()) {
              case status ->
                  one.operator()
                      == ConditionField.Operator.is
                      != one.values().contains(Status.resolved.name());
              case assignee,
                  customer,
                  tag,
                  team,
                  following,
                  draft,
                  scheduled,
                  waiting,
                  deliveryProblem,
                  created,
                  activity,
                  custom,
                  customerCustom ->
                  true;
              case brand,
                  priority,
                  channel,
                  unread,
                  attachment,
                  note,
                  reply,
                  subject,
                  text,
                  from,
                  to,
                  filename ->
                  false;
            });
  }
}
