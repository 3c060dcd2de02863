package dev.shopbell.conversations;

import dev.shopbell.platform.web.Problem;
import java.util.List;

/**
 * One condition on a conversation. Values are ids, not names, so that it holds when something is
 * renamed; times are ISO 8601, spans of time too ({@code PT4H}, {@code P7D}).
 */
public record Condition(
    ConditionField field, ConditionField.Operator operator, List<String> values) {
  private static final int MOST_VALUES = 50;

  static Condition is(ConditionField field, String... values) {
    return new Condition(field, ConditionField.Operator.is, List.of(values));
  }

  static Condition not(ConditionField field, String... values) {
    return new Condition(field, ConditionField.Operator.not, List.of(values));
  }

  /** The same, asking for one tag in place of another. */
  Condition replaceTag(long tagId, long intoId) {
    String from = Long.toString(tagId);
    return field == ConditionField.tag && values.contains(from)
        ? new Condition(
            field,
            operator,
            values.stream()
                .map(value -> value.equals(from) ? Long.toString(intoId) : value)
                .distinct()
                .toList())
        : this;
  }

  /**
   * @throws Problem if it cannot be asked like this
   */
  void check() {
    if (values.isEmpty() || values.size() > MOST_VALUES) {
      throw Problem.invalid("conditions", "“" + field + "” takes 1 to " + MOST_VALUES + " values.");
    }
    if (values.size() > 1 && (!operator.takesMany() || field.isYesOrNo())) {
      throw Problem.invalid("conditions", "“" + field + " " + operator + "” takes one value.");
    }
    values.forEach(value -> field.check(operator, value));
  }
}
