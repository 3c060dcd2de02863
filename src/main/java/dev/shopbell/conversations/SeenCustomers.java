package dev.shopbell.conversations;

import dev.shopbell.customers.CustomerSight;
import dev.shopbell.platform.web.Sight;
import org.springframework.stereotype.Component;

/** Whoever sees some conversations only, sees the customers of these. */
@Component
class SeenCustomers implements CustomerSight {
  @Override
  public Where of(Sight sight) {
    Seen seen = Seen.by(sight);
    return new Where(
        "customer.id in (select conversation.customer_id from conversation where "
            + seen.sql()
            + ")",
        seen.parameters());
  }
}
