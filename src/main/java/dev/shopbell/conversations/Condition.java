package dev.shopbell.conversations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shopbell.customers.CustomFields;
import dev.shopbell.platform.web.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition on a conversation. Values are ids, not names, so that it holds when something is
 * renamed; of the shop's own fields those of choices are keys. Times are ISO 8601, spans of time
 * too ({@code PT4H}, {@code P7D}).
 *
 * @param key of the shop's own field, where that is what it asks about; else null
 */
public record Condition(
    ConditionField field,
    ConditionField.Operator operator,
    List<String> values,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {
  private static final int MOST_VALUES = 50;

  Condition(ConditionField field, ConditionField.Operator operator, List<String> values) {
    this(field, operator, values, null);
  }

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
    if (field.isCustom() ? key == null || !CustomFields.isKey(key) : key != null) {
      throw Problem.invalid(
          "conditions",
          field.isCustom()
              ? "“" + field + "” needs the key of a field."
              : "Only custom and customerCustom have a key.");
    }
    if (values.size() > 1 && (!operator.takesMany() || field.isYesOrNo())) {
      throw Problem.invalid("conditions", "“" + field + " " + operator + "” takes one value.");
    }
    values.forEach(value -> field.check(operator, value));
  }
}
