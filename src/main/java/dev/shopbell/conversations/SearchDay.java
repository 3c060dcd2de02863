package dev.shopbell.conversations;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the times of a search: {@code 2026-11-03}, {@code 2026-11}, {@code today}, {@code 7d}. */
record SearchDay(LocalDate from, LocalDate until) {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,4})([hdwmy])");
  private static final Pattern DAY = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern GERMAN_DAY = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})");
  private static final Pattern MONTH = Pattern.compile("(\\d{4})-(\\d{1,2})");
  private static final Pattern YEAR = Pattern.compile("\\d{4}");
  private static final int LONGEST_DAYS = 3_650;

  /** Days, the last one excluded. */
  static Optional<SearchDay> parse(String value, ZoneId zone, Clock clock) {
    String text = value.strip().toLowerCase(Locale.ROOT);
    LocalDate today = LocalDate.now(clock.withZone(zone));
    try {
      if (text.equals("today")) {
        return Optional.of(day(today));
      }
      if (text.equals("yesterday")) {
        return Optional.of(day(today.minusDays(1)));
      }
      Matcher day = DAY.matcher(text);
      if (day.matches()) {
        return inReach(day(LocalDate.of(number(day, 1), number(day, 2), number(day, 3))));
      }
      Matcher german = GERMAN_DAY.matcher(text);
      if (german.matches()) {
        return inReach(day(LocalDate.of(number(german, 3), number(german, 2), number(german, 1))));
      }
      Matcher month = MONTH.matcher(text);
      if (month.matches()) {
        YearMonth one = YearMonth.of(number(month, 1), number(month, 2));
        return inReach(new SearchDay(one.atDay(1), one.plusMonths(1).atDay(1)));
      }
      if (YEAR.matcher(text).matches()) {
        Year one = Year.of(Integer.parseInt(text));
        return inReach(new SearchDay(one.atDay(1), one.plusYears(1).atDay(1)));
      }
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** A time that is counted back from now, as ISO 8601: a month has 30 days, a year 365. */
  static Optional<String> span(String value) {
    Matcher span = SPAN.matcher(value.strip().toLowerCase(Locale.ROOT));
    if (!span.matches()) {
      return Optional.empty();
    }
    int n = number(span, 1);
    Duration length =
        switch (span.group(2)) {
          case "h" -> Duration.ofHours(n);
          case "d" -> Duration.ofDays(n);
          case "w" -> Duration.ofDays(7L * n);
          case "m" -> Duration.ofDays(30L * n);
          default -> Duration.ofDays(365L * n);
        };
    if (length.toDays() > LONGEST_DAYS) {
      return Optional.empty();
    }
    return Optional.of(
        length.toHours() % 24 == 0 ? "P" + length.toDays() + "D" : "PT" + length.toHours() + "H");
  }

  String begin(ZoneId zone) {
    return from.atStartOfDay(zone).toInstant().toString();
  }

  String end(ZoneId zone) {
    return until.atStartOfDay(zone).toInstant().toString();
  }

  private static SearchDay day(LocalDate day) {
    return new SearchDay(day, day.plusDays(1));
  }

  private static Optional<SearchDay> inReach(SearchDay day) {
    return day.from().getYear() > 1901 && day.from().getYear() < 2999
        ? Optional.of(day)
        : Optional.empty();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
