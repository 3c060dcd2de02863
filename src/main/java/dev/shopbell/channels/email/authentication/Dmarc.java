package dev.shopbell.channels.email.authentication;

import dev.shopbell.platform.dns.Dns;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the owner of a domain says about mail in its name (RFC 7489). */
public final class Dmarc {
  private Dmarc() {}

  /** What is to be done with mail that cannot be recognised. */
  public enum Policy {
    none,
    quarantine,
    reject
  }

  /**
   * @param at the domain that publishes it: the one asked for, or its organisation
   * @param policy for the domain asked for; with a {@code pct} of 0 as if it were one step milder
   * @param reports where daily reports are to be sent; null where nowhere
   */
  public record Record(
      String at,
      Policy policy,
      boolean strictDkim,
      boolean strictSpf,
      int percent,
      @Nullable String reports) {}

  public sealed interface Answer {
    record Published(Record record) implements Answer {}

    record Nothing() implements Answer {}

    /** There is something that says nothing: several records, or one without a policy. */
    record Invalid(String at, String words) implements Answer {}

    record Unknown() implements Answer {}
  }

  public static Answer ask(String domain, Dns.Lookup dns) {
    Answer own = at(domain, domain, dns);
    String organisation = Domains.organisation(domain);
    return own instanceof Answer.Nothing && !organisation.equals(domain)
        ? at(organisation, domain, dns)
        : own;
  }

  private static Answer at(String place, String domain, Dns.Lookup dns) {
    Dns.Answer answer = dns.ask(Dns.Type.TXT, "_dmarc." + place);
    if (answer instanceof Dns.Answer.Failed) {
      return new Answer.Unknown();
    }
    List<TagList> records =
        answer.values().stream()
            .filter(text -> text.strip().startsWith("v"))
            .map(TagList::parse)
            .filter(tags ->
                tags != null && tags.first().equals("v") && tags.tight("v").equals("DMARC1"))
            .map(java.util.Objects::requireNonNull)
            .toList();
    if (records.isEmpty()) {
      return new Answer.Nothing();
    }
    if (records.size() > 1) {
      return new Answer.Invalid(place, "There are several DMARC records, so that none counts.");
    }
    TagList tags = records.getFirst();
    boolean below = !place.equals(domain);
    String reports = tags.get("rua");
    Policy policy = policy(below && tags.get("sp") != null ? tags.get("sp") : tags.get("p"));
    if (policy == null && reports != null) {
      // RFC 7489 (6.6.3): whoever wants reports means at least this.
      policy = Policy.none;
    }
    if (policy == null) {
      return new Answer.Invalid(
          place, "The DMARC record names no policy (p=), so that it says nothing.");
    }
    int percent = percent(tags.get("pct"));
    return new Answer.Published(
        new Record(
            place,
            percent == 0 && policy != Policy.none ? Policy.values()[policy.ordinal() - 1] : policy,
            tags.get("adkim", "r").equalsIgnoreCase("s"),
            tags.get("aspf", "r").equalsIgnoreCase("s"),
            percent,
            reports));
  }

  private static @Nullable Policy policy(@Nullable String text) {
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "none" -> Policy.none;
      case "quarantine" -> Policy.quarantine;
      case "reject" -> Policy.reject;
      default -> null;
    };
  }

  private static int percent(@Nullable String text) {
    return text != null && text.matches("\\d{1,3}") ? Math.min(100, Integer.parseInt(text)) : 100;
  }
}
