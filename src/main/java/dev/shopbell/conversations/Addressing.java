package dev.shopbell.conversations;

import dev.shopbell.platform.web.Checked;
import dev.shopbell.platform.web.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message of ours goes to, and its subject. What is null follows from what it answers.
 *
 * @param bcc who gets it without the others knowing
 */
public record Addressing(
    @Nullable List<Correspondent> to,
    @Nullable List<Correspondent> cc,
    @Nullable List<Correspondent> bcc,
    @Nullable String subject) {
  public static final Addressing USUAL = new Addressing(null, null, null, null);

  static final int MOST = 50;
  private static final int LONGEST_NAME = 300;
  private static final int LONGEST_SUBJECT = 500;

  /**
   * Everybody once, without ourselves.
   *
   * @param usual who gets it where {@code to} is null
   * @param own whether an address is one of ours
   * @throws Problem if an address or a name cannot stand in a header, or nobody is left
   */
  List<Recipient> recipients(List<Correspondent> usual, Predicate<String> own) {
    List<Recipient> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    if (to == null) {
      usual.forEach(one -> add(all, seen, new Recipient("to", one.name(), one.address())));
    } else {
      add(all, seen, "to", to, own);
    }
    if (all.isEmpty()) {
      throw Problem.invalid("to", "Say whom it goes to: an address that is not our own.");
    }
    add(all, seen, "cc", cc, own);
    add(all, seen, "bcc", bcc, own);
    if (all.size() > MOST) {
      throw Problem.invalid("to", "A message has at most " + MOST + " recipients in all.");
    }
    return all;
  }

  private static void add(
      List<Recipient> all,
      Set<String> seen,
      String kind,
      @Nullable List<Correspondent> given,
      Predicate<String> own) {
    int place = 0;
    for (Correspondent one : given == null ? List.<Correspondent>of() : given) {
      String field = kind + "[" + place++ + "]";
      String address =
          Checked.mailAddress(field + ".address", one.address() == null ? "" : one.address());
      if (!own.test(address)) {
        add(all, seen, new Recipient(kind, name(field, one.name()), address));
      }
    }
  }

  private static void add(List<Recipient> all, Set<String> seen, Recipient recipient) {
    String address = recipient.address();
    if (address != null && seen.add(address.toLowerCase(Locale.ROOT))) {
      all.add(recipient);
    }
  }

  static @Nullable String name(String field, @Nullable String given) {
    if (given == null || given.isBlank()) {
      return null;
    }
    if (given.length() > LONGEST_NAME || given.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(
          field + ".name", "A name has at most " + LONGEST_NAME + " characters on one line.");
    }
    return given.strip();
  }

  /**
   * @throws Problem if it cannot stand in a header
   */
  static String subject(String given) {
    String subject = given.strip();
    if (subject.isEmpty()
        || subject.length() > LONGEST_SUBJECT
        || subject.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(
          "subject", "A subject has 1 to " + LONGEST_SUBJECT + " characters on one line.");
    }
    return subject;
  }
}
