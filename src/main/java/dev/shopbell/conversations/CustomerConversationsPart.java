package dev.shopbell.conversations;

import dev.shopbell.customers.CustomerPart;
import dev.shopbell.platform.web.Sight;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class CustomerConversationsPart implements CustomerPart {
  private static final int SHOWN = 20;

  private final JdbcClient jdbc;

  CustomerConversationsPart(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String partName() {
    return "conversations";
  }

  @Override
  public Object read(long customerId, Sight sight) {
    return ofCustomer(customerId, sight, SHOWN);
  }

  /** The newest conversations of a customer, and how many there are. */
  private CustomerConversations ofCustomer(long customerId, Sight sight, int limit) {
    Seen seen = Seen.by(sight);
    List<CustomerConversations.Item> items =
        jdbc.sql(
                """
                select id, id as number, subject, status, last_message_at from conversation
                where customer_id = :customer and merged_into is null %s order by last_message_at desc, id desc limit :limit
                """
                    .formatted(seen.and()))
            .params(seen.parameters())
            .param("customer", customerId)
            .param("limit", limit)
            .query(CustomerConversations.Item.class)
            .list();
    long total =
        items.size() < limit
            ? items.size()
            : jdbc.sql(
                    "select count(*) from conversation where customer_id = :customer and merged_into is null"
                        + seen.and())
                .params(seen.parameters())
                .param("customer", customerId)
                .query(Long.class)
                .single();
    return new CustomerConversations(total, items);
  }
}
