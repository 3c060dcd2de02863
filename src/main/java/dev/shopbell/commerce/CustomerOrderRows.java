package dev.shopbell.commerce;

import dev.shopbell.customers.CustomerRows;
import dev.shopbell.customers.Identity;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The orders of a customer, when two customers become one or one becomes two. */
@Component
class CustomerOrderRows implements CustomerRows {
  private final JdbcClient jdbc;

  CustomerOrderRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String rowsName() {
    return "order";
  }

  @Override
  public List<Long> of(long customerId) {
    return jdbc.sql("select id from shop_order where customer_id = ?")
        .param(customerId)
        .query(Long.class)
        .list();
  }

  @Override
  public void move(long from, long to, Collection<Long> rows) {
    jdbc.sql("update shop_order set customer_id = :to where customer_id = :from and id = any(:ids)")
        .param("to", to)
        .param("from", from)
        .param("ids", rows.toArray(Long[]::new))
        .update();
    jdbc.sql(
            "update order_action set customer_id = :to where customer_id = :from and order_id = any(:ids)")
        .param("to", to)
        .param("from", from)
        .param("ids", rows.toArray(Long[]::new))
        .update();
  }

  /** Those that were placed with the account or the address. */
  @Override
  public List<Long> broughtBy(long customerId, Collection<Identity> identities) {
    return jdbc.sql(
            """
            select id from shop_order
            where customer_id = :customer
              and (lower(content -> 'buyer' ->> 'email') = any(:values)
                or shop_id || ':' || (content -> 'buyer' ->> 'externalId') = any(:values))
            """)
        .param("customer", customerId)
        .param("values", identities.stream().map(Identity::value).toArray(String[]::new))
        .query(Long.class)
        .list();
  }
}
