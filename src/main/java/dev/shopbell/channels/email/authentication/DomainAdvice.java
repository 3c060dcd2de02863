package dev.shopbell.channels.email.authentication;

import dev.shopbell.platform.dns.Dns;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at what DNS says about a domain's mail, and tells its owner what to make better. */
public final class DomainAdvice {
  private final String domain;
  private final Around around;
  private final Dns.Lookup dns;

  private DomainAdvice(String domain, Around around, Dns.Lookup dns) {
    this.domain = domain;
    this.around = around;
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
    Check spf = new SpfAdvice(domain, around.relay(), dns).check();
    return List.of(advice.mx(), spf, advice.dkim(), advice.dmarc());
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

  static Check unanswered(Subject subject) {
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
      boolean host = !PublicAddresses.of(domain, dns).isEmpty();
      return new Check(
          Subject.mx,
          host ? State.advice : State.problem,
          host
              ? "No MX record names the server for its mail, so that senders try the machine behind the domain itself."
              : "No server takes mail for this domain: answers to it come back.",
          hosts,
          null);
    }
    Set<String> here = around.own() == null ? Set.of() : PublicAddresses.of(around.own(), dns);
    boolean ours =
        hosts.stream()
            .anyMatch(host -> PublicAddresses.of(host, dns).stream().anyMatch(here::contains));
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
}
