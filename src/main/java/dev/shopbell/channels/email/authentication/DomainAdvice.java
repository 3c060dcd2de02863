package dev.shopbell.channels.email.authentication;

import dev.shopbell.platform.dns.Dns;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at what DNS says about a domain's mail, and tells its owner what to make better. */
public final class DomainAdvice {
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
  private final Around around;

  /** As others see it; null also where it stands inside, so that they see another. */
  private final @Nullable String relay;

  private final Dns.Lookup dns;

  private DomainAdvice(String domain, Around around, Dns.Lookup dns) {
    this.domain = domain;
    this.around = around;
    String host = around.relay();
    this.relay = host == null || (literal(host) != null && !isPublic(host)) ? null : host;
    this.dns = dns;
  }

  /**
   * What is known without DNS.
   *
   * @param relay the server that our mail leaves through; null where there is none, or it is on
   *     this machine
   * @param own the name under which this machine is reached; null where it is not known
   */
  public record Around(@Nullable String relay, @Nullable String own, List<Key> keys) {}

  /**
   * @param active whether it signs; else it waits to be seen
   */
  public record Key(String selector, String publicKey, boolean active) {
    Record record(String domain) {
      return new Record(
          "TXT", selector + "._domainkey." + domain, "v=DKIM1; k=rsa; p=" + publicKey);
    }
  }

  public enum State {
    ok,
    /** It works and could be better. */
    advice,
    /** Mail is lost or distrusted for it. */
    problem,
    /** The name servers did not answer. */
    unknown
  }

  public enum Subject {
    mx,
    spf,
    dkim,
    dmarc
  }

  /** A record as it is to be entered at whoever keeps the domain's DNS. */
  @Schema(name = "DnsRecord")
  public record Record(String type, String name, String value) {}

  /**
   * @param words for the owner of the domain
   * @param found the records that DNS shows, as they stand there
   * @param publish the record to publish, in place of the one found; null where nothing is to be
   *     done
   */
  @Schema(name = "DomainCheck")
  public record Check(
      Subject subject, State state, String words, List<String> found, @Nullable Record publish) {}

  /** Receiving, then sending. */
  public static List<Check> of(String domain, Around around, Dns.Lookup dns) {
    DomainAdvice advice = new DomainAdvice(domain, around, dns);
    return List.of(advice.mx(), advice.spf(), advice.dkim(), advice.dmarc());
  }

  /** Whether DNS shows a key. */
  public enum Shown {
    yes,
    no,
    unknown
  }

  public static Shown shown(String domain, Key key, Dns.Lookup dns) {
    Dns.Answer answer = dns.ask(Dns.Type.TXT, key.record(domain).name());
    if (answer instanceof Dns.Answer.Failed) {
      return Shown.unknown;
    }
    DkimKeyRecord record = DkimKeyRecord.of(answer.values());
    return record != null && record.tags().tight("p").equals(key.publicKey())
        ? Shown.yes
        : Shown.no;
  }

  private static Check unanswered(Subject subject) {
    return new Check(
        subject,
        State.unknown,
        "The name servers did not answer. Look again in a moment.",
        List.of(),
        null);
  }

  private Check mx() {
    Dns.Answer answer = dns.ask(Dns.Type.MX, domain);
    if (answer instanceof Dns.Answer.Failed) {
      return unanswered(Subject.mx);
    }
    List<String> hosts = answer.values();
    if (hosts.equals(List.of(""))) {
      return new Check(
          Subject.mx,
          State.problem,
          "The domain says that it takes no mail at all: answers to it come back.",
          hosts,
          null);
    }
    if (hosts.isEmpty()) {
      boolean host = !addresses(domain).isEmpty();
      return new Check(
          Subject.mx,
          host ? State.advice : State.problem,
          host
              ? "No MX record names the server for its mail, so that senders try the machine behind the domain itself."
              : "No server takes mail for this domain: answers to it come back.",
          hosts,
          null);
    }
    Set<String> here = around.own() == null ? Set.of() : addresses(around.own());
    boolean ours =
        hosts.stream().anyMatch(host -> addresses(host).stream().anyMatch(here::contains));
    return new Check(
        Subject.mx,
        State.ok,
        ours
            ? "Mail comes straight to this machine."
            : "Mail goes to "
                + hosts.getFirst()
                + ". Shopbell has it from there, forwarded or fetched.",
        hosts,
        null);
  }

  private Check spf() {
    Dns.Answer answer = dns.ask(Dns.Type.TXT, domain);
    if (answer instanceof Dns.Answer.Failed) {
      return unanswered(Subject.spf);
    }
    List<SpfRecord> records = SpfRecord.among(answer.values());
    List<String> found = records.stream().map(SpfRecord::text).toList();
    if (records.isEmpty()) {
      SpfRecord wanted = new SpfRecord(List.of("mx", "~all"));
      Optional<String> term = relayTerm();
      return spf(
          State.problem,
          "Nothing says which servers may send in the name of this domain, so that its mail is distrusted. Publish this record; if others send for it too (newsletters, the shop system), add what they ask for.",
          found,
          term.isEmpty() ? wanted : wanted.with(term.get()));
    }
    if (records.size() > 1) {
      return spf(
          State.problem,
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
          State.problem,
          "To read it a receiver must ask more than 10 further questions, and then it counts as broken. Take out what no longer sends for you.",
          found,
          null);
    }
    if (record.end().equals("+")) {
      return spf(
          State.problem,
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

  private Check allowing(SpfRecord record, List<String> found) {
    Set<String> servers = relay == null ? Set.of() : addresses(relay);
    Set<String> results =
        servers.stream()
            .map(ip -> Spf.check(ip, "postmaster@" + domain, domain, dns).result())
            .collect(Collectors.toSet());
    if (results.contains("permerror")) {
      return spf(
          State.problem,
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
          State.advice,
          "It does not name "
              + relay
              + ", through which Shopbell sends. If your provider's instructions name no other server, publish this in its place.",
          found,
          record.with(relayTerm().orElseThrow()));
    }
    if (record.end().isEmpty() || record.end().equals("?")) {
      return spf(
          State.advice,
          "It does not say what to do with mail from other servers. Let it end in ~all.",
          found,
          new SpfRecord(
              Stream.concat(
                      record.terms().stream().filter(term -> !term.equalsIgnoreCase("?all")),
                      Stream.of("~all"))
                  .toList()));
    }
    return spf(
        State.ok,
        relay != null && (results.contains("pass") || named)
            ? "It allows " + relay + ", through which Shopbell sends."
            : "It says which servers may send for this domain.",
        found,
        null);
  }

  private Check spf(State state, String words, List<String> found, @Nullable SpfRecord publish) {
    return new Check(
        Subject.spf,
        state,
        words,
        found,
        publish == null ? null : new Record("TXT", domain, publish.text()));
  }

  /** How an SPF record names the relay: by what its provider asks for, else by its address. */
  private Optional<String> relayTerm() {
    return include()
        .map(name -> "include:" + name)
        .or(() ->
            Optional.ofNullable(relay)
                .map(host ->
                    (literal(host) == null ? "a:" : host.contains(":") ? "ip6:" : "ip4:") + host));
  }

  private Optional<String> include() {
    return Optional.ofNullable(relay)
        .map(Domains::of)
        .map(host -> INCLUDES.get(Domains.organisation(host)));
  }

  private Check dkim() {
    Optional<Key> active = around.keys().stream().filter(Key::active).findFirst();
    Optional<Key> waiting = around.keys().stream().filter(key -> !key.active()).findFirst();
    List<String> found =
        active.map(key -> key.record(domain)).stream()
            .map(record -> record.name() + "  " + record.value())
            .toList();
    if (waiting.isPresent()) {
      return new Check(
          Subject.dkim,
          State.advice,
          active.isPresent()
              ? "The new key waits for this record; until it is there the old one signs. Keep the old record for a week after that."
              : "The key waits for this record. Signing begins by itself when it is there.",
          found,
          waiting.get().record(domain));
    }
    return active.isPresent()
        ? new Check(
            Subject.dkim,
            State.ok,
            "Every mail from this domain is signed, and the key is published.",
            found,
            null)
        : new Check(
            Subject.dkim,
            State.advice,
            "Shopbell does not sign its mail. Unless your mail server does, make a key.",
            List.of(),
            null);
  }

  private Check dmarc() {
    String name = "_dmarc." + domain;
    return switch (Dmarc.ask(domain, dns)) {
      case Dmarc.Answer.Unknown() -> unanswered(Subject.dmarc);
      case Dmarc.Answer.Nothing() ->
          new Check(
              Subject.dmarc,
              State.advice,
              "Nothing says what becomes of mail that is forged in your name, and large providers ask for it. Begin with this record, which only watches; the reports go to the address in it.",
              List.of(),
              new Record("TXT", name, "v=DMARC1; p=none; rua=mailto:dmarc@" + domain));
      case Dmarc.Answer.Invalid(var at, var words) ->
          new Check(
              Subject.dmarc,
              State.problem,
              words + " Put this one in its place.",
              texts("_dmarc." + at),
              new Record("TXT", "_dmarc." + at, "v=DMARC1; p=none; rua=mailto:dmarc@" + at));
      case Dmarc.Answer.Published(var record) -> dmarc(record);
    };
  }

  private Check dmarc(Dmarc.Record record) {
    List<String> found = texts("_dmarc." + record.at());
    String whose = record.at().equals(domain) ? "" : " The rule is that of " + record.at() + ".";
    String reports = record.reports() == null ? " It names no address for reports (rua=)." : "";
    boolean signs = around.keys().stream().anyMatch(Key::active);
    return switch (record.policy()) {
      case none ->
          new Check(
              Subject.dmarc,
              signs ? State.advice : State.ok,
              (signs
                      ? "It only watches. When SPF and DKIM have been fine for some weeks, have forged mail set aside: p=quarantine."
                      : "It only watches, which is right until your mail is signed.")
                  + whose
                  + reports,
              found,
              signs && record.at().equals(domain) && found.size() == 1
                  ? new Record(
                      "TXT",
                      "_dmarc." + domain,
                      found.getFirst().replaceFirst("(?i)([;\\s])p\\s*=\\s*none", "$1p=quarantine"))
                  : null);
      case quarantine, reject ->
          new Check(
              Subject.dmarc,
              State.ok,
              (record.policy() == Dmarc.Policy.reject
                      ? "Mail that is forged in your name is refused."
                      : "Mail that is forged in your name is set aside.")
                  + (record.percent() < 100
                      ? " That holds for " + record.percent() + " % of it."
                      : "")
                  + whose
                  + reports,
              found,
              null);
    };
  }

  private List<String> texts(String name) {
    return dns.ask(Dns.Type.TXT, name).values().stream()
        .filter(text -> text.strip().startsWith("v=DMARC1"))
        .toList();
  }

  /** Those that are reachable from elsewhere: what is inside says nothing to a receiver. */
  private Set<String> addresses(String host) {
    Stream<String> all =
        literal(host) != null
            ? Stream.of(host)
            : Stream.of(Dns.Type.A, Dns.Type.AAAA)
                .flatMap(type -> dns.ask(type, host).values().stream());
    return all.filter(DomainAdvice::isPublic).collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isPublic(String address) {
    InetAddress literal = literal(address);
    return literal != null
        && !literal.isLoopbackAddress()
        && !literal.isSiteLocalAddress()
        && !literal.isLinkLocalAddress()
        && !literal.isAnyLocalAddress();
  }

  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
