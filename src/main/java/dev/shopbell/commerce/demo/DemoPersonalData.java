package dev.shopbell.commerce.demo;

import dev.shopbell.customers.Person;
import dev.shopbell.customers.PersonExport;
import dev.shopbell.customers.PersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A real shop keeps its own books; the demo shop's stand in our database, so they are erased, too.
 */
@Component
class DemoPersonalData implements PersonalData {
  private final JdbcClient jdbc;

  DemoPersonalData(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Nothing that the orders as we know them do not hold. */
  @Override
  public void export(Person person, PersonExport export) {}

  @Override
  public void erase(Person person) {
    jdbc.sql(
            """
            delete from demo_shop_order using shop
            where shop.id = demo_shop_order.shop_id and shop.brand_id = :brand
              and lower(demo_shop_order.content -> 'buyer' ->> 'email') = any(:addresses)
            """)
        .param("brand", person.brandId())
        .param("addresses", person.addresses().toArray(String[]::new))
        .update();
  }
}
