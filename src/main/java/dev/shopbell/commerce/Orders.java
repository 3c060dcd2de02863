package dev.shopbell.commerce;

import dev.shopbell.customers.Buyers;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The orders of all shops, as the shops tell them. */
@Service
public class Orders {
  private final OrderStore store;
  private final ParcelStore parcels;
  private final Buyers buyers;
  private final Facts facts;

  Orders(OrderStore store, ParcelStore parcels, Buyers buyers, Facts facts) {
    this.store = store;
    this.parcels = parcels;
    this.buyers = buyers;
    this.facts = facts;
  }

  /**
   * How we came to know it.
   *
   * @param askedAt when the shop was asked; null where it told us of itself
   * @param news whether it is news: whoever listens is told what changed
   */
  record Said(@Nullable Instant askedAt, boolean news) {
    static final Said TOLD = new Said(null, true);
  }

  /**
   * Takes orders as they are now. One that is older than what we know changes nothing, nor does one
   * that we know already.
   *
   * @return how many were not as we knew them
   */
  @Transactional(propagation = Propagation.MANDATORY)
  int take(Shop shop, List<OrderState> states, Said said) {
    if (states.isEmpty()) {
      return 0;
    }
    Map<String, OrderState> newest = new LinkedHashMap<>();
    for (OrderState state : states) {
      newest.merge(
          state.externalId(), state, (a, b) -> b.changedAt().isBefore(a.changedAt()) ? a : b);
    }
    Map<String, OrderStore.Known> known = store.lock(shop.id(), newest.keySet());
    List<OrderStore.Row> changed = new ArrayList<>();
    for (OrderState state : newest.values()) {
      OrderStore.Known before = known.get(state.externalId());
      OrderState kept = before != null && before.erased() ? Erased.of(state) : state;
      OrderStore.Row row = store.row(kept, said.askedAt());
      if (before == null || row.isNewsTo(before)) {
        changed.add(row);
      }
    }
    if (changed.isEmpty()) {
      return 0;
    }
    List<@Nullable Long> customers =
        buyers.customersOf(changed.stream().map(row -> buyer(shop, row.state())).toList());
    List<OrderStore.Written> written = store.write(shop, changed, customers, known);
    List<Fact> happened = new ArrayList<>(parcels.write(shop.brandId(), written));
    for (OrderStore.Written one : written) {
      happened.addAll(one.facts(shop.brandId()));
    }
    if (said.news()) {
      facts.append(Actor.SYSTEM, happened);
    }
    return written.size();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void removed(Shop shop, Collection<String> externalIds) {
    if (!externalIds.isEmpty()) {
      store
          .remove(shop.id(), externalIds)
          .forEach(one ->
              facts.append(
                  Actor.SYSTEM, new OrderChanged(shop.brandId(), one.id(), one.customerId())));
    }
  }

  /**
   * @throws Problem if there is none of that id
   */
  public Order get(long id) {
    return store.find(id).orElseThrow(() -> Problem.notFound("There is no order " + id + "."));
  }

  /**
   * The same, held until the end of the transaction.
   *
   * @throws Problem if there is none of that id
   */
  @Transactional(propagation = Propagation.MANDATORY)
  Order lock(long id) {
    return store
        .findLocked(id)
        .orElseThrow(() -> Problem.notFound("There is no order " + id + "."));
  }

  private static Buyers.Buyer buyer(Shop shop, OrderState state) {
    OrderState.Buyer buyer = state.buyer();
    String account = buyer.externalId();
    PostalAddress to = state.shipTo();
    String name = buyer.name() == null && to != null ? to.name() : buyer.name();
    return new Buyers.Buyer(
        shop.brandId(),
        account == null || account.isBlank() ? null : shop.id() + ":" + account,
        buyer.email(),
        buyer.phone(),
        name == null || name.isBlank() ? null : name.strip(),
        state.placedAt());
  }

  /** As it is looked up, however somebody writes it: {@code #1001-A} is {@code 1001a}. */
  static String numberKey(String number) {
    return number.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
