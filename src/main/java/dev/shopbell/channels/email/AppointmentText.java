package dev.shopbell.channels.email;

import dev.shopbell.conversations.Appointment;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts an appointment into words, for mails that hold nothing else. */
final class AppointmentText {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm", Locale.ENGLISH);

  private AppointmentText() {}

  static String of(Appointment appointment) {
    String says =
        switch (appointment.method()) {
          case request -> "Invitation: ";
          case cancel -> "Cancelled: ";
          case accepted -> "Accepted: ";
          case declined -> "Declined: ";
          case tentative -> "Tentatively accepted: ";
          case counter -> "Another time proposed: ";
          case publish -> "Appointment: ";
        };
    StringBuilder text = new StringBuilder(says).append(appointment.title());
    Instant start = appointment.start();
    if (start != null) {
      String zone = appointment.zone();
      ZoneId at = zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
      DateTimeFormatter format = appointment.wholeDay() ? DAY : TIME;
      text.append("\nWhen: ").append(format.format(start.atZone(at)));
      text.append(zone == null ? "" : " (" + zone + ")");
      text.append(appointment.repeats() ? ", repeated" : "");
    }
    line(text, "Where: ", appointment.place());
    line(text, "From: ", appointment.organiser());
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append('\n').append(name).append(value);
    }
  }
}
