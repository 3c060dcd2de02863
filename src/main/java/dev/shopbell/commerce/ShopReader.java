package dev.shopbell.commerce;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The steps of reading a shop; each asks first and then writes in one short transaction. */
@Component
class ShopReader {
  private static final int HOOKS = 100;
  private static final int ASKED_AT_ONCE = 50;
  private static final Duration ASKED_AGAIN = Duration.ofHours(1);
  private static final int MOST_TRIES = 5;
  private static final Duration HOOKS_KEPT = Duration.ofDays(7);

  private final Shops shops;
  private final ShopStore store;
  private final SyncStore syncs;
  private final Orders orders;
  private final Products products;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ShopReader(
      Shops shops,
      ShopStore store,
      SyncStore syncs,
      Orders orders,
      Products products,
      TransactionTemplate transaction,
      Clock clock) {
    this.shops = shops;
    this.store = store;
    this.syncs = syncs;
    this.orders = orders;
    this.products = products;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Reads what the shop has called us with.
   *
   * @return whether there was anything
   */
  boolean hooks(Shop shop) {
    List<SyncStore.Received> waiting = syncs.waiting(shop.id(), HOOKS);
    if (waiting.isEmpty()) {
      return false;
    }
    ShopLink link = shops.link(shop);
    for (SyncStore.Received one : waiting) {
      transaction.executeWithoutResult(status -> {
        String trouble = null;
        try {
          shops
              .connector(shop)
              .read(link, one.label(), one.hook())
              .forEach(news -> take(shop, news));
        } catch (ShopTrouble e) {
          trouble = e.words();
        }
        syncs.read(one.id(), trouble);
      });
    }
    return true;
  }

  private void take(Shop shop, ShopConnector.News news) {
    Instant now = clock.instant();
    switch (news) {
      case ShopConnector.News.OrderTouched(String id) ->
          syncs.touch(shop.id(), SyncStore.Thing.order, id, now);
      case ShopConnector.News.ProductTouched(String id) ->
          syncs.touch(shop.id(), SyncStore.Thing.product, id, now);
      case ShopConnector.News.OrderTold(OrderState order) ->
          orders.take(shop, List.of(order), Orders.Said.TOLD);
      case ShopConnector.News.ProductTold(ProductState product) ->
          products.take(shop, List.of(product), Orders.Said.TOLD);
      case ShopConnector.News.OrderRemoved(String id) -> orders.removed(shop, Set.of(id));
      case ShopConnector.News.ProductRemoved(String id) -> products.removed(shop, Set.of(id));
      case ShopConnector.News.Uninstalled() ->
          store.failed(
              shop.id(),
              Shop.State.refused,
              "The connection was ended in the shop. Connect it anew to go on.",
              now);
    }
  }

  /**
   * Asks for what has been touched.
   *
   * @return whether there was anything
   */
  boolean touched(Shop shop) throws ShopTrouble {
    Instant now = clock.instant();
    List<SyncStore.Touched> due = syncs.due(shop.id(), SyncStore.Thing.order, now, ASKED_AT_ONCE);
    if (!due.isEmpty()) {
      List<String> ids = due.stream().map(SyncStore.Touched::externalId).toList();
      List<OrderState> found;
      try {
        found = shops.connector(shop).orders(shops.link(shop), ids);
      } catch (ShopTrouble e) {
        return putOff(shop, SyncStore.Thing.order, due, e);
      }
      Set<String> gone = missing(ids, found.stream().map(OrderState::externalId).toList());
      transaction.executeWithoutResult(status -> {
        orders.take(shop, found, new Orders.Said(now, true));
        orders.removed(shop, gone);
        syncs.asked(shop.id(), SyncStore.Thing.order, due);
      });
      return true;
    }
    return touchedProducts(shop, now);
  }

  /**
   * What the shop cannot be asked for, or answers without sense, holds up nothing else: it is asked
   * for again later, and after some tries no more.
   *
   * @throws ShopTrouble where it is not about these alone
   */
  private boolean putOff(
      Shop shop, SyncStore.Thing what, List<SyncStore.Touched> due, ShopTrouble trouble)
      throws ShopTrouble {
    if (trouble.kind() != ShopTrouble.Kind.invalid) {
      throw trouble;
    }
    Instant later = clock.instant().plus(ASKED_AGAIN);
    transaction.executeWithoutResult(status -> {
      syncs.asked(
          shop.id(), what, due.stream().filter(one -> one.attempts() >= MOST_TRIES).toList());
      due.forEach(one -> syncs.later(shop.id(), what, one, later, trouble.words()));
    });
    return true;
  }

  private boolean touchedProducts(Shop shop, Instant now) throws ShopTrouble {
    List<SyncStore.Touched> due = syncs.due(shop.id(), SyncStore.Thing.product, now, ASKED_AT_ONCE);
    if (due.isEmpty()) {
      return false;
    }
    List<String> ids = due.stream().map(SyncStore.Touched::externalId).toList();
    List<ProductState> found;
    try {
      found = shops.connector(shop).products(shops.link(shop), ids);
    } catch (ShopTrouble e) {
      return putOff(shop, SyncStore.Thing.product, due, e);
    }
    Set<String> gone = missing(ids, found.stream().map(ProductState::externalId).toList());
    transaction.executeWithoutResult(status -> {
      products.take(shop, found, new Orders.Said(now, true));
      products.removed(shop, gone);
      syncs.asked(shop.id(), SyncStore.Thing.product, due);
    });
    return true;
  }

  /** Asks for one order now, before somebody decides about it. */
  void refresh(Shop shop, String externalId) throws ShopTrouble {
    Instant asked = clock.instant();
    List<OrderState> found = shops.connector(shop).orders(shops.link(shop), List.of(externalId));
    transaction.executeWithoutResult(status -> {
      orders.take(shop, found, new Orders.Said(asked, true));
      if (found.isEmpty()) {
        orders.removed(shop, Set.of(externalId));
      }
    });
  }

  /**
   * Reads the next page of what has not been read yet.
   *
   * @return whether there was any
   */
  boolean page(Shop shop, SyncStore.What what) throws ShopTrouble {
    Optional<SyncStore.Place> place = syncs.place(shop.id(), what);
    if (place.isEmpty()) {
      return false;
    }
    Instant since = place.get().since();
    String cursor = place.get().cursor();
    Instant asked = clock.instant();
    // The first reading is history: nobody is told of it.
    Orders.Said said = new Orders.Said(asked, since != null);
    switch (what) {
      case orders -> {
        var batch = shops.connector(shop).orders(shops.link(shop), since, cursor);
        transaction.executeWithoutResult(status -> {
          int mended = orders.take(shop, batch.items(), said);
          syncs.moved(shop.id(), what, batch.next(), batch.items().size(), mended, clock.instant());
        });
      }
      case products -> {
        var batch = shops.connector(shop).products(shops.link(shop), since, cursor);
        transaction.executeWithoutResult(status -> {
          int mended = products.take(shop, batch.items(), said);
          syncs.moved(shop.id(), what, batch.next(), batch.items().size(), mended, clock.instant());
        });
      }
    }
    return true;
  }

  private static Set<String> missing(Collection<String> asked, Collection<String> found) {
    Set<String> missing = new HashSet<>(asked);
    missing.removeAll(new HashSet<>(found));
    return missing;
  }

  @Scheduled(fixedDelay = 3_600_000)
  void forget() {
    syncs.forgetHooks(clock.instant().minus(HOOKS_KEPT));
  }
}
