package dev.shopbell.customers;

import dev.shopbell.platform.web.Problem;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges what is given for a field. */
final class FieldValue {
  static final int LONGEST = 2_000;
  private static final BigDecimal LARGEST = new BigDecimal("999999999999999");
  private static final int FINEST = 6;
  private static final int MOST_DIGITS = 15;

  private FieldValue() {}

  /**
   * @param had the value so far; a choice that is archived may stay
   * @return as it is kept; null for no value
   * @throws Problem if it is none of the field's kind
   */
  static @Nullable Object checked(CustomField field, @Nullable Object given, @Nullable Object had) {
    if (given == null || (given instanceof String text && text.isBlank())) {
      return null;
    }
    return switch (field.kind()) {
      case text -> text(field, given);
      case number -> number(field, given);
      case date -> date(field, given);
      case yesNo -> yesNo(field, given);
      case choice -> choice(field, given, had == null ? Set.of() : Set.of(had));
      case choices -> choices(field, given, had);
      case link -> link(field, given);
    };
  }

  private static Problem refused(CustomField field, String words) {
    return Problem.invalid("fields." + field.key(), "“" + field.name() + "” is " + words);
  }

  private static String text(CustomField field, Object given) {
    if (given instanceof String text && text.strip().length() <= LONGEST && isPlain(text)) {
      return text.strip();
    }
    throw refused(field, "a text of at most 2,000 characters.");
  }

  private static boolean isPlain(String text) {
    return text.chars().noneMatch(one -> Character.isISOControl(one) && one != '\n');
  }

  private static BigDecimal number(CustomField field, Object given) {
    if (given instanceof Number number) {
      try {
        BigDecimal exact = new BigDecimal(number.toString());
        // Looked at before it is written out, which a huge exponent would make endless.
        if (exact.precision() <= MOST_DIGITS
            && Math.abs((long) exact.scale()) <= MOST_DIGITS
            && exact.abs().compareTo(LARGEST) <= 0
            && exact.stripTrailingZeros().scale() <= FINEST) {
          BigDecimal plain = exact.stripTrailingZeros();
          return plain.scale() < 0 ? plain.setScale(0) : plain;
        }
      } catch (NumberFormatException e) {
        throw refused(field, "a number.");
      }
    }
    throw refused(field, "a number of at most 15 digits, 6 of them behind the point.");
  }

  private static String date(CustomField field, Object given) {
    try {
      if (given instanceof String text) {
        LocalDate date = LocalDate.parse(text.strip());
        if (date.getYear() >= 1900 && date.getYear() < 3000) {
          return date.toString();
        }
      }
    } catch (DateTimeException e) {
      throw refused(field, "a date such as 2026-03-01.");
    }
    throw refused(field, "a date from 1900-01-01 to 2999-12-31.");
  }

  private static Boolean yesNo(CustomField field, Object given) {
    if (given instanceof Boolean yes) {
      return yes;
    }
    throw refused(field, "true or false.");
  }

  private static String choice(CustomField field, Object given, Set<?> had) {
    if (given instanceof String key) {
      for (CustomField.Choice choice : field.choices()) {
        if (choice.key().equals(key) && (!choice.archived() || had.contains(key))) {
          return key;
        }
      }
    }
    throw refused(
        field,
        "one of "
            + String.join(
                ", ",
                field.choices().stream()
                    .filter(choice -> !choice.archived())
                    .map(CustomField.Choice::key)
                    .toList())
            + ".");
  }

  private static @Nullable List<String> choices(
      CustomField field, Object given, @Nullable Object had) {
    if (!(given instanceof List<?> list) || list.size() > CustomFields.MOST_CHOICES) {
      throw refused(field, "a list of choices.");
    }
    Set<?> before = had instanceof List<?> kept ? Set.copyOf(kept) : Set.of();
    Set<String> wanted = new LinkedHashSet<>();
    for (Object one : list) {
      wanted.add(choice(field, one == null ? "" : one, before));
    }
    // In the order of the choices, so that the same set is the same value.
    List<String> ordered = new ArrayList<>();
    field.choices().stream()
        .map(CustomField.Choice::key)
        .filter(wanted::contains)
        .forEach(ordered::add);
    return ordered.isEmpty() ? null : ordered;
  }

  private static String link(CustomField field, Object given) {
    if (given instanceof String text && text.strip().length() <= LONGEST) {
      try {
        URI uri = new URI(text.strip());
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (Set.of("http", "https").contains(scheme)
            && uri.getHost() != null
            && uri.getUserInfo() == null) {
          return uri.toString();
        }
      } catch (URISyntaxException e) {
        throw refused(field, "a link: an address that begins with https:// or http://.");
      }
    }
    throw refused(field, "a link: an address that begins with https:// or http://.");
  }
}
