package dev.shopbell.customers;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was made one, and what went where. */
@Component
class MergeStore {
  private final JdbcClient jdbc;

  MergeStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Locked(
      long id,
      long brandId,
      @Nullable String name,
      @Nullable String address,
      boolean demo,
      @Nullable Long mergedInto) {}

  record Merge(
      long id,
      long brandId,
      long keptId,
      long mergedId,
      @Nullable String nameBefore,
      @Nullable String nameAfter,
      @Nullable String addressBefore,
      @Nullable String addressAfter,
      @Nullable Instant undoneAt) {}

  /** In the order of their ids, which is the order in which everybody locks. */
  Map<Long, Locked> lock(Collection<Long> ids) {
    Map<Long, Locked> locked = new HashMap<>();
    jdbc.sql(
            """
            select id, brand_id, name, address, demo, merged_into from customer
            where id = any(:ids) and %s order by id for no key update
            """
                .formatted(CustomerDoor.STANDS))
        .param("ids", ids.toArray(Long[]::new))
        .query(Locked.class)
        .list()
        .forEach(one -> locked.put(one.id(), one));
    return locked;
  }

  /** The ones that stand for those of these that have been merged; others are missing. */
  Map<Long, Long> current(Collection<Long> ids) {
    Map<Long, Long> found = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbc.sql(
              """
              with recursive chain as (
                select id as asked, id, merged_into from customer where id = any(:ids) and merged_into is not null
                union all
                select chain.asked, customer.id, customer.merged_into
                from chain join customer on customer.id = chain.merged_into)
              select asked, id from chain where merged_into is null
              """)
          .param("ids", ids.toArray(Long[]::new))
          .query(row -> {
            found.put(row.getLong(1), row.getLong(2));
          });
    }
    return found;
  }

  /** What is merged keeps its values; the other takes over those that it has none for. */
  void takeFields(long mergeId, long from, long to) {
    jdbc.sql(
            """
            with taken as (
              select jsonb_object_agg(own.key, own.value) as fields
              from customer as kept
              join customer as other on other.id = :from
              cross join jsonb_each(other.fields) as own
              where kept.id = :to and kept.fields -> own.key is null
              having count(*) > 0),
            remembered as (
              update customer_merge set fields_taken = taken.fields from taken where customer_merge.id = :merge)
            update customer set fields = customer.fields || taken.fields from taken where customer.id = :to
            """)
        .param("merge", mergeId)
        .param("from", from)
        .param("to", to)
        .update();
  }

  /** Takes those away again that nobody has changed since. */
  void giveFieldsBack(long mergeId, long kept) {
    jdbc.sql(
            """
            update customer set fields = coalesce((
              select jsonb_object_agg(own.key, own.value) from jsonb_each(customer.fields) as own
              where customer_merge.fields_taken -> own.key is distinct from own.value), '{}')
            from customer_merge
            where customer_merge.id = :merge and customer_merge.fields_taken <> '{}' and customer.id = :kept
            """)
        .param("merge", mergeId)
        .param("kept", kept)
        .update();
  }

  void point(long id, @Nullable Long to) {
    jdbc.sql("update customer set merged_into = :to where id = :id")
        .param("to", to)
        .param("id", id)
        .update();
  }

  void show(long id, @Nullable String name, @Nullable String address) {
    jdbc.sql("update customer set name = :name, address = :address where id = :id")
        .param("name", name)
        .param("address", address)
        .param("id", id)
        .update();
  }

  /** Gives those of the identities to another customer that are still the first one's. */
  void moveIdentities(long from, long to, Collection<Long> ids) {
    jdbc.sql("update identity set customer_id = :to where customer_id = :from and id = any(:ids)")
        .param("to", to)
        .param("from", from)
        .param("ids", ids.toArray(Long[]::new))
        .update();
  }

  long insert(Merge merge, long agentId, Instant now) {
    return jdbc.sql(
            """
            insert into customer_merge (brand_id, kept_id, merged_id, agent_id, name_before, name_after,
              address_before, address_after, merged_at)
            values (:brand, :kept, :merged, :agent, :nameBefore, :nameAfter, :addressBefore, :addressAfter, :now)
            returning id
            """)
        .param("brand", merge.brandId())
        .param("kept", merge.keptId())
        .param("merged", merge.mergedId())
        .param("agent", agentId)
        .param("nameBefore", merge.nameBefore())
        .param("nameAfter", merge.nameAfter())
        .param("addressBefore", merge.addressBefore())
        .param("addressAfter", merge.addressAfter())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  void remember(long mergeId, String rowsName, Collection<Long> rows, boolean moved) {
    jdbc.sql(
            """
            insert into customer_merge_row (merge_id, rows_name, row_id, moved)
            select :merge, :name, id, :moved from unnest(:ids::bigint[]) as one (id) on conflict do nothing
            """)
        .param("merge", mergeId)
        .param("name", rowsName)
        .param("ids", rows.toArray(Long[]::new))
        .param("moved", moved)
        .update();
  }

  List<Long> remembered(long mergeId, String rowsName, boolean moved) {
    return jdbc.sql(
            "select row_id from customer_merge_row where merge_id = ? and rows_name = ? and moved = ?")
        .param(mergeId)
        .param(rowsName)
        .param(moved)
        .query(Long.class)
        .list();
  }

  Optional<Merge> find(long id) {
    return jdbc.sql("select * from customer_merge where id = ?")
        .param(id)
        .query(Merge.class)
        .optional();
  }

  /** The merge by which a customer points to another. */
  Optional<Merge> of(long mergedId) {
    return jdbc.sql("select * from customer_merge where merged_id = ? and undone_at is null")
        .param(mergedId)
        .query(Merge.class)
        .optional();
  }

  void undone(long id, Instant now) {
    jdbc.sql("update customer_merge set undone_at = ? where id = ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .param(id)
        .update();
  }

  /** What was merged into a customer and can be undone, the newest first. */
  List<CustomerMerges.Past> past(long keptId, int limit) {
    return jdbc.sql(
            """
            select customer_merge.id, customer_merge.merged_id, merged.name, merged.address, customer_merge.agent_id,
              customer_merge.merged_at
            from customer_merge
            join customer as merged on merged.id = customer_merge.merged_id
            where customer_merge.kept_id = ? and customer_merge.undone_at is null
            order by customer_merge.id desc limit ?
            """)
        .param(keptId)
        .param(limit)
        .query(CustomerMerges.Past.class)
        .list();
  }
}
