package dev.shopbell.exchange;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.web.Problem;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads the demo shop with its orders, and removes them in one transaction. Readers of the log may
 * be writing beside the same rows: where the database ends one of the two for that, this one begins
 * again.
 */
@Component
class Demo {
  private static final int TRIES = 5;

  private final DemoShop shop;
  private final DemoOrders orders;
  private final TransactionTemplate transaction;

  Demo(DemoShop shop, DemoOrders orders, TransactionTemplate transaction) {
    this.shop = shop;
    this.orders = orders;
    this.transaction = transaction;
  }

  boolean isLoaded() {
    return shop.isLoaded();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void load(long ownerId) {
    shop.load(ownerId);
    orders.load();
  }

  /**
   * @throws Problem if there is no demo shop
   */
  void remove(Actor actor) {
    for (int left = TRIES - 1; ; left--) {
      try {
        transaction.executeWithoutResult(status -> {
          orders.remove(actor);
          shop.remove(actor);
        });
        return;
      } catch (PessimisticLockingFailureException e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }
}
