package dev.shopbell.conversations;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.shopbell.platform.web.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a conversation a condition asks about, how, and in which words. */
public enum ConditionField {
  status(
      ConditionField::isStatus,
      "open, waiting, snoozed, resolved or spam",
      Set.of(Operator.is, Operator.not)),
  assignee(
      value -> value.equals("me") || value.equals("none") || isId(value),
      "an agent's id, “me” or “none”",
      Set.of(Operator.is, Operator.not)),
  team(
      value -> value.equals("mine") || value.equals("none") || isId(value),
      "a team's id, “mine” or “none”",
      Set.of(Operator.is, Operator.not)),
  brand(ConditionField::isId, "a brand's id", Set.of(Operator.is, Operator.not)),
  tag(ConditionField::isId, "a tag's id", Set.of(Operator.is, Operator.not, Operator.all)),
  priority(
      ConditionField::isPriority, "low, normal, high or urgent", Set.of(Operator.is, Operator.not)),
  channel(
      value -> value.matches("[a-z]{1,40}"),
      "a channel, such as email",
      Set.of(Operator.is, Operator.not)),
  customer(ConditionField::isId, "a customer's id", Set.of(Operator.is, Operator.not)),
  /** Whether the reader has not seen all of it. */
  unread(ConditionField::isYesOrNo, "yes or no", Set.of(Operator.is)),
  /** Whether the reader follows it. */
  following(ConditionField::isYesOrNo, "yes or no", Set.of(Operator.is)),
  /** Whether the reader has begun to write in it. */
  draft(ConditionField::isYesOrNo, "yes or no", Set.of(Operator.is)),
  /** Whether an answer leaves it later, or is held back. */
  scheduled(ConditionField::isYesOrNo, "yes or no", Set.of(Operator.is)),
  /** How long the customer has waited for an answer. */
  waiting(
      ConditionField::isDuration,
      "a time such as PT4H or P2D, at most ten years",
      Set.of(Operator.over, Operator.under)),
  created(ConditionField::isTime, ConditionField.TIMES, Operator.OF_TIME),
  /** When the last message came or went. */
  activity(ConditionField::isTime, ConditionField.TIMES, Operator.OF_TIME),
  attachment(ConditionField::isYesOrNo, "yes or no", Set.of(Operator.is)),
  /** Whether it holds a note. */
  note(ConditionField::isYesOrNo, "yes or no", Set.of(Operator.is)),
  /** Whether it holds an answer of ours. */
  reply(ConditionField::isYesOrNo, "yes or no", Set.of(Operator.is)),
  deliveryProblem(ConditionField::isYesOrNo, "yes or no", Set.of(Operator.is)),
  subject(ConditionField::isText, "up to 100 characters", Set.of(Operator.has, Operator.hasNot)),
  /** The words of messages, their people and the names of their files. */
  text(ConditionField::isWords, ConditionField.WORDS, Operator.OF_WORDS),
  /** Who wrote one of the messages: what begins with the words is found too. */
  from(ConditionField::isWords, ConditionField.WORDS, Operator.OF_WORDS),
  /** To whom one of the messages went. */
  to(ConditionField::isWords, ConditionField.WORDS, Operator.OF_WORDS),
  /** What a file of one of the messages is called. */
  filename(ConditionField::isWords, ConditionField.WORDS, Operator.OF_WORDS),
  /**
   * A field that the shop has added to conversations: is, not and all ask for choices and for yes
   * and no, over and under for numbers, has and hasNot for words of texts and links, the others for
   * dates.
   */
  custom(ConditionField::isText, "up to 100 characters", EnumSet.allOf(Operator.class)),
  /** The same of the conversation's customer. */
  customerCustom(ConditionField::isText, "up to 100 characters", EnumSet.allOf(Operator.class));

  private static final String WORDS = "words, up to 100 characters";
  private static final String TIMES = "an instant, or a time such as P7D for within and older";
  private static final Duration LONGEST = Duration.ofDays(3_660);

  /**
   * How the values count. {@code is}, {@code has}: any of them. {@code not}, {@code hasNot}: none.
   * {@code all}: every one. The others take one value.
   */
  public enum Operator {
    is,
    not,
    all,
    over,
    under,
    before,
    after,
    within,
    older,
    has,
    hasNot;

    private static final Set<Operator> OF_TIME = EnumSet.of(before, after, within, older);
    private static final Set<Operator> OF_WORDS = EnumSet.of(has, hasNot);

    boolean takesMany() {
      return switch (this) {
        case is, not, all, has, hasNot -> true;
        case over, under, before, after, within, older -> false;
      };
    }

    @JsonCreator
    static Operator of(String name) {
      return find(values(), name, "There is no operator");
    }
  }

  private final Predicate<String> valid;
  private final String words;
  private final Set<Operator> operators;

  ConditionField(Predicate<String> valid, String words, Set<Operator> operators) {
    this.valid = valid;
    this.words = words;
    this.operators = operators;
  }

  @JsonCreator
  static ConditionField of(String name) {
    return find(values(), name, "There is no field");
  }

  private static <E extends Enum<E>> E find(E[] all, String name, String refusal) {
    return Arrays.stream(all)
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Problem.invalid(
                "conditions",
                refusal
                    + " “"
                    + (name.length() > 40 ? name.substring(0, 40) + "…" : name)
                    + "”. There are "
                    + Stream.of(all).map(Enum::name).collect(Collectors.joining(", "))
                    + "."));
  }

  /** Whether it asks about a field of the shop's own. */
  boolean isCustom() {
    return this == custom || this == customerCustom;
  }

  boolean isYesOrNo() {
    return switch (this) {
      case unread, following, draft, scheduled, attachment, note, reply, deliveryProblem -> true;
      default -> false;
    };
  }

  void check(Operator operator, String value) {
    if (!operators.contains(operator)) {
      throw Problem.invalid(
          "conditions",
          "“"
              + this
              + "” takes "
              + operators.stream().sorted().map(Enum::name).collect(Collectors.joining(", "))
              + ", not “"
              + operator
              + "”.");
    }
    boolean spanned = operator == Operator.within || operator == Operator.older;
    boolean dated = operator == Operator.before || operator == Operator.after;
    if (isCustom()) {
      boolean compared = operator == Operator.over || operator == Operator.under;
      if ((dated && !isDate(value)) || (compared && !isNumber(value))) {
        throw Problem.invalid(
            "conditions",
            dated ? "A date is written like 2026-03-01." : "A number has at most 15 digits.");
      }
      dated = false;
    }
    if (!valid.test(value) || (spanned && !isDuration(value)) || (dated && !isInstant(value))) {
      throw Problem.invalid("conditions", "A value of “" + this + "” is " + words + ".");
    }
  }

  private static boolean isId(String value) {
    return value.matches("\\d{1,18}");
  }

  private static boolean isStatus(String value) {
    return Arrays.stream(Status.values()).anyMatch(one -> one.name().equals(value));
  }

  private static boolean isPriority(String value) {
    return Arrays.stream(Priority.values()).anyMatch(one -> one.name().equals(value));
  }

  private static boolean isYesOrNo(String value) {
    return value.equals("yes") || value.equals("no");
  }

  private static boolean isText(String value) {
    return !value.isBlank()
        && value.length() <= 100
        && value.chars().noneMatch(Character::isISOControl);
  }

  private static boolean isWords(String value) {
    return isText(value) && SearchWords.holdsWord(value);
  }

  private static boolean isTime(String value) {
    return isDuration(value) || isInstant(value);
  }

  private static boolean isDuration(String value) {
    try {
      Duration duration = Duration.parse(value);
      return !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
    } catch (DateTimeException | ArithmeticException e) {
      return false;
    }
  }

  private static boolean isNumber(String value) {
    return value.matches("-?(0|[1-9]\\d{0,14})(\\.\\d{1,6})?");
  }

  private static boolean isDate(String value) {
    try {
      return value.length() == 10 && LocalDate.parse(value).getYear() > 1000;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isInstant(String value) {
    try {
      int year = Instant.parse(value).atOffset(ZoneOffset.UTC).getYear();
      return year > 1900 && year < 3000;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
