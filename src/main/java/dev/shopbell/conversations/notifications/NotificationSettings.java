package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.NotificationKind;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an agent wants to be told.
 *
 * @param choices one for each kind
 * @param mailAfterMinutes how long something waits to be seen in the desk before a mail tells; 0 to
 *     1440
 * @param quietFrom local time such as 22:00, from which mail and push wait; null with {@code
 *     quietUntil}
 * @param timeZone such as Europe/Berlin
 * @param pausedUntil mail and push wait until then
 * @param pushWords whether a push shows who wrote and what, for whoever sees the screen
 * @param followAnswered whether they follow what they have answered
 */
record NotificationSettings(
    List<NotificationKind.Choice> choices,
    int mailAfterMinutes,
    @Nullable String quietFrom,
    @Nullable String quietUntil,
    String timeZone,
    @Nullable Instant pausedUntil,
    boolean pushWords,
    boolean followAnswered) {

  static final NotificationSettings USUAL =
      new NotificationSettings(
          Arrays.stream(NotificationKind.values()).map(NotificationKind::usual).toList(),
          5,
          null,
          null,
          "UTC",
          null,
          false,
          true);

  NotificationKind.Choice of(NotificationKind kind) {
    return choices.stream()
        .filter(choice -> choice.kind() == kind)
        .findFirst()
        .orElseGet(kind::usual);
  }

  /** Until when neither mail nor push may come; null where they may now. */
  @Nullable Instant quietUntil(Instant now) {
    Instant pause = pausedUntil != null && pausedUntil.isAfter(now) ? pausedUntil : null;
    Instant from = pause == null ? now : pause;
    Instant night = endOfQuietHours(from);
    return night == null ? pause : night;
  }

  private @Nullable Instant endOfQuietHours(Instant at) {
    if (quietFrom == null || quietUntil == null || quietFrom.equals(quietUntil)) {
      return null;
    }
    LocalTime begin = LocalTime.parse(quietFrom);
    LocalTime end = LocalTime.parse(quietUntil);
    ZonedDateTime local = at.atZone(ZoneId.of(timeZone));
    LocalTime time = local.toLocalTime();
    boolean overnight = begin.isAfter(end);
    boolean quiet =
        overnight
            ? !time.isBefore(begin) || time.isBefore(end)
            : !time.isBefore(begin) && time.isBefore(end);
    if (!quiet) {
      return null;
    }
    boolean tomorrow = overnight && !time.isBefore(begin);
    return local
        .toLocalDate()
        .plusDays(tomorrow ? 1 : 0)
        .atTime(end)
        .atZone(local.getZone())
        .toInstant();
  }
}
