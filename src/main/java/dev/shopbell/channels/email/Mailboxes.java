package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.customers.FreeMail;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Checked;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The addresses at which mail is taken, and for which brand. While there is one brand and no
 * mailbox, any address is taken, so that a first mail can be seen before anything is set up.
 */
@Service
public class Mailboxes {
  /** So old may what the receiver knows of them be: it is asked for every recipient. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final JdbcClient jdbc;
  private final Brands brands;
  private final Facts facts;
  private final Clock clock;
  private volatile @Nullable Known known;

  Mailboxes(JdbcClient jdbc, Brands brands, Facts facts, Clock clock) {
    this.jdbc = jdbc;
    this.brands = brands;
    this.facts = facts;
    this.clock = clock;
  }

  /** An address of a brand. */
  public record Mailbox(long id, long brandId, String address) {}

  /**
   * @param anyFor the brand that takes mail for any address, while one does
   */
  private record Known(
      Map<String, Long> brandByAddress,
      Map<Long, Set<String>> domains,
      Map<Long, String> brandAddresses,
      @Nullable Long anyFor,
      Instant at) {}

  /** Where a recipient's mail goes. */
  record Destination(long brandId, String address) {}

  public List<Mailbox> all() {
    return jdbc.sql("select id, brand_id, address from mailbox order by id")
        .query(Mailbox.class)
        .list();
  }

  public boolean takesAnyAddress() {
    return read().anyFor() != null;
  }

  @Transactional
  public Mailbox add(Actor actor, long brandId, String text) {
    brands.get(brandId);
    String address = Checked.mailAddress("address", text);
    long id =
        jdbc.sql(
                """
                insert into mailbox (brand_id, address, created_at) values (:brand, :address, :now)
                on conflict do nothing returning id
                """)
            .param("brand", brandId)
            .param("address", address)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .optional()
            .orElseThrow(() -> Problem.conflict(address + " is a mailbox already."));
    facts.append(actor, new MailboxAdded(brandId, id));
    known = null;
    return new Mailbox(id, brandId, address);
  }

  @Transactional
  public void remove(Actor actor, long id) {
    boolean connected =
        jdbc.sql("select exists (select from mail_account where mailbox_id = ?)")
            .param(id)
            .query(Boolean.class)
            .single();
    if (connected) {
      throw Problem.conflict("This mailbox is connected. Disconnect it first.");
    }
    Mailbox mailbox =
        jdbc.sql("delete from mailbox where id = ? returning id, brand_id, address")
            .param(id)
            .query(Mailbox.class)
            .optional()
            .orElseThrow(() -> Problem.notFound("There is no mailbox " + id + "."));
    facts.append(actor, new MailboxRemoved(mailbox.brandId(), id));
    known = null;
  }

  /**
   * Where mail for the recipient goes, or empty if it is none of ours. A plus-tag counts for
   * nothing here.
   */
  Optional<Destination> destination(String recipient) {
    String address = recipient.strip().toLowerCase(Locale.ROOT);
    String base = SignedAddress.base(address);
    Known now = read();
    for (String candidate : List.of(address, base)) {
      Long brand = now.brandByAddress().get(candidate);
      if (brand != null) {
        return Optional.of(new Destination(brand, candidate));
      }
    }
    return Optional.ofNullable(now.anyFor()).map(brand -> new Destination(brand, base));
  }

  /** Whether the address, with or without a plus-tag, is one that the brand writes from. */
  boolean isOwn(long brandId, String address) {
    String base = SignedAddress.base(address.toLowerCase(Locale.ROOT));
    return Long.valueOf(brandId).equals(read().brandByAddress().get(base))
        || base.equals(read().brandAddresses().get(brandId));
  }

  /**
   * Whether the address, with or without a plus-tag, is one of any brand. Asks anew: what is sent
   * to an address of ours comes back.
   */
  boolean isOurs(String address) {
    String base = SignedAddress.base(address.toLowerCase(Locale.ROOT));
    return all().stream().anyMatch(mailbox -> base.equals(mailbox.address()))
        || brands.all().stream().anyMatch(brand -> base.equals(brand.address()));
  }

  /**
   * Whether the address is in a domain that the brand has mailboxes in; never where such a domain
   * gives addresses to everybody.
   */
  boolean isOwnDomain(long brandId, String address) {
    String domain = domain(address);
    return !FreeMail.isFree(domain) && ownDomains(brandId).contains(domain);
  }

  /** The domains of the brand's addresses. */
  Set<String> ownDomains(long brandId) {
    return read().domains().getOrDefault(brandId, Set.of());
  }

  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  /** The address from which the brand answers mail that was sent to {@code ownAddress}. */
  Optional<String> sender(long brandId, @Nullable String ownAddress) {
    if (ownAddress != null
        && Long.valueOf(brandId).equals(read().brandByAddress().get(ownAddress))) {
      return Optional.of(ownAddress);
    }
    return brands.find(brandId).map(Brand::address).or(() -> Optional.ofNullable(ownAddress));
  }

  private Known read() {
    Known last = known;
    Instant now = clock.instant();
    if (last != null && last.at().plus(FRESH).isAfter(now)) {
      return last;
    }
    Map<String, Long> brandByAddress = new HashMap<>();
    all().forEach(mailbox -> brandByAddress.put(mailbox.address(), mailbox.brandId()));
    List<Brand> all = brands.all();
    Map<Long, Set<String>> domains = new HashMap<>();
    brandByAddress.forEach((address, brand) ->
        domains.computeIfAbsent(brand, any -> new HashSet<>()).add(domain(address)));
    Map<Long, String> brandAddresses = new HashMap<>();
    for (Brand brand : all) {
      if (brand.address() != null) {
        brandAddresses.put(brand.id(), brand.address());
        domains.computeIfAbsent(brand.id(), any -> new HashSet<>()).add(domain(brand.address()));
      }
    }
    Long anyFor = all.size() == 1 && brandByAddress.isEmpty() ? all.getFirst().id() : null;
    Known fresh = new Known(brandByAddress, domains, brandAddresses, anyFor, now);
    known = fresh;
    return fresh;
  }
}
