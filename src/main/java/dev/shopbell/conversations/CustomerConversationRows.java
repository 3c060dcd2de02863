package dev.shopbell.conversations;

import dev.shopbell.customers.CustomerRows;
import dev.shopbell.customers.Identity;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The conversations of a customer, when two customers become one or one becomes two. */
@Component
class CustomerConversationRows implements CustomerRows {
  private final JdbcClient jdbc;

  CustomerConversationRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String rowsName() {
    return "conversation";
  }

  @Override
  public List<Long> of(long customerId) {
    return jdbc.sql("select id from conversation where customer_id = ?")
        .param(customerId)
        .query(Long.class)
        .list();
  }

  @Override
  public void move(long from, long to, Collection<Long> rows) {
    jdbc.sql(
            "update conversation set customer_id = :to where customer_id = :from and id = any(:ids)")
        .param("to", to)
        .param("from", from)
        .param("ids", rows.toArray(Long[]::new))
        .update();
  }

  /** Those whose first message came from there, or went there where none came. */
  @Override
  public List<Long> broughtBy(long customerId, Collection<Identity> identities) {
    return jdbc.sql(
            """
            select conversation.id from conversation
            left join lateral (
              select lower(from_address) as address from message
              where conversation_id = conversation.id and direction = 'inbound'
              order by created_at, id limit 1) as written on true
            left join lateral (
              select lower(recipients -> 0 ->> 'address') as address from message
              where conversation_id = conversation.id and direction = 'outbound'
              order by created_at, id limit 1) as answered on true
            where conversation.customer_id = :customer
              and coalesce(written.address, answered.address) = any(:addresses)
            """)
        .param("customer", customerId)
        .param("addresses", identities.stream().map(Identity::value).toArray(String[]::new))
        .query(Long.class)
        .list();
  }
}
