package dev.shopbell.commerce;

import dev.shopbell.customers.CustomerPart;
import dev.shopbell.platform.web.Sight;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a customer has bought, for the panel. */
@Component
class CustomerOrdersPart implements CustomerPart {
  private static final int SHOWN = 20;

  private final OrderViews views;

  CustomerOrdersPart(OrderViews views) {
    this.views = views;
  }

  /**
   * @param items the newest
   * @param spent by currency, the most first
   */
  @Schema(name = "CustomerOrders")
  record CustomerOrders(List<OrderRow> items, List<OrderViews.Spent> spent) {}

  @Override
  public String partName() {
    return "orders";
  }

  @Override
  public CustomerOrders read(long customerId, Sight sight) {
    List<OrderRow> items = views.ofCustomer(customerId, SHOWN);
    return new CustomerOrders(items, items.isEmpty() ? List.of() : views.spent(customerId));
  }
}
