package dev.shopbell.customers;

import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import dev.shopbell.platform.web.SightDoor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets nobody near a customer whom they do not see. */
@Component
class CustomerDoor implements SightDoor {
  /** Nobody sees a customer who is being erased. */
  static final String STANDS =
      "not exists (select from customer_erasure where customer_erasure.customer_id = customer.id)";

  private final JdbcClient jdbc;
  private final CustomerSight conversations;

  CustomerDoor(JdbcClient jdbc, CustomerSight conversations) {
    this.jdbc = jdbc;
    this.conversations = conversations;
  }

  @Override
  public List<Guard> guards() {
    return List.of(Guard.ofNumber("customers", "customer", this::sees));
  }

  /**
   * For a customer that is named in a body.
   *
   * @throws Problem as for one that does not exist
   */
  void require(Sight sight, long id) {
    if (!sight.everything() && !sees(sight, id)) {
      throw Problem.notFound("There is no customer " + id + ".");
    }
  }

  /** Whether there is such a customer, and the agent sees them. */
  boolean sees(Sight sight, long id) {
    CustomerSight.Where where = where(sight);
    return jdbc.sql("select exists (select from customer where id = :id and " + where.sql() + ")")
        .params(where.parameters())
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** The customers that somebody sees, as SQL over {@code customer}. */
  CustomerSight.Where where(Sight sight) {
    List<String> conditions = new ArrayList<>(List.of(STANDS));
    Map<String, Object> parameters = new LinkedHashMap<>();
    Long[] brands = sight.brandIds();
    if (brands != null) {
      conditions.add("customer.brand_id = any(:customerBrands)");
      parameters.put("customerBrands", brands);
    }
    if (sight.conversations() != Sight.Conversations.all) {
      CustomerSight.Where seen = conversations.of(sight);
      conditions.add(seen.sql());
      parameters.putAll(seen.parameters());
    }
    return new CustomerSight.Where(String.join(" and ", conditions), parameters);
  }
}
