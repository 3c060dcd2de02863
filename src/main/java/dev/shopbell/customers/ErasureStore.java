package dev.shopbell.customers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is being erased, and what this room keeps of them. */
@Component
class ErasureStore {
  private static final String PARTS =
      """
      with recursive own as (
        select id from customer where id = :id
        union all
        select customer.id from own join customer on customer.merged_into = own.id)
      """;

  private final JdbcClient jdbc;

  ErasureStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** An erasure that is not at its end. */
  record Begun(Person person, @Nullable Long agentId) {}

  /** A customer with all that were merged into it, and every name and address that it had. */
  Person person(Customer customer, Instant until) {
    List<Long> ids =
        jdbc.sql(PARTS + "select id from own order by id")
            .param("id", customer.id())
            .query(Long.class)
            .list();
    // An address that was made a customer of its own is not theirs any more.
    List<String> addresses =
        all(
            customer,
            ids,
            """
            (select lower(value) as one from identity where customer_id = any(:ids)
            union select lower(address) from customer where id = any(:ids)
            union select lower(address_before) from customer_merge where kept_id = any(:ids) and undone_at is null)
            except select lower(value) from identity where brand_id = :brand and customer_id <> all(:ids)
            """);
    List<String> names =
        all(
            customer,
            ids,
            """
            select name as one from customer where id = any(:ids)
            union select name_before from customer_merge where kept_id = any(:ids) and undone_at is null
            """);
    return new Person(customer.id(), customer.brandId(), ids, addresses, names, until);
  }

  private List<String> all(Customer customer, List<Long> ids, String sql) {
    return jdbc.sql("select one from (" + sql + ") as any_of where one <> '' order by one")
        .param("ids", ids.toArray(Long[]::new))
        .param("brand", customer.brandId())
        .query(String.class)
        .list();
  }

  /** Remembers by what the person is found, and forgets all else: from now on nobody sees them. */
  void begin(Person person, @Nullable Long agentId) {
    jdbc.sql(
            """
            insert into customer_erasure (customer_id, brand_id, agent_id, customer_ids, addresses, names, requested_at)
            values (:id, :brand, :agent::bigint, :ids, :addresses, :names, :until)
            """)
        .param("id", person.customerId())
        .param("brand", person.brandId())
        .param("agent", agentId, java.sql.Types.BIGINT)
        .param("ids", person.customerIds().toArray(Long[]::new))
        .param("addresses", person.addresses().toArray(String[]::new))
        .param("names", person.names().toArray(String[]::new))
        .param("until", person.until().atOffset(ZoneOffset.UTC))
        .update();
    for (String sql :
        List.of(
            "delete from identity where customer_id = any(:ids)",
            "delete from customer_key where customer_id = any(:ids)",
            "delete from customer_duplicate where low_id = any(:ids) or high_id = any(:ids)",
            "delete from customer_merge where kept_id = any(:ids) or merged_id = any(:ids)",
            "update customer set name = null, address = null, fields = '{}' where id = any(:ids)")) {
      jdbc.sql(sql).param("ids", person.customerIds().toArray(Long[]::new)).update();
    }
  }

  Optional<Begun> find(long customerId) {
    return jdbc.sql("select * from customer_erasure where customer_id = ?")
        .param(customerId)
        .query(ErasureStore::row)
        .optional();
  }

  private static Begun row(ResultSet row, int n) throws SQLException {
    return new Begun(
        new Person(
            row.getLong("customer_id"),
            row.getLong("brand_id"),
            List.of((Long[]) row.getArray("customer_ids").getArray()),
            List.of((String[]) row.getArray("addresses").getArray()),
            List.of((String[]) row.getArray("names").getArray()),
            row.getTimestamp("requested_at").toInstant()),
        row.getObject("agent_id", Long.class));
  }

  void finish(Person person) {
    jdbc.sql("delete from customer where id = any(?)")
        .param(person.customerIds().toArray(Long[]::new))
        .update();
  }
}
