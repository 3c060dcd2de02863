package dev.shopbell.customers;

import dev.shopbell.customers.Customers.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whose customers those are who buy, known by their account in the shop, their mail or their phone.
 */
@Service
public class Buyers {
  private static final int LONGEST = 320;

  private final JdbcClient jdbc;
  private final Customers customers;

  Buyers(JdbcClient jdbc, Customers customers) {
    this.jdbc = jdbc;
    this.customers = customers;
  }

  /**
   * Somebody who has bought. That a shop names an address does not show that it is theirs: nothing
   * of it counts as verified.
   *
   * @param account {@code shop:account}, unique within the installation
   * @param phone as it is written; known by it only where it names its country: {@code +49 …}
   */
  public record Buyer(
      long brandId,
      @Nullable String account,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String name,
      Instant seenAt) {}

  /**
   * The customer of each, in the same order, new ones made where there are none; null for those by
   * whom nobody can be found. What else a buyer is known by becomes the customer's own, unless it
   * is another's already: then the two stay two, for people to judge.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<@Nullable Long> customersOf(List<Buyer> buyers) {
    List<List<Key>> keys = buyers.stream().map(Buyers::keys).toList();
    Map<Key, Long> known = find(keys.stream().flatMap(List::stream).distinct().toList());
    List<Customers.Sighting> strangers = new ArrayList<>();
    for (int i = 0; i < buyers.size(); i++) {
      if (!keys.get(i).isEmpty() && keys.get(i).stream().noneMatch(known::containsKey)) {
        Buyer buyer = buyers.get(i);
        strangers.add(
            new Customers.Sighting(
                firstReachable(keys.get(i)), buyer.name(), null, false, buyer.seenAt()));
      }
    }
    known.putAll(customers.findOrCreate(strangers));
    Map<Key, Long> more = new TreeMap<>(ORDER);
    List<@Nullable Long> found = new ArrayList<>();
    for (List<Key> own : keys) {
      Long customer =
          own.stream().map(known::get).filter(Objects::nonNull).findFirst().orElse(null);
      found.add(customer);
      if (customer != null) {
        own.stream()
            .filter(key -> !known.containsKey(key))
            .forEach(key -> {
              more.put(key, customer);
              known.put(key, customer);
            });
      }
    }
    attach(more);
    return found;
  }

  private static final Comparator<Key> ORDER =
      Comparator.comparingLong(Key::brandId).thenComparing(Key::kind).thenComparing(Key::value);

  /** The surest first. */
  private static List<Key> keys(Buyer buyer) {
    return Stream.of(
            key(buyer.brandId(), "account", buyer.account()),
            key(buyer.brandId(), "email", address(buyer.email())),
            key(buyer.brandId(), "phone", international(buyer.phone())))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Key> key(long brandId, String kind, @Nullable String value) {
    return value == null || value.isBlank() || value.length() > LONGEST
        ? List.of()
        : List.of(new Key(brandId, kind, value));
  }

  private static Key firstReachable(List<Key> keys) {
    return keys.stream()
        .filter(key -> !key.kind().equals("account"))
        .findFirst()
        .orElse(keys.getFirst());
  }

  private static @Nullable String address(@Nullable String email) {
    if (email == null) {
      return null;
    }
    String plain = email.strip().toLowerCase(Locale.ROOT);
    boolean address =
        plain.indexOf('@') > 0
            && plain.indexOf('@') < plain.length() - 1
            && plain.chars().noneMatch(c -> c <= ' ');
    return address ? plain : null;
  }

  /** {@code +491701234567}; null where the country is not said. */
  static @Nullable String international(@Nullable String phone) {
    if (phone == null) {
      return null;
    }
    String plain = phone.replace("(0)", "").replaceAll("[\\s()./-]", "").replaceFirst("^00", "+");
    return plain.matches("\\+[1-9][0-9]{6,14}") ? plain : null;
  }

  private Map<Key, Long> find(Collection<Key> keys) {
    Map<Key, Long> found = new HashMap<>();
    jdbc.sql(
            """
            select identity.brand_id, identity.kind, identity.value, identity.customer_id
            from unnest(:brands::bigint[], :kinds::text[], :values::text[]) as key (brand_id, kind, value)
            join identity using (brand_id, kind, value)
            """)
        .param("brands", keys.stream().map(Key::brandId).toArray(Long[]::new))
        .param("kinds", keys.stream().map(Key::kind).toArray(String[]::new))
        .param("values", keys.stream().map(Key::value).toArray(String[]::new))
        .query(row -> {
          found.put(new Key(row.getLong(1), row.getString(2), row.getString(3)), row.getLong(4));
        });
    return found;
  }

  /** In the order of the keys, so that two who do so wait in one order only. */
  private void attach(Map<Key, Long> identities) {
    if (!identities.isEmpty()) {
      jdbc.sql(
              """
              insert into identity (brand_id, customer_id, kind, value, created_at)
              select brand_id, customer_id, kind, value, now()
              from unnest(:brands::bigint[], :customers::bigint[], :kinds::text[], :values::text[])
                with ordinality as one (brand_id, customer_id, kind, value, place)
              order by place
              on conflict (brand_id, kind, value) do nothing
              """)
          .param("brands", identities.keySet().stream().map(Key::brandId).toArray(Long[]::new))
          .param("customers", identities.values().toArray(Long[]::new))
          .param("kinds", identities.keySet().stream().map(Key::kind).toArray(String[]::new))
          .param("values", identities.keySet().stream().map(Key::value).toArray(String[]::new))
          .update();
    }
  }
}
