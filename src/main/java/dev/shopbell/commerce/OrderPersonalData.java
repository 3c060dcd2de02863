package dev.shopbell.commerce;

import dev.shopbell.customers.Person;
import dev.shopbell.customers.PersonExport;
import dev.shopbell.customers.PersonalData;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The orders of a person. Of an erased one what was sold stays, for how much and when, and nothing
 * that tells to whom: also when the shop tells of the order again.
 */
@Component
class OrderPersonalData implements PersonalData {
  private static final int AT_ONCE = 50;

  private final JdbcClient jdbc;
  private final OrderStore store;
  private final ParcelStore parcels;
  private final OrderActionStore actions;
  private final SyncStore syncs;
  private final JsonMapper json;
  private final TransactionTemplate transaction;

  OrderPersonalData(
      JdbcClient jdbc,
      OrderStore store,
      ParcelStore parcels,
      OrderActionStore actions,
      SyncStore syncs,
      JsonMapper json,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.store = store;
    this.parcels = parcels;
    this.actions = actions;
    this.syncs = syncs;
    this.json = json;
    this.transaction = transaction;
  }

  private List<Long> orders(Person person, int limit) {
    return jdbc.sql("select id from shop_order where customer_id = any(?) order by id limit ?")
        .param(person.customerIds().toArray(Long[]::new))
        .param(limit)
        .query(Long.class)
        .list();
  }

  /** An order as it is given out. */
  record Exported(Order order, List<ParcelView> parcels, List<OrderAction> actions) {}

  @Override
  public void export(Person person, PersonExport export) throws IOException {
    for (long id : orders(person, Integer.MAX_VALUE)) {
      Order order = store.find(id).orElse(null);
      if (order != null) {
        export.json(
            "orders/" + id + ".json",
            new Exported(
                order,
                parcels.of(List.of(id)).getOrDefault(id, List.of()),
                actions.ofOrder(id, Integer.MAX_VALUE)));
      }
    }
  }

  @Override
  public void erase(Person person) {
    while (Boolean.TRUE.equals(transaction.execute(status -> eraseSome(person)))) {
      // the next ones, in a transaction of their own
    }
    transaction.executeWithoutResult(status -> {
      jdbc.sql("delete from order_action where customer_id = any(?)")
          .param(person.customerIds().toArray(Long[]::new))
          .update();
      syncs.forgetHooksOf(person.brandId());
    });
  }

  private boolean eraseSome(Person person) {
    List<Long> ids = orders(person, AT_ONCE);
    for (long id : ids) {
      Order order = Objects.requireNonNull(store.findLocked(id).orElse(null));
      Print print = Print.of(json, Erased.of(order.state()));
      jdbc.sql(
              """
              update shop_order set customer_id = null, erased_at = now(), content = :content::jsonb, print = :print
              where id = :id
              """)
          .param("content", print.content())
          .param("print", print.number())
          .param("id", id)
          .update();
      jdbc.sql("delete from parcel where order_id = ?").param(id).update();
      jdbc.sql("delete from order_action where order_id = ?").param(id).update();
    }
    return !ids.isEmpty();
  }
}
