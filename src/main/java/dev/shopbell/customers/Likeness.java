package dev.shopbell.customers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether two customers may be the same person. A name alone says nothing: in a large shop there
 * are many of each.
 */
final class Likeness {
  private static final int MOST_ADDRESSES = 10;
  private static final int START = 3;

  /** So many changed letters a typing error has at most. */
  private static final int TYPO = 2;

  /** In shorter ones two letters are too much of the whole. */
  private static final int SHORTEST = 10;

  private static final int SHORTEST_LOCAL = 6;

  private Likeness() {}

  /** Why two may be the same person. */
  enum Evidence {
    /** Both addresses reach the same mailbox: dots of Gmail, or a + and what follows. */
    same_mailbox,
    /** The same name, and addresses that differ by at most two letters, but not by a number. */
    near_address,
    /** The same name, and the same before the @ at another provider. */
    same_local_part,
    /** The same name at the same company's domain. */
    same_company,
    /** Mail to an address of one of them comes back. */
    bounced
  }

  /**
   * @param emails in lower case
   * @param bounced whether mail to one of them comes back
   */
  record Person(
      long id,
      long brandId,
      @Nullable String name,
      boolean demo,
      List<String> emails,
      boolean bounced) {}

  /** Under what a customer is found by others who may be the same. */
  static Set<Long> keys(Person person) {
    Set<Long> keys = new TreeSet<>();
    String name = fullName(person.name());
    for (String email : person.emails().stream().limit(MOST_ADDRESSES).toList()) {
      String mailbox = mailbox(email);
      int at = mailbox.lastIndexOf('@');
      if (at > 0) {
        keys.add(hash("mailbox " + mailbox));
        if (name != null) {
          keys.add(hash("start " + name + " " + mailbox.substring(0, Math.min(START, at))));
          String domain = mailbox.substring(at + 1);
          if (!FreeMail.isFree(domain)) {
            // Without the name: where many write from, there is a provider rather than a company.
            keys.add(hash("company " + domain));
          }
        }
      }
    }
    return keys;
  }

  /** Empty where nothing but a name speaks for it. */
  static Set<Evidence> evidence(Person one, Person other) {
    Set<Evidence> found = EnumSet.noneOf(Evidence.class);
    if (one.brandId() != other.brandId() || one.demo() != other.demo()) {
      return found;
    }
    String name = fullName(one.name());
    boolean sameName = name != null && name.equals(fullName(other.name()));
    for (String a : one.emails().stream().limit(MOST_ADDRESSES).toList()) {
      for (String b : other.emails().stream().limit(MOST_ADDRESSES).toList()) {
        compare(mailbox(a), mailbox(b), sameName, found);
      }
    }
    if (sameName && !found.isEmpty() && (one.bounced() || other.bounced())) {
      found.add(Evidence.bounced);
    }
    return found;
  }

  private static void compare(String a, String b, boolean sameName, Set<Evidence> found) {
    int atA = a.lastIndexOf('@');
    int atB = b.lastIndexOf('@');
    if (atA < 1 || atB < 1) {
      return;
    }
    if (a.equals(b)) {
      found.add(Evidence.same_mailbox);
    } else if (sameName) {
      String domain = a.substring(atA + 1);
      boolean sameDomain = domain.equals(b.substring(atB + 1));
      if (Math.min(a.length(), b.length()) >= SHORTEST
          && digits(a).equals(digits(b))
          && distance(a, b) <= TYPO) {
        found.add(Evidence.near_address);
      }
      if (atA >= SHORTEST_LOCAL && a.substring(0, atA).equals(b.substring(0, atB))) {
        found.add(Evidence.same_local_part);
      }
      if (sameDomain && !FreeMail.isFree(domain)) {
        found.add(Evidence.same_company);
      }
    }
  }

  /** Numbers in addresses are there to tell people apart: another one is no slip of the pen. */
  private static String digits(String address) {
    StringBuilder digits = new StringBuilder();
    address.chars().filter(Character::isDigit).forEach(digits::appendCodePoint);
    return digits.toString();
  }

  /** Two kinds of evidence, or the same mailbox. */
  static boolean isStrong(Set<Evidence> evidence) {
    return evidence.contains(Evidence.same_mailbox) || evidence.size() > 1;
  }

  /** The address as its provider reads it. */
  static String mailbox(String email) {
    String address = email.toLowerCase(Locale.ROOT);
    int at = address.lastIndexOf('@');
    if (at < 1) {
      return address;
    }
    String local = address.substring(0, at);
    String domain = address.substring(at + 1);
    int plus = local.indexOf('+');
    if (plus > 0) {
      local = local.substring(0, plus);
    }
    if (domain.equals("gmail.com") || domain.equals("googlemail.com")) {
      domain = "gmail.com";
      local = local.replace(".", "");
    }
    return local + "@" + domain;
  }

  /** First and last name in any order, without accents and case; null where there are not both. */
  static @Nullable String fullName(@Nullable String name) {
    if (name == null || name.contains("@")) {
      return null;
    }
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replace("ß", "ss");
    List<String> words =
        Stream.of(plain.split("[^\\p{L}\\p{N}]+")).filter(word -> word.length() > 1).toList();
    return words.size() < 2 ? null : words.stream().sorted().collect(Collectors.joining(" "));
  }

  /** How many letters have to be changed, put in, left out or swapped with the next; at most 3. */
  static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > TYPO) {
      return TYPO + 1;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      Arrays.fill(cost[i], i);
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return Math.min(cost[a.length()][b.length()], TYPO + 1);
  }

  private static long hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return java.nio.ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
