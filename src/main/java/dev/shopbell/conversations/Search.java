package dev.shopbell.conversations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search asks for.
 *
 * @param words what one message must hold
 * @param conditions what must hold of its conversation
 * @param number of a conversation that comes first, whatever it holds; null for none
 * @param only the numbers of the conversations that are asked for; empty for any
 * @param unknown what names nothing that there is
 */
record Search(
    SearchWords words,
    Conditions conditions,
    @Nullable Long number,
    List<Long> only,
    List<Unknown> unknown) {

  /**
   * A value that says nothing.
   *
   * @param value as it was typed
   */
  @Schema(name = "UnknownSearchValue")
  record Unknown(SearchOperator operator, String value) {}

  /** Whether spam is asked for, which is left out else. */
  boolean seeksSpam() {
    return conditions.all().stream()
        .anyMatch(one ->
            one.field() == ConditionField.status
                && one.operator() == ConditionField.Operator.is
                && one.values().contains(Status.spam.name()));
  }

  /** The words as conditions too: what is kept as a view. */
  Conditions asConditions() {
    Conditions all = conditions;
    for (SearchTerm term : words.terms()) {
      ConditionField field =
          switch (term.where()) {
            case anywhere -> ConditionField.text;
            case from -> ConditionField.from;
            case to -> ConditionField.to;
            case subject -> ConditionField.subject;
            case files -> ConditionField.filename;
          };
      all = all.and(new Condition(field, ConditionField.Operator.has, List.of(term.text())));
    }
    return all;
  }
}
