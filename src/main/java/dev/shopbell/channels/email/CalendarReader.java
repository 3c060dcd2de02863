package dev.shopbell.channels.email;

import dev.shopbell.conversations.Appointment;
import dev.shopbell.platform.html.PlainText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the first appointment of an iCalendar file (RFC 5545), as far as people need to know. */
final class CalendarReader {
  private static final int MAX_LINES = 5_000;
  private static final int MAX_WORDS = 300;
  private static final Pattern TIME =
      Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(?:T(\\d\\d)(\\d\\d)(\\d\\d)?(Z)?)?");
  private static final Pattern LENGTH =
      Pattern.compile("[+]?P(?:(\\d{1,4})W)?(?:(\\d{1,4})D)?(T[0-9HMS]{2,20})?");
  private static final Pattern OFFSET = Pattern.compile("([+-])(\\d\\d)(\\d\\d)(?:\\d\\d)?");

  /** A line: its name, its parameters and its value. */
  private record Line(String name, Map<String, String> parameters, String value) {
    @Nullable String parameter(String of) {
      return parameters.get(of);
    }
  }

  private final Map<String, Line> event = new HashMap<>();
  private final Map<String, ZoneOffset> offsets = new HashMap<>();
  private String method = "";
  private String answer = "";
  private int attendees;
  private boolean found;

  private CalendarReader() {}

  /** Null when there is no appointment in it. */
  static @Nullable Appointment read(String calendar, @Nullable String methodOfMail) {
    CalendarReader reader = new CalendarReader();
    reader.method = methodOfMail == null ? "" : methodOfMail.toUpperCase(Locale.ROOT);
    reader.lines(calendar);
    return reader.found ? reader.appointment() : null;
  }

  private void lines(String calendar) {
    List<String> open = new ArrayList<>();
    String zone = "";
    for (String text : unfolded(calendar)) {
      Line line = line(text);
      if (line == null) {
        continue;
      }
      String inside = open.isEmpty() ? "" : open.getLast();
      switch (line.name()) {
        case "BEGIN" -> open.add(line.value().strip().toUpperCase(Locale.ROOT));
        case "END" -> {
          if (!open.isEmpty()) {
            open.removeLast();
          }
          if (inside.equals("VEVENT")) {
            found = true;
            return;
          }
        }
        case "METHOD" -> method = line.value().strip().toUpperCase(Locale.ROOT);
        case "TZID" -> zone = line.value();
        case "TZOFFSETTO" -> {
          if (inside.equals("STANDARD") || !offsets.containsKey(zone)) {
            offset(line.value(), zone);
          }
        }
        case "ATTENDEE" -> {
          attendees += inside.equals("VEVENT") ? 1 : 0;
          String part = line.parameter("PARTSTAT");
          answer = part == null ? answer : part.toUpperCase(Locale.ROOT);
        }
        default -> {
          if (inside.equals("VEVENT")) {
            event.putIfAbsent(line.name(), line);
          }
        }
      }
    }
    found = !event.isEmpty();
  }

  private void offset(String value, String zone) {
    Matcher offset = OFFSET.matcher(value.strip());
    if (offset.matches()) {
      int minutes = Integer.parseInt(offset.group(2)) * 60 + Integer.parseInt(offset.group(3));
      minutes = Math.min(minutes, 17 * 60) * (offset.group(1).equals("-") ? -1 : 1);
      offsets.put(zone, ZoneOffset.ofTotalSeconds(minutes * 60));
    }
  }

  private static List<String> unfolded(String calendar) {
    List<String> lines = new ArrayList<>();
    for (String line : calendar.split("\\r?\\n|\\r", MAX_LINES)) {
      boolean folded = line.startsWith(" ") || line.startsWith("\t");
      if (folded && !lines.isEmpty()) {
        String before = lines.removeLast();
        lines.add(before.length() > 10_000 ? before : before + line.substring(1));
      } else {
        lines.add(line);
      }
    }
    return lines;
  }

  private static @Nullable Line line(String text) {
    Map<String, String> parameters = new HashMap<>();
    boolean quoted = false;
    int start = 0;
    String name = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (!quoted && (c == ';' || c == ':')) {
        String piece = text.substring(start, i);
        if (name == null) {
          name = piece.strip().toUpperCase(Locale.ROOT);
        } else {
          int equals = piece.indexOf('=');
          if (equals > 0) {
            parameters.put(
                piece.substring(0, equals).strip().toUpperCase(Locale.ROOT),
                piece.substring(equals + 1).replace("\"", "").strip());
          }
        }
        start = i + 1;
        if (c == ':') {
          return new Line(name, parameters, text.substring(start));
        }
      }
    }
    return null;
  }

  private Appointment appointment() {
    Line begins = event.get("DTSTART");
    boolean wholeDay = begins != null && begins.value().strip().matches("\\d{8}");
    Instant start = begins == null ? null : instant(begins);
    Line ends = event.get("DTEND");
    Instant end = ends == null ? null : instant(ends);
    if (end == null && start != null && event.get("DURATION") != null) {
      end = after(start, words("DURATION"));
    }
    String title = words("SUMMARY");
    return new Appointment(
        method(),
        title == null ? "(no title)" : title,
        start,
        end,
        wholeDay,
        begins == null || wholeDay ? null : zoneName(begins),
        words("LOCATION"),
        organiser(),
        attendees,
        event.containsKey("RRULE") || event.containsKey("RDATE"));
  }

  private Appointment.Method method() {
    return switch (method) {
      case "CANCEL" -> Appointment.Method.cancel;
      case "COUNTER" -> Appointment.Method.counter;
      case "REPLY" ->
          switch (answer) {
            case "DECLINED" -> Appointment.Method.declined;
            case "TENTATIVE" -> Appointment.Method.tentative;
            default -> Appointment.Method.accepted;
          };
      case "REQUEST", "ADD" -> Appointment.Method.request;
      default ->
          "CANCELLED".equalsIgnoreCase(words("STATUS"))
              ? Appointment.Method.cancel
              : Appointment.Method.publish;
    };
  }

  private @Nullable String organiser() {
    Line line = event.get("ORGANIZER");
    if (line == null) {
      return null;
    }
    String name = line.parameter("CN");
    String address = line.value().strip().replaceFirst("(?i)^mailto:", "");
    String who = PlainText.oneLine(name == null || name.isBlank() ? address : name);
    return who.isEmpty() ? null : PlainText.cut(who, MAX_WORDS);
  }

  private @Nullable String words(String name) {
    Line line = event.get(name);
    if (line == null) {
      return null;
    }
    String text = line.value().replaceAll("(?i)\\\\n", " ").replaceAll("\\\\([,;\\\\])", "$1");
    text = PlainText.oneLine(text);
    return text.isEmpty() ? null : PlainText.cut(text, MAX_WORDS);
  }

  private @Nullable Instant instant(Line line) {
    Matcher time = TIME.matcher(line.value().strip());
    if (!time.matches()) {
      return null;
    }
    try {
      LocalDate day =
          LocalDate.of(
              Integer.parseInt(time.group(1)),
              Integer.parseInt(time.group(2)),
              Integer.parseInt(time.group(3)));
      if (time.group(4) == null) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      LocalDateTime local =
          day.atTime(Integer.parseInt(time.group(4)), Integer.parseInt(time.group(5)));
      ZoneId zone = time.group(7) != null ? ZoneOffset.UTC : zone(line.parameter("TZID"));
      return local.atZone(zone == null ? ZoneOffset.UTC : zone).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private @Nullable String zoneName(Line line) {
    if (line.value().strip().endsWith("Z")) {
      return "UTC";
    }
    ZoneId zone = zone(line.parameter("TZID"));
    return zone == null ? null : zone.getId();
  }

  /** By its name, else by what the file itself says of it. */
  private @Nullable ZoneId zone(@Nullable String id) {
    if (id == null) {
      return null;
    }
    ZoneId known = CalendarZones.of(id);
    return known != null ? known : offsets.get(id);
  }

  private static @Nullable Instant after(Instant start, @Nullable String length) {
    Matcher period = LENGTH.matcher(length == null ? "" : length);
    if (!period.matches()) {
      return null;
    }
    try {
      int weeks = period.group(1) == null ? 0 : Integer.parseInt(period.group(1));
      int days = period.group(2) == null ? 0 : Integer.parseInt(period.group(2));
      Duration time =
          period.group(3) == null ? Duration.ZERO : Duration.parse("P" + period.group(3));
      return start.plus(Period.ofDays(weeks * 7 + days)).plus(time);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
