package dev.shopbell.channels.email;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Date field in any order of its words: RFC 5322, its obsolete forms, asctime and ISO 8601.
 */
final class MailDate {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final Map<String, Integer> ZONES =
      Map.of(
          "edt", -4, "est", -5, "cdt", -5, "cst", -6, "mdt", -6, "mst", -7, "pdt", -7, "pst", -8,
          "cet", 1, "cest", 2);

  private int day;
  private int month;
  private int year = -1;
  private int hour;
  private int minute;
  private int second;
  private ZoneOffset zone = ZoneOffset.UTC;

  private MailDate() {}

  /** Null when there is no date to be read or it lies outside the years 1970 to 2100. */
  static @Nullable Instant parse(@Nullable String value) {
    if (value == null || value.length() > 200) {
      return null;
    }
    try {
      Instant instant = iso(value.strip());
      if (instant == null) {
        instant = new MailDate().read(value);
      }
      int year = instant.atOffset(ZoneOffset.UTC).getYear();
      return year < 1970 || year > 2100 ? null : instant;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant iso(String value) {
    if (!value.matches("\\d{4}-\\d\\d-\\d\\d[T ].{5,40}")) {
      return null;
    }
    String text = value.replaceFirst(" ", "T").replace(" ", "");
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
  }

  private Instant read(String value) {
    for (String word :
        value.replaceAll("\\([^)]*\\)?", " ").split("[\\s,]+|(?<=\\w)-(?=\\w)", -1)) {
      readWord(word.toLowerCase(Locale.ROOT));
    }
    return LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59)).toInstant(zone);
  }

  private void readWord(String word) {
    if (word.indexOf(':') > 0 || word.matches("\\d{1,2}\\.\\d\\d(\\.\\d\\d)?")) {
      String[] parts = word.split("[:.]", -1);
      hour = number(parts[0]);
      minute = number(parts[1]);
      second = parts.length > 2 ? number(parts[2]) : 0;
    } else if (word.matches("[+-]\\d{3,4}")) {
      int offset = number(word.substring(1));
      int minutes = Math.min(offset / 100, 17) * 60 + offset % 100;
      zone = ZoneOffset.ofTotalSeconds((word.startsWith("-") ? -minutes : minutes) * 60);
    } else if (word.matches("\\d{1,2}") && day == 0) {
      day = number(word);
    } else if (word.matches("\\d{2,4}") && year < 0) {
      int digits = number(word);
      year = word.length() == 4 ? digits : digits < 50 ? 2000 + digits : 1900 + digits;
    } else if (word.length() >= 3 && MONTHS.contains(word.substring(0, 3)) && month == 0) {
      month = MONTHS.indexOf(word.substring(0, 3)) + 1;
    } else if (word.equals("pm") && hour < 12) {
      hour += 12;
    } else if (ZONES.containsKey(word)) {
      zone = ZoneOffset.ofHours(ZONES.getOrDefault(word, 0));
    }
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new DateTimeException("no number: " + digits, e);
    }
  }
}
