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
