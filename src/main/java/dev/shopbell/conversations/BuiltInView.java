package dev.shopbell.conversations;

import java.util.Arrays;
import java.util.Optional;

/** The views that everybody has. */
enum BuiltInView {
  mine(
      "Mine",
      Condition.is(ConditionField.status, "open"),
      Condition.is(ConditionField.assignee, "me")),
  unassigned(
      "Unassigned",
      Condition.is(ConditionField.status, "open"),
      Condition.is(ConditionField.assignee, "none")),
  following(
      "Following",
      Condition.not(ConditionField.status, "spam"),
      Condition.is(ConditionField.following, "yes")),
  teams(
      "Teams",
      Condition.is(ConditionField.status, "open"),
      Condition.is(ConditionField.team, "mine")),
  open("Open", Condition.is(ConditionField.status, "open")),
  waiting("Waiting", Condition.is(ConditionField.status, "waiting")),
  snoozed("Snoozed", Condition.is(ConditionField.status, "snoozed")),
  resolved("Resolved", Condition.is(ConditionField.status, "resolved")),
  drafts("Drafts", Condition.is(ConditionField.draft, "yes")),
  scheduled("Scheduled", Condition.is(ConditionField.scheduled, "yes")),
  spam("Spam", Condition.is(ConditionField.status, "spam")),
  all("All", Condition.not(ConditionField.status, "spam"));

  private final String label;
  private final Conditions conditions;

  BuiltInView(String label, Condition... conditions) {
    this.label = label;
    this.conditions = Conditions.of(conditions);
  }

  String label() {
    return label;
  }

  Conditions conditions() {
    return conditions;
  }

  static Optional<BuiltInView> named(String name) {
    return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
  }
}
