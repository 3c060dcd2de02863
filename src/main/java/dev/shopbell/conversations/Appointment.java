package dev.shopbell.conversations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An appointment that a message is about.
 *
 * @param start null when it could not be read; of a whole day its midnight in UTC
 * @param end exclusive; null when none is given
 * @param zone the time zone it was made in; null when the times bear none and are given as if UTC
 * @param organiser name, else address
 * @param attendees how many are invited
 * @param repeats whether it is the first of several
 */
public record Appointment(
    Method method,
    String title,
    @Nullable Instant start,
    @Nullable Instant end,
    boolean wholeDay,
    @Nullable String zone,
    @Nullable String place,
    @Nullable String organiser,
    int attendees,
    boolean repeats) {

  /** What is asked (RFC 5546); answers are told apart. */
  public enum Method {
    /** Asks to come, or says that something has changed. */
    request,
    cancel,
    accepted,
    declined,
    tentative,
    /** Proposes another time. */
    counter,
    /** Only says when something is. */
    publish
  }
}
