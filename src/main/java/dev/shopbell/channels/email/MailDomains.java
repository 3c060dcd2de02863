package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.channels.email.authentication.DomainAdvice;
import dev.shopbell.channels.email.authentication.Domains;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.dns.Dns;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The domains that our mail is sent from: what DNS says of them, and the keys that sign it. */
@Service
class MailDomains {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Where everybody has an address, nobody of ours keeps the DNS. */
  private static final Set<String> PROVIDERS =
      Set.of(
          "gmail.com",
          "googlemail.com",
          "outlook.com",
          "hotmail.com",
          "live.com",
          "msn.com",
          "yahoo.com",
          "icloud.com",
          "me.com",
          "aol.com",
          "gmx.de",
          "gmx.net",
          "web.de",
          "proton.me",
          "protonmail.com",
          "zoho.com",
          "fastmail.com",
          "t-online.de");

  private final Brands brands;
  private final Mailboxes mailboxes;
  private final DkimKeys keys;
  private final Relay relay;
  private final Dns dns;
  private final Settings settings;

  MailDomains(
      Brands brands, Mailboxes mailboxes, DkimKeys keys, Relay relay, Dns dns, Settings settings) {
    this.brands = brands;
    this.mailboxes = mailboxes;
    this.keys = keys;
    this.relay = relay;
    this.dns = dns;
    this.settings = settings;
  }

  /**
   * @param providers whether it belongs to a mail provider, so that its records are not ours to
   *     write and there is nothing to check
   * @param keys that sign its mail, or wait to
   */
  @Schema(name = "MailDomain")
  record MailDomain(
      String domain, boolean providers, List<DomainAdvice.Check> checks, List<KeyState> keys) {}

  /**
   * @param active whether it signs; else it waits to be seen in DNS
   * @param checkedAt when DNS was last asked for it; null where it never was
   */
  @Schema(name = "DkimKey")
  record KeyState(
      String selector, boolean active, @Nullable Instant checkedAt, Instant createdAt) {}

  /**
   * All that the agent sees, sorted; asked side by side, and done within seconds whatever DNS does.
   */
  List<MailDomain> all(Sight sight) {
    Dns.Lookup lookup = dns.within(LIMIT);
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<MailDomain>> asked =
          names(sight::sees).stream()
              .map(name -> CompletableFuture.supplyAsync(() -> advised(name, lookup), each))
              .toList();
      return asked.stream().map(CompletableFuture::join).toList();
    }
  }

  /**
   * Looks again, past everything that is remembered, and lets a key sign that DNS shows now.
   *
   * @throws Problem if the domain is none of ours
   */
  MailDomain check(String domain) {
    String own = own(domain);
    Dns.Lookup lookup = dns.afresh(LIMIT);
    keys.check(own, lookup);
    return advised(own, lookup);
  }

  /**
   * @throws Problem if the domain is none of ours, or belongs to a mail provider
   */
  MailDomain makeKey(Actor actor, String domain) {
    String own = own(domain);
    if (PROVIDERS.contains(own)) {
      throw Problem.conflict(own + " belongs to a mail provider, which signs its mail itself.");
    }
    keys.make(actor, own);
    return advised(own, dns.within(LIMIT));
  }

  /**
   * @throws Problem if the domain is none of ours
   */
  void removeKeys(Actor actor, String domain) {
    keys.remove(actor, own(domain));
  }

  private MailDomain advised(String domain, Dns.Lookup lookup) {
    List<DkimKeys.Key> own = keys.of(domain);
    boolean providers = PROVIDERS.contains(domain);
    DomainAdvice.Around around =
        new DomainAdvice.Around(
            relay
                .server()
                .map(Relay.Server::host)
                .filter(host -> !host.equals("localhost"))
                .orElse(null),
            settings.publicUrl().isEmpty() ? null : URI.create(settings.publicUrl()).getHost(),
            own.stream().map(DkimKeys.Key::published).toList());
    return new MailDomain(
        domain,
        providers,
        providers ? List.of() : DomainAdvice.of(domain, around, lookup),
        own.stream()
            .map(
                key -> new KeyState(key.selector(), key.active(), key.checkedAt(), key.createdAt()))
            .toList());
  }

  /** Nobody is to ask DNS through us for what is not ours. */
  private String own(String domain) {
    String name = Domains.of(domain);
    if (name == null || domain.contains("@") || !names(any -> true).contains(name)) {
      throw Problem.notFound("No brand or mailbox here has an address at " + domain + ".");
    }
    return name;
  }

  /** Whether it is a domain of a brand that the agent sees. */
  boolean sees(Sight sight, String domain) {
    String name = Domains.of(domain);
    return name != null && names(sight::sees).contains(name);
  }

  private Set<String> names(LongPredicate seen) {
    return Stream.concat(
            brands.all().stream().filter(brand -> seen.test(brand.id())).map(Brand::address),
            mailboxes.all().stream()
                .filter(mailbox -> seen.test(mailbox.brandId()))
                .map(Mailboxes.Mailbox::address))
        .filter(Objects::nonNull)
        .map(Domains::of)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
