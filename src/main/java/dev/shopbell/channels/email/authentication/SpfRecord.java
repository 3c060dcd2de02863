package dev.shopbell.channels.email.authentication;

import dev.shopbell.platform.dns.Dns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An SPF record as its owner wrote it, to be advised on; {@link Spf} is what judges mail.
 *
 * @param terms without the version, as written
 */
record SpfRecord(List<String> terms) {
  /** RFC 7208 (4.6.4): a record that needs more counts as broken. */
  static final int MOST_LOOKUPS = 10;

  /** Of a domain's texts those that are SPF records. */
  static List<SpfRecord> among(List<String> texts) {
    return texts.stream()
        .filter(text -> text.strip().toLowerCase(Locale.ROOT).matches("v=spf1(?: .*)?"))
        .map(text -> text.strip().split("\\s+"))
        .map(words -> new SpfRecord(List.of(words).subList(1, words.length)))
        .toList();
  }

  String text() {
    return terms.isEmpty() ? "v=spf1" : "v=spf1 " + String.join(" ", terms);
  }

  /** What becomes of mail from servers that are not named: + ~ - ?, or nothing where it is open. */
  String end() {
    for (String term : terms) {
      String lower = term.toLowerCase(Locale.ROOT);
      if (lower.matches("[+~?-]?all")) {
        return lower.length() == 3 ? "+" : lower.substring(0, 1);
      }
    }
    return terms.stream().anyMatch(term -> term.toLowerCase(Locale.ROOT).startsWith("redirect="))
        ? "redirect"
        : "";
  }

  /** The same with one more way to send, before its end. */
  SpfRecord with(String term) {
    List<String> more = new ArrayList<>(terms);
    int end = 0;
    while (end < more.size()
        && !more.get(end).toLowerCase(Locale.ROOT).matches("[+~?-]?all|redirect=.*")) {
      end++;
    }
    more.add(end, term);
    return new SpfRecord(more);
  }

  /** One record that allows what each of them allows. */
  static SpfRecord merged(List<SpfRecord> records) {
    Set<String> terms = new LinkedHashSet<>();
    records.forEach(record -> terms.addAll(record.terms()));
    terms.removeIf(term -> term.toLowerCase(Locale.ROOT).matches("[+~?-]?all"));
    terms.add("~all");
    return new SpfRecord(List.copyOf(terms));
  }

  /** How many questions a receiver must ask to judge by it; counted no further than needed. */
  int lookups(Dns.Lookup dns) {
    return lookups(dns, new HashSet<>());
  }

  private int lookups(Dns.Lookup dns, Set<String> seen) {
    int count = 0;
    for (String term : terms) {
      String plain = term.toLowerCase(Locale.ROOT).replaceFirst("^[+~?-]", "");
      String name = plain.split("[:=/]", 2)[0];
      if (Arrays.asList("include", "redirect", "a", "mx", "ptr", "exists").contains(name)) {
        count++;
      }
      if ((name.equals("include") || name.equals("redirect"))
          && plain.length() > name.length() + 1
          && count <= MOST_LOOKUPS
          && seen.add(plain.substring(name.length() + 1))) {
        List<SpfRecord> inside =
            among(dns.ask(Dns.Type.TXT, plain.substring(name.length() + 1)).values());
        count += inside.isEmpty() ? 0 : inside.getFirst().lookups(dns, seen);
      }
    }
    return count;
  }
}
