package dev.shopbell.commerce;

import dev.shopbell.platform.web.Sight;
import dev.shopbell.platform.web.SightDoor;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets nobody near a shop or an order that they do not see. */
@Component
class CommerceDoor implements SightDoor {
  private final JdbcClient jdbc;
  private final OrderViews views;

  CommerceDoor(JdbcClient jdbc, OrderViews views) {
    this.jdbc = jdbc;
    this.views = views;
  }

  @Override
  public List<Guard> guards() {
    return List.of(
        Guard.ofNumber("shops", "shop", this::seesShop),
        Guard.ofNumber("orders", "order", views::sees),
        Guard.ofNumber("order-actions", "order action", this::seesAction));
  }

  private boolean seesShop(Sight sight, long id) {
    return jdbc.sql("select brand_id from shop where id = ?")
        .param(id)
        .query(Long.class)
        .optional()
        .filter(sight::sees)
        .isPresent();
  }

  private boolean seesAction(Sight sight, long id) {
    return jdbc.sql("select order_id from order_action where id = ? and order_id is not null")
        .param(id)
        .query(Long.class)
        .optional()
        .filter(order -> views.sees(sight, order))
        .isPresent();
  }
}
