package dev.shopbell.channels.email;

import dev.shopbell.conversations.Invitation;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts an appointment into words, for mails that hold nothing else. */
final class InvitationText {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm", Locale.ENGLISH);

  private InvitationText() {}

  static String of(Invitation invitation) {
    String says =
        switch (invitation.method()) {
          case request -> "Invitation: ";
          case cancel -> "Cancelled: ";
          case accepted -> "Accepted: ";
          case declined -> "Declined: ";
          case tentative -> "Tentatively accepted: ";
          case counter -> "Another time proposed: ";
          case publish -> "Appointment: ";
        };
    StringBuilder text = new StringBuilder(says).append(invitation.title());
    Instant start = invitation.start();
    if (start != null) {
      String zone = invitation.zone();
      ZoneId at = zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
      DateTimeFormatter format = invitation.wholeDay() ? DAY : TIME;
      text.append("\nWhen: ").append(format.format(start.atZone(at)));
      text.append(zone == null ? "" : " (" + zone + ")");
      text.append(invitation.repeats() ? ", repeated" : "");
    }
    line(text, "Where: ", invitation.place());
    line(text, "From: ", invitation.organiser());
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append('\n').append(name).append(value);
    }
  }
}
