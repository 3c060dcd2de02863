package dev.shopbell.channels.email.authentication;

import dev.shopbell.platform.dns.Dns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to say of a domain's SPF record, in the light of how we send. */
final class SpfAdvice {
  /** What the senders of these servers ask for, from their own help pages. */
  private static final Map<String, String> INCLUDES =
      Map.ofEntries(
          Map.entry("google.com", "_spf.google.com"),
          Map.entry("gmail.com", "_spf.google.com"),
          Map.entry("office365.com", "spf.protection.outlook.com"),
          Map.entry("outlook.com", "spf.protection.outlook.com"),
          Map.entry("amazonaws.com", "amazonses.com"),
          Map.entry("sendgrid.net", "sendgrid.net"),
          Map.entry("mailgun.org", "mailgun.org"),
          Map.entry("postmarkapp.com", "spf.mtasv.net"),
          Map.entry("mailjet.com", "spf.mailjet.com"),
          Map.entry("brevo.com", "spf.brevo.com"),
          Map.entry("zoho.com", "zohomail.com"),
          Map.entry("messagingengine.com", "spf.messagingengine.com"),
          Map.entry("ionos.com", "_spf.perfora.net"),
          Map.entry("ionos.de", "_spf.kundenserver.de"));

  private final String domain;

  /** As others see it; null also where it stands inside, so that they see another. */
  private final @Nullable String relay;

  private final Dns.Lookup dns;

  SpfAdvice(String domain, @Nullable String relay, Dns.Lookup dns) {
    this.domain = domain;
    this.relay = relay == null || PublicAddresses.isInside(relay) ? null : relay;
    this.dns = dns;
  }

  DomainAdvice.Check check() {
    Dns.Answer answer = dns.ask(Dns.Type.TXT, domain);
    if (answer instanceof Dns.Answer.Failed) {
      return DomainAdvice.unanswered(DomainAdvice.Subject.spf);
    }
    List<SpfRecord> records = SpfRecord.among(answer.values());
    List<String> found = records.stream().map(SpfRecord::text).toList();
    if (records.isEmpty()) {
      SpfRecord wanted = new SpfRecord(List.of("mx", "~all"));
      Optional<String> term = relayTerm();
      return spf(
          DomainAdvice.State.problem,
          "Nothing says which servers may send in the name of this domain, so that its mail is distrusted. Publish this record; if others send for it too (newsletters, the shop system), add what they ask for.",
          found,
          term.isEmpty() ? wanted : wanted.with(term.get()));
    }
    if (records.size() > 1) {
      return spf(
          DomainAdvice.State.problem,
          "There are "
              + records.size()
              + " SPF records, and so none of them counts. Put this one in their place.",
          found,
          SpfRecord.merged(records));
    }
    SpfRecord record = records.getFirst();
    int lookups = record.lookups(dns);
    if (lookups > SpfRecord.MOST_LOOKUPS) {
      return spf(
          DomainAdvice.State.problem,
          "To read it a receiver must ask more than 10 further questions, and then it counts as broken. Take out what no longer sends for you.",
          found,
          null);
    }
    if (record.end().equals("+")) {
      return spf(
          DomainAdvice.State.problem,
          "It ends in +all: everybody may send in your name. Let it end in ~all.",
          found,
          new SpfRecord(
              Stream.concat(
                      record.terms().stream().filter(term -> !term.matches("(?i)\\+?all")),
                      Stream.of("~all"))
                  .toList()));
    }
    return allowing(record, found);
  }

  private DomainAdvice.Check allowing(SpfRecord record, List<String> found) {
    Set<String> servers = relay == null ? Set.of() : PublicAddresses.of(relay, dns);
    Set<String> results =
        servers.stream()
            .map(ip -> Spf.check(ip, "postmaster@" + domain, domain, dns).result())
            .collect(Collectors.toSet());
    if (results.contains("permerror")) {
      return spf(
          DomainAdvice.State.problem,
          "It cannot be read to its end, and so it does not count. Look for a slip of the pen, or for a name in it that is gone.",
          found,
          null);
    }
    Optional<String> include = include();
    boolean named =
        include.isPresent()
            && record.terms().stream().anyMatch(term -> term.endsWith(":" + include.get()));
    if (relay != null && !servers.isEmpty() && !results.contains("pass") && !named) {
      return spf(
          DomainAdvice.State.advice,
          "It does not name "
              + relay
              + ", through which Shopbell sends. If your provider's instructions name no other server, publish this in its place.",
          found,
          record.with(relayTerm().orElseThrow()));
    }
    if (record.end().isEmpty() || record.end().equals("?")) {
      return spf(
          DomainAdvice.State.advice,
          "It does not say what to do with mail from other servers. Let it end in ~all.",
          found,
          new SpfRecord(
              Stream.concat(
                      record.terms().stream().filter(term -> !term.equalsIgnoreCase("?all")),
                      Stream.of("~all"))
                  .toList()));
    }
    return spf(
        DomainAdvice.State.ok,
        relay != null && (results.contains("pass") || named)
            ? "It allows " + relay + ", through which Shopbell sends."
            : "The record says which servers may send for this domain.",
        found,
        null);
  }

  private DomainAdvice.Check spf(
      DomainAdvice.State state, String words, List<String> found, @Nullable SpfRecord publish) {
    return new DomainAdvice.Check(
        DomainAdvice.Subject.spf,
        state,
        words,
        found,
        publish == null ? null : new DomainAdvice.Record("TXT", domain, publish.text()));
  }

  /** How an SPF record names the relay: by what its provider asks for, else by its address. */
  private Optional<String> relayTerm() {
    return include()
        .map(name -> "include:" + name)
        .or(() ->
            Optional.ofNullable(relay)
                .map(host ->
                    (PublicAddresses.literal(host) == null
                            ? "a:"
                            : host.contains(":") ? "ip6:" : "ip4:")
                        + host));
  }

  private Optional<String> include() {
    return Optional.ofNullable(relay)
        .map(Domains::of)
        .map(host -> INCLUDES.get(Domains.organisation(host)));
  }
}
