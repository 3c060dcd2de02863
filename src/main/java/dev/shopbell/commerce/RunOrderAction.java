package dev.shopbell.commerce;

import dev.shopbell.commerce.OrderAction.State;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Task;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does in the shop what was decided, once. Where the line breaks, or this node dies, nobody knows
 * whether it happened: then the shop is looked at, and only what certainly did not happen is asked
 * for again.
 */
@Component
class RunOrderAction implements Task {
  private static final int MOST_TRIES = 5;

  /** What did not happen by then is not asked for again. */
  private static final Duration GIVEN_UP = Duration.ofMinutes(15);

  /** After each look that told nothing; then a person has to. */
  private static final List<Duration> LOOKS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30));

  private final OrderActionStore store;
  private final Orders orders;
  private final Shops shops;
  private final OrderDesk desk;
  private final Facts facts;
  private final TransactionTemplate transaction;

  RunOrderAction(
      OrderActionStore store,
      Orders orders,
      Shops shops,
      OrderDesk desk,
      Facts facts,
      TransactionTemplate transaction) {
    this.store = store;
    this.orders = orders;
    this.shops = shops;
    this.desk = desk;
    this.facts = facts;
    this.transaction = transaction;
  }

  @Override
  public Done run(long id) {
    Optional<OrderActionStore.Running> begun =
        Objects.requireNonNull(transaction.execute(status -> begin(id)));
    if (begun.isEmpty()) {
      return new Done.Finished();
    }
    OrderActionStore.Running one = begun.get();
    Shop shop = shops.get(one.action().shopId());
    if (one.action().state() == State.running) {
      // Whoever was at it has died: what they sent may still be on its way.
      return again(one, State.unknown, 1, shops.connector(shop).settling());
    }
    boolean first = one.action().state() == State.asked;
    try {
      return settle(one, shop, first ? act(one, shop) : find(one, shop), first);
    } catch (ShopTrouble e) {
      return troubled(one, e, first);
    }
  }

  /** From here on it may have happened, until the shop says otherwise. */
  private Optional<OrderActionStore.Running> begin(long id) {
    Optional<OrderActionStore.Running> one =
        store.lock(id).filter(each -> each.action().state().isOpen());
    one.filter(each -> each.action().state() == State.asked)
        .ifPresent(each -> store.state(id, State.running, each.attempts() + 1));
    return one;
  }

  private Outcome act(OrderActionStore.Running one, Shop shop) throws ShopTrouble {
    ShopAction action = one.action().action();
    ShopConnector connector = shops.connector(shop);
    if (!shops.actions(shop).contains(action.kind())) {
      // The shop knows of no returns: it stands in the journal, and with us.
      return new Outcome.Done(null, null);
    }
    return connector.act(shops.link(shop), one.before(), action, one.key());
  }

  private Outcome find(OrderActionStore.Running one, Shop shop) throws ShopTrouble {
    ShopAction action = one.action().action();
    ShopConnector connector = shops.connector(shop);
    return shops.actions(shop).contains(action.kind())
        ? connector.find(shops.link(shop), one.before(), action, one.key())
        : new Outcome.Done(null, null);
  }

  private Done settle(OrderActionStore.Running one, Shop shop, Outcome outcome, boolean first) {
    return switch (outcome) {
      case Outcome.Done done -> {
        Long order = one.action().orderId();
        if (order != null) {
          desk.refresh(orders.get(order));
        }
        yield end(one, State.done, null, done.reference(), done.code());
      }
      case Outcome.Refused refused when first ->
          end(one, State.refused, refused.words(), null, null);
      // We have looked: it did not happen, so it can be asked for again.
      case Outcome.Refused refused ->
          one.action().askedAt().isBefore(desk.now().minus(GIVEN_UP))
              ? end(one, State.refused, refused.words(), null, null)
              : again(one, State.asked, 0, Duration.ofSeconds(1));
      case Outcome.Unknown _ when first ->
          again(one, State.unknown, 1, shops.connector(shop).settling());
      case Outcome.Unknown _ -> lookLater(one);
    };
  }

  private Done lookLater(OrderActionStore.Running one) {
    int looks = one.attempts();
    return looks > LOOKS.size()
        ? end(
            one,
            State.stuck,
            "The shop does not say whether this has happened. Look there before you do it again.",
            null,
            null)
        : again(one, State.unknown, looks + 1, LOOKS.get(looks - 1));
  }

  private Done troubled(OrderActionStore.Running one, ShopTrouble trouble, boolean first) {
    if (!first) {
      return lookLater(one);
    }
    Duration rest = trouble.retryAfter() == null ? Duration.ofSeconds(3) : trouble.retryAfter();
    return switch (trouble.kind()) {
      case unreachable, throttled ->
          one.attempts() + 1 >= MOST_TRIES
              ? end(one, State.refused, trouble.words(), null, null)
              : again(one, State.asked, one.attempts() + 1, rest);
      case refused, not_allowed, invalid -> end(one, State.refused, trouble.words(), null, null);
    };
  }

  private Done again(OrderActionStore.Running one, State state, int attempts, Duration pause) {
    transaction.executeWithoutResult(status -> store.state(one.action().id(), state, attempts));
    return new Done.Again(desk.now().plus(pause));
  }

  private Done end(
      OrderActionStore.Running one,
      State state,
      @Nullable String words,
      @Nullable String reference,
      @Nullable String code) {
    OrderAction action = one.action();
    transaction.executeWithoutResult(status -> {
      store.end(action.id(), state, words, reference, code, desk.now());
      facts.append(
          Actor.SYSTEM,
          new OrderActionEnded(
              shops.get(action.shopId()).brandId(),
              action.id(),
              action.orderId(),
              action.customerId(),
              state));
    });
    return new Done.Finished();
  }
}
