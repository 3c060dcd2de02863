package dev.shopbell.commerce;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What has to be known of an order before anything is done with it. */
@Component
class OrderDesk {
  private final Shops shops;
  private final ShopReader reader;
  private final SyncStore syncs;
  private final ParcelStore parcels;
  private final Products products;
  private final Clock clock;

  OrderDesk(
      Shops shops,
      ShopReader reader,
      SyncStore syncs,
      ParcelStore parcels,
      Products products,
      Clock clock) {
    this.shops = shops;
    this.reader = reader;
    this.syncs = syncs;
    this.parcels = parcels;
    this.products = products;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  Shop shop(Order order) {
    return shops.get(order.shopId());
  }

  /** Asks the shop how the order is. One that does not answer now is asked again by itself. */
  void refresh(Order order) {
    Shop shop = shop(order);
    try {
      reader.refresh(shop, order.state().externalId());
    } catch (ShopTrouble e) {
      // A shop that only tells cannot be asked.
      if (e.kind() != ShopTrouble.Kind.invalid) {
        syncs.touch(shop.id(), SyncStore.Thing.order, order.state().externalId(), now());
      }
    }
  }

  OrderCase look(OrderCase.Asker asker, Order order, List<ShopAction> past) {
    Map<String, ProductState> known = new HashMap<>();
    products
        .find(
            order.shopId(),
            order.state().lines().stream()
                .map(OrderState.Line::productId)
                .filter(Objects::nonNull)
                .toList())
        .forEach(product -> known.put(product.externalId(), product));
    return new OrderCase(
        asker,
        order,
        parcels.of(List.of(order.id())).getOrDefault(order.id(), List.of()),
        past,
        offered(shop(order)),
        known,
        null,
        now());
  }

  /** A return is kept by us where the shop knows of none. */
  Set<ShopAction.Kind> offered(Shop shop) {
    Set<ShopAction.Kind> offered = shops.actions(shop);
    offered.add(ShopAction.Kind.return_items);
    return offered;
  }
}
