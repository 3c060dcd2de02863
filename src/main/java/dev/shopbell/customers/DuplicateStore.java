package dev.shopbell.customers;

import dev.shopbell.platform.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Customers who may be the same person, and the keys under which they are found. */
@Component
class DuplicateStore {
  /** Under a key of so many customers nobody is proposed: it says nothing. */
  private static final int COMMON = 20;

  private final JdbcClient jdbc;

  DuplicateStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of them that have no keys yet. */
  Set<Long> unknown(Collection<Long> ids) {
    return new HashSet<>(
        jdbc.sql(
                """
                select id from unnest(:ids::bigint[]) as one (id)
                where not exists (select from customer_key where customer_id = one.id)
                """)
            .param("ids", ids.toArray(Long[]::new))
            .query(Long.class)
            .list());
  }

  /** Customers that stand for themselves. */
  List<Likeness.Person> people(Collection<Long> ids) {
    return jdbc.sql(
            """
            select customer.id, customer.brand_id, customer.name, customer.demo,
              array(select value from identity where customer_id = customer.id and kind = 'email' order by id) as emails,
              exists (select from identity where customer_id = customer.id and bounced_at is not null) as bounced
            from customer where customer.id = any(:ids) and customer.merged_into is null
            """)
        .param("ids", ids.toArray(Long[]::new))
        .query((row, n) ->
            new Likeness.Person(
                row.getLong("id"),
                row.getLong("brand_id"),
                row.getString("name"),
                row.getBoolean("demo"),
                List.of((String[]) row.getArray("emails").getArray()),
                row.getBoolean("bounced")))
        .list();
  }

  record Key(long brandId, long key, long customerId) {}

  /** Sets the keys of these customers, and forgets what was suspected of them. */
  void setKeys(Collection<Long> customerIds, List<Key> keys) {
    jdbc.sql("delete from customer_key where customer_id = any(?)")
        .param(customerIds.toArray(Long[]::new))
        .update();
    jdbc.sql(
            """
            delete from customer_duplicate
            where (low_id = any(:ids) or high_id = any(:ids)) and dismissed_at is null
            """)
        .param("ids", customerIds.toArray(Long[]::new))
        .update();
    jdbc.sql(
            """
            insert into customer_key (brand_id, key, customer_id)
            select one.brand_id, one.key, customer.id
            from unnest(:brands::bigint[], :keys::bigint[], :customers::bigint[]) as one (brand_id, key, customer_id)
            join customer on customer.id = one.customer_id
            on conflict do nothing
            """)
        .param("brands", keys.stream().map(Key::brandId).toArray(Long[]::new))
        .param("keys", keys.stream().map(Key::key).toArray(Long[]::new))
        .param("customers", keys.stream().map(Key::customerId).toArray(Long[]::new))
        .update();
  }

  /** Two that share a key. */
  record Near(long lowId, long highId) {
    static Near of(long one, long other) {
      return new Near(Math.min(one, other), Math.max(one, other));
    }
  }

  /**
   * Who shares one of these keys with its customer; under a common key nobody does.
   *
   * @param changing whose keys these are; what stands of them is not looked at
   */
  Set<Near> near(Collection<Long> changing, List<Key> keys) {
    record Place(long brandId, long key) {}
    Map<Place, Set<Long>> found = new HashMap<>();
    for (Key key : keys) {
      found
          .computeIfAbsent(new Place(key.brandId(), key.key()), any -> new HashSet<>())
          .add(key.customerId());
    }
    jdbc.sql(
            """
            select one.brand_id, one.key, other.customer_id
            from unnest(:brands::bigint[], :keys::bigint[]) as one (brand_id, key)
            cross join lateral (
              select customer_id from customer_key
              where brand_id = one.brand_id and key = one.key limit :most) as other
            where other.customer_id <> all(:changing)
            """)
        .param("brands", found.keySet().stream().map(Place::brandId).toArray(Long[]::new))
        .param("keys", found.keySet().stream().map(Place::key).toArray(Long[]::new))
        .param("changing", changing.toArray(Long[]::new))
        .param("most", COMMON + 1)
        .query(row -> {
          Place place = new Place(row.getLong(1), row.getLong(2));
          found.computeIfAbsent(place, any -> new HashSet<>()).add(row.getLong(3));
        });
    Set<Near> near = new HashSet<>();
    for (Key key : keys) {
      Set<Long> others = found.getOrDefault(new Place(key.brandId(), key.key()), Set.of());
      if (others.size() <= COMMON) {
        others.stream()
            .filter(other -> other != key.customerId())
            .forEach(other -> near.add(Near.of(key.customerId(), other)));
      }
    }
    return near;
  }

  /** Two who may be the same, and why. */
  record Suspicion(long brandId, Near pair, Set<Likeness.Evidence> evidence) {}

  /** Returns those that are new. */
  List<Suspicion> suspect(List<Suspicion> suspicions, Instant now) {
    if (suspicions.isEmpty()) {
      return List.of();
    }
    Set<Near> added = new HashSet<>();
    jdbc.sql(
            """
            insert into customer_duplicate (low_id, high_id, brand_id, evidence, strength, found_at)
            select low, high, brand, string_to_array(evidence, ','), strength, :now::timestamptz
            from unnest(:lows::bigint[], :highs::bigint[], :brands::bigint[], :evidence::text[], :strengths::int[])
              as one (low, high, brand, evidence, strength)
            order by low, high
            on conflict (low_id, high_id) do update set evidence = excluded.evidence, strength = excluded.strength
            returning low_id, high_id, dismissed_at is null and found_at = :now::timestamptz
            """)
        .param("lows", suspicions.stream().map(one -> one.pair().lowId()).toArray(Long[]::new))
        .param("highs", suspicions.stream().map(one -> one.pair().highId()).toArray(Long[]::new))
        .param("brands", suspicions.stream().map(Suspicion::brandId).toArray(Long[]::new))
        .param(
            "evidence",
            suspicions.stream()
                .map(
                    one -> one.evidence().stream().map(Enum::name).collect(Collectors.joining(",")))
                .toArray(String[]::new))
        .param(
            "strengths",
            suspicions.stream()
                .map(one -> Likeness.isStrong(one.evidence()) ? 1 : 0)
                .toArray(Integer[]::new))
        .param("now", now.toString())
        .query(row -> {
          if (row.getBoolean(3)) {
            added.add(new Near(row.getLong(1), row.getLong(2)));
          }
        });
    return suspicions.stream().filter(one -> added.contains(one.pair())).toList();
  }

  /** They are not the same, also where nobody has suspected it. */
  void dismiss(long brandId, long one, long other, long agentId, Instant now) {
    jdbc.sql(
            """
            insert into customer_duplicate (low_id, high_id, brand_id, evidence, strength, found_at, dismissed_at, dismissed_by)
            values (:low, :high, :brand, '{}', 0, :now, :now, :agent)
            on conflict (low_id, high_id) do update set dismissed_at = :now, dismissed_by = :agent
            """)
        .param("low", Math.min(one, other))
        .param("high", Math.max(one, other))
        .param("brand", brandId)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("agent", agentId)
        .update();
  }

  /** They may be the same after all. */
  void suspectAgain(long one, long other) {
    jdbc.sql(
            """
            update customer_duplicate set dismissed_at = null, dismissed_by = null
            where low_id = :low and high_id = :high and evidence <> '{}'
            """)
        .param("low", Math.min(one, other))
        .param("high", Math.max(one, other))
        .update();
  }

  /** Who may be the same as a customer, the likeliest first. */
  List<Duplicates.Duplicate> of(long customerId, int limit, CustomerSight.Where seen) {
    return jdbc.sql(
            """
            select customer.id, customer.brand_id, customer.name, customer.address, customer.demo, customer.created_at,
              customer_duplicate.evidence, customer_duplicate.strength, customer_duplicate.found_at
            from customer_duplicate
            join customer on customer.id = case when low_id = :id then high_id else low_id end
            where (low_id = :id or high_id = :id) and dismissed_at is null and customer.merged_into is null and %s
            order by strength desc, customer.id limit :limit
            """
                .formatted(seen.sql()))
        .params(seen.parameters())
        .param("id", customerId)
        .param("limit", limit)
        .query((row, n) ->
            new Duplicates.Duplicate(
                customer(row, ""),
                evidence(row),
                strength(row),
                row.getTimestamp("found_at").toInstant()))
        .list();
  }

  /** All pairs, the likeliest first, those within newer. */
  List<Duplicates.Pair> list(
      @Nullable Long brand, int limit, @Nullable Cursor cursor, CustomerSight.Where seen) {
    return jdbc.sql(
            """
            select low.id, low.brand_id, low.name, low.address, low.demo, low.created_at, high.id as high_id,
              high.brand_id as high_brand_id, high.name as high_name, high.address as high_address,
              high.demo as high_demo, high.created_at as high_created_at, evidence, strength, found_at
            from customer_duplicate
            join customer as low on low.id = low_id and low.merged_into is null
            join customer as high on high.id = high_id and high.merged_into is null
            where dismissed_at is null and customer_duplicate.brand_id = coalesce(:brand, customer_duplicate.brand_id)
              and (strength, low_id, customer_duplicate.high_id) < (:strength, :low, :high)
              and (select count(*) from customer
                where customer.id in (low_id, customer_duplicate.high_id) and %s) = 2
            order by strength desc, low_id desc, customer_duplicate.high_id desc limit :limit
            """
                .formatted(seen.sql()))
        .params(seen.parameters())
        .param("brand", brand, java.sql.Types.BIGINT)
        .param("strength", cursor == null ? Long.MAX_VALUE : cursor.number(0))
        .param("low", cursor == null ? Long.MAX_VALUE : cursor.number(1))
        .param("high", cursor == null ? Long.MAX_VALUE : cursor.number(2))
        .param("limit", limit + 1)
        .query((row, n) ->
            new Duplicates.Pair(
                customer(row, ""),
                customer(row, "high_"),
                evidence(row),
                strength(row),
                row.getTimestamp("found_at").toInstant()))
        .list();
  }

  private static Customer customer(ResultSet row, String prefix) throws SQLException {
    return new Customer(
        row.getLong(prefix + "id"),
        row.getLong(prefix + "brand_id"),
        row.getString(prefix + "name"),
        row.getString(prefix + "address"),
        row.getBoolean(prefix + "demo"),
        row.getTimestamp(prefix + "created_at").toInstant());
  }

  private static List<Likeness.Evidence> evidence(ResultSet row) throws SQLException {
    return Stream.of((String[]) row.getArray("evidence").getArray())
        .map(Likeness.Evidence::valueOf)
        .toList();
  }

  private static Duplicates.Strength strength(ResultSet row) throws SQLException {
    return row.getInt("strength") > 0 ? Duplicates.Strength.strong : Duplicates.Strength.likely;
  }
}
