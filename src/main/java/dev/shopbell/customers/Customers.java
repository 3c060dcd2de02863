package dev.shopbell.customers;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Moved;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The people who buy, found by how they write. */
@Service
public class Customers {
  private static final int LONGEST_NAME = 300;

  private final JdbcClient jdbc;
  private final MergeStore merges;
  private final Addresses addresses;
  private final Facts facts;
  private final Clock clock;
  private final CustomerDoor door;
  private final List<CustomerPart> parts;

  Customers(
      JdbcClient jdbc,
      MergeStore merges,
      Addresses addresses,
      Facts facts,
      Clock clock,
      CustomerDoor door,
      List<CustomerPart> parts) {
    this.jdbc = jdbc;
    this.merges = merges;
    this.addresses = addresses;
    this.facts = facts;
    this.clock = clock;
    this.door = door;
    this.parts = parts;
  }

  /** By what a customer is found. The value is compared in lower case. */
  public record Key(long brandId, String kind, String value) {
    public static Key email(long brandId, String address) {
      return new Key(brandId, "email", address.strip().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Somebody who was seen on a channel, with the name they gave there.
   *
   * @param verifiedBy by what they have shown that the identity is theirs, as {@code dmarc}; null
   *     where they have not
   */
  public record Sighting(
      Key key, @Nullable String name, @Nullable String verifiedBy, boolean demo, Instant seenAt) {}

  /** Everything known, for the panel. */
  @Schema(name = "CustomerPanel")
  public record Panel(CustomerWithIdentities customer, Map<String, Object> parts) {}

  public record CustomerWithIdentities(
      long id,
      long brandId,
      @Nullable String name,
      @Nullable String address,
      boolean demo,
      Instant createdAt,
      List<Identity> identities) {}

  /**
   * The customers of these sightings, new ones made where there are none. Safe against others who
   * see the same person at the same moment.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Key, Long> findOrCreate(Collection<Sighting> sightings) {
    return findOrCreate(sightings, false);
  }

  /** The same for those who have written: an address that writes does not bounce. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Key, Long> heardFrom(Collection<Sighting> sightings) {
    return findOrCreate(sightings, true);
  }

  private Map<Key, Long> findOrCreate(Collection<Sighting> sightings, boolean heard) {
    Map<Key, Sighting> wanted =
        new TreeMap<>(
            Comparator.comparingLong(Key::brandId)
                .thenComparing(Key::kind)
                .thenComparing(Key::value));
    sightings.forEach(sighting -> wanted.merge(sighting.key(), sighting, Customers::merged));
    Map<Key, Long> found = new HashMap<>();
    Map<Long, String> names = new TreeMap<>();
    find(
        wanted.keySet(),
        one -> {
          found.put(one.key(), one.customerId());
          String name = Objects.requireNonNull(wanted.get(one.key())).name();
          if (one.nameless() && name != null) {
            names.put(one.customerId(), name);
            facts.append(Actor.SYSTEM, new CustomerChanged(one.key().brandId(), one.customerId()));
          }
          if (one.bouncing() && heard) {
            addresses.works(one.key().brandId(), one.key().value());
          }
        });
    learnNames(names);
    verify(wanted.values(), found);
    wanted.keySet().removeAll(found.keySet());
    if (wanted.isEmpty()) {
      return found;
    }
    found.putAll(create(List.copyOf(wanted.values())));
    wanted.keySet().removeAll(found.keySet());
    if (!wanted.isEmpty()) {
      // Somebody else made them at this moment.
      find(wanted.keySet(), one -> found.put(one.key(), one.customerId()));
    }
    return found;
  }

  /** A customer of whom nothing is known but, perhaps, a name. */
  @Transactional(propagation = Propagation.MANDATORY)
  public long createUnknown(long brandId, @Nullable String name) {
    return jdbc.sql(
            "insert into customer (brand_id, name, created_at) values (?, ?, ?) returning id")
        .param(brandId)
        .param(cut(name))
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /**
   * @throws Problem if there is none of that id
   */
  public Customer get(long id) {
    return jdbc.sql("select * from customer where id = ? and " + CustomerDoor.STANDS)
        .param(id)
        .query(Customer.class)
        .optional()
        .orElseThrow(() -> Problem.notFound("There is no customer " + id + "."));
  }

  public List<Identity> identities(long id) {
    return jdbc.sql(
            """
            select id, kind, value, verified, bounced_at, bounce_words from identity
            where customer_id = ? order by id
            """)
        .param(id)
        .query(Identity.class)
        .list();
  }

  /**
   * @throws Moved if the customer has been merged into another
   */
  public Panel panel(long id, Sight sight) {
    current(id);
    Map<String, Object> read = new LinkedHashMap<>();
    parts.forEach(part -> read.put(part.partName(), part.read(id, sight)));
    return new Panel(withIdentities(get(id)), read);
  }

  public CustomerWithIdentities withIdentities(Customer customer) {
    return new CustomerWithIdentities(
        customer.id(),
        customer.brandId(),
        customer.name(),
        customer.address(),
        customer.demo(),
        customer.createdAt(),
        identities(customer.id()));
  }

  /** Customers whose name or address begins with the words, newest first. */
  public Page<Customer> list(
      @Nullable String words, int limit, @Nullable Cursor cursor, Sight sight) {
    CustomerSight.Where seen = door.where(sight);
    List<Customer> rows =
        jdbc.sql(
                """
                select * from customer
                where id < :before and merged_into is null
                  and (:words = '' or lower(name) like :pattern or address like :pattern or lower(name) like :inner)
                  and %s
                order by id desc limit :limit
                """
                    .formatted(seen.sql()))
            .params(seen.parameters())
            .param("before", cursor == null ? Long.MAX_VALUE : cursor.number(0))
            .param("words", words == null ? "" : words.strip())
            .param("pattern", like(words) + "%")
            .param("inner", "% " + like(words) + "%")
            .param("limit", limit + 1)
            .query(Customer.class)
            .list();
    return Page.of(rows, limit, row -> Cursor.of(row.id()));
  }

  @Transactional
  public CustomerWithIdentities rename(Actor actor, long id, String name) {
    Customer customer = current(id);
    String cleaned = cleanName(name);
    jdbc.sql("update customer set name = :name where id = :id")
        .param("name", cleaned.isEmpty() ? null : cleaned)
        .param("id", id)
        .update();
    facts.append(actor, new CustomerChanged(customer.brandId(), id));
    return withIdentities(get(id));
  }

  Customer current(long id) {
    Long kept = merges.current(List.of(id)).get(id);
    if (kept != null) {
      throw new Moved("customers", id, kept);
    }
    return get(id);
  }

  static String cleanName(String name) {
    String cleaned = name.strip();
    if (cleaned.length() > LONGEST_NAME || cleaned.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(
          "name", "A name has at most " + LONGEST_NAME + " characters on one line.");
    }
    return cleaned;
  }

  public boolean hasDemo() {
    return jdbc.sql("select exists (select from customer where demo)")
        .query(Boolean.class)
        .single();
  }

  /**
   * Removes the customers of the demo shop.
   *
   * @param kept those who have become real
   */
  @Transactional
  public void removeDemo(List<Long> kept) {
    jdbc.sql("update customer set demo = false where id = any(:kept)")
        .param("kept", kept.toArray(Long[]::new))
        .update();
    jdbc.sql("delete from identity where customer_id in (select id from customer where demo)")
        .update();
    jdbc.sql("delete from customer where demo").update();
  }

  private record Found(Key key, long customerId, boolean nameless, boolean bouncing) {}

  private void find(Collection<Key> keys, Consumer<Found> found) {
    jdbc.sql(
            """
            select identity.brand_id, identity.kind, identity.value, identity.customer_id, customer.name is null,
              identity.bounced_at is not null
            from unnest(:brands::bigint[], :kinds::text[], :values::text[]) as key (brand_id, kind, value)
            join identity using (brand_id, kind, value)
            join customer on customer.id = identity.customer_id
            """)
        .param("brands", keys.stream().map(Key::brandId).toArray(Long[]::new))
        .param("kinds", keys.stream().map(Key::kind).toArray(String[]::new))
        .param("values", keys.stream().map(Key::value).toArray(String[]::new))
        .query(row -> {
          found.accept(
              new Found(
                  new Key(row.getLong(1), row.getString(2), row.getString(3)),
                  row.getLong(4),
                  row.getBoolean(5),
                  row.getBoolean(6)));
        });
  }

  /** Who wrote without a name at first may give it later. */
  private void learnNames(Map<Long, String> names) {
    if (!names.isEmpty()) {
      jdbc.sql(
              """
              update customer set name = one.name
              from unnest(:ids::bigint[], :names::text[]) as one (id, name)
              where customer.id = one.id and customer.name is null
              """)
          .param("ids", names.keySet().toArray(Long[]::new))
          .param("names", names.values().stream().map(Customers::cut).toArray(String[]::new))
          .update();
    }
  }

  private static Sighting merged(Sighting a, Sighting b) {
    return new Sighting(
        a.key(),
        a.name() == null ? b.name() : a.name(),
        a.verifiedBy() == null ? b.verifiedBy() : a.verifiedBy(),
        a.demo(),
        a.seenAt());
  }

  private void verify(Collection<Sighting> sightings, Map<Key, Long> found) {
    List<Sighting> shown =
        sightings.stream()
            .filter(one -> one.verifiedBy() != null && found.containsKey(one.key()))
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update identity set verified = true, verified_by = one.means, verified_at = one.seen_at::timestamptz
            from unnest(:brands::bigint[], :kinds::text[], :values::text[], :means::text[], :seen::text[])
              as one (brand_id, kind, value, means, seen_at)
            where identity.brand_id = one.brand_id and identity.kind = one.kind and identity.value = one.value
              and not identity.verified
            """)
        .param("brands", shown.stream().map(one -> one.key().brandId()).toArray(Long[]::new))
        .param("kinds", shown.stream().map(one -> one.key().kind()).toArray(String[]::new))
        .param("values", shown.stream().map(one -> one.key().value()).toArray(String[]::new))
        .param("means", shown.stream().map(Sighting::verifiedBy).toArray(String[]::new))
        .param("seen", shown.stream().map(one -> one.seenAt().toString()).toArray(String[]::new))
        .update();
  }

  /**
   * Those that somebody else has made at this moment are missing. In the order of their keys, so
   * that two who make the same ones wait in one order only.
   */
  private Map<Key, Long> create(List<Sighting> sightings) {
    Map<Key, Long> made = new HashMap<>();
    jdbc.sql(
            """
            with sighting as materialized (
              select nextval('customer_id_seq') as id, one.* from unnest(:brands::bigint[], :kinds::text[], :values::text[],
                :names::text[], :means::text[], :demos::boolean[], :seen::text[])
                with ordinality as one (brand_id, kind, value, name, means, demo, seen_at, place)
            ), made as (
              insert into identity (brand_id, customer_id, kind, value, verified, verified_by, verified_at, created_at)
              select brand_id, id, kind, value, means is not null, means,
                case when means is not null then seen_at::timestamptz end, seen_at::timestamptz
              from sighting order by place
              on conflict (brand_id, kind, value) do nothing
              returning brand_id, kind, value, customer_id
            ), new_customer as (
              insert into customer (id, brand_id, name, address, demo, created_at) overriding system value
              select id, sighting.brand_id, name, case when sighting.kind <> 'account' then sighting.value end, demo, seen_at::timestamptz
              from sighting join made on made.customer_id = sighting.id
            )
            select * from made
            """)
        .param("brands", sightings.stream().map(one -> one.key().brandId()).toArray(Long[]::new))
        .param("kinds", sightings.stream().map(one -> one.key().kind()).toArray(String[]::new))
        .param("values", sightings.stream().map(one -> one.key().value()).toArray(String[]::new))
        .param("names", sightings.stream().map(one -> cut(one.name())).toArray(String[]::new))
        .param("means", sightings.stream().map(Sighting::verifiedBy).toArray(String[]::new))
        .param("demos", sightings.stream().map(Sighting::demo).toArray(Boolean[]::new))
        .param(
            "seen", sightings.stream().map(one -> one.seenAt().toString()).toArray(String[]::new))
        .query(row -> {
          made.put(new Key(row.getLong(1), row.getString(2), row.getString(3)), row.getLong(4));
        });
    return made;
  }

  private static @Nullable String cut(@Nullable String name) {
    return name == null || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  private static String like(@Nullable String words) {
    return words == null
        ? ""
        : words
            .strip()
            .toLowerCase(Locale.ROOT)
            .replace("\\", "\\\\")
            .replace("%", "\\%")
            .replace("_", "\\_");
  }
}
