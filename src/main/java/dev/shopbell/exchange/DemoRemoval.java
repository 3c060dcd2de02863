package dev.shopbell.exchange;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.web.Problem;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the demo shop in one transaction. Readers of the log may be writing beside the same rows:
 * where the database ends one of the two for that, this one begins again.
 */
@Component
class DemoRemoval {
  private static final int TRIES = 5;

  private final DemoShop shop;
  private final TransactionTemplate transaction;

  DemoRemoval(DemoShop shop, TransactionTemplate transaction) {
    this.shop = shop;
    this.transaction = transaction;
  }

  /**
   * @throws Problem if there is no demo shop
   */
  void remove(Actor actor) {
    for (int left = TRIES - 1; ; left--) {
      try {
        transaction.executeWithoutResult(status -> shop.remove(actor));
        return;
      } catch (PessimisticLockingFailureException e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }
}
