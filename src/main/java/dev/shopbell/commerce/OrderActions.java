package dev.shopbell.commerce;

import dev.shopbell.commerce.OrderCase.Asker;
import dev.shopbell.commerce.PolicyEngine.Decision;
import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.platform.web.Problem;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is done with orders, by whoever it is asked: decided by the policy, done by {@link
 * RunOrderAction}.
 */
@Service
public class OrderActions {
  private static final int LONGEST_REASON = 1_000;

  private final Orders orders;
  private final OrderDesk desk;
  private final OrderActionStore store;
  private final OrderPolicies policies;
  private final Facts facts;
  private final Tasks tasks;
  private final TransactionTemplate transaction;

  OrderActions(
      Orders orders,
      OrderDesk desk,
      OrderActionStore store,
      OrderPolicies policies,
      Facts facts,
      Tasks tasks,
      TransactionTemplate transaction) {
    this.orders = orders;
    this.desk = desk;
    this.store = store;
    this.policies = policies;
    this.facts = facts;
    this.tasks = tasks;
    this.transaction = transaction;
  }

  /** Whether it would be done, and what would go back to the customer. */
  Decision check(Asker asker, long orderId, ShopAction action) {
    Order order = orders.get(orderId);
    return PolicyEngine.decide(
        policies.of(order.brandId()), desk.look(asker, order, store.past(orderId)), action);
  }

  /**
   * @param seenAt {@code changedAt} of the order as whoever asks has seen it
   * @param key by which a repeat is known; null where there is none
   */
  record Request(
      ShopAction action,
      @Nullable String reason,
      @Nullable Long conversationId,
      Instant seenAt,
      @Nullable String key) {}

  /**
   * Decides, and has it done. The shop is asked first how the order is now.
   *
   * @throws Problem if the policy refuses it, or the order is not any more as it was seen
   */
  OrderAction ask(Actor actor, Asker asker, long orderId, Request request) {
    if (request.reason() != null && request.reason().length() > LONGEST_REASON) {
      throw Problem.invalid("reason", "A reason has " + LONGEST_REASON + " characters at most.");
    }
    desk.refresh(orders.get(orderId));
    String key = request.key() == null ? SecretKey.randomToken(160) : request.key();
    try {
      return Objects.requireNonNull(
          transaction.execute(status -> stage(actor, asker, orderId, request, key)));
    } catch (DuplicateKeyException e) {
      throw Problem.conflict("Something else is being done with this order at this moment.");
    }
  }

  private OrderAction stage(Actor actor, Asker asker, long orderId, Request request, String key) {
    Order order = orders.lock(orderId);
    if (store.isOpen(orderId)) {
      throw Problem.conflict("Something else is being done with this order at this moment.");
    }
    if (!order.state().changedAt().equals(request.seenAt())) {
      throw Problem.conflict(
          "seenAt", "The order has changed since you looked: look again, then decide.");
    }
    Decision decision =
        PolicyEngine.decide(
            policies.of(order.brandId()),
            desk.look(asker, order, store.past(orderId)),
            request.action());
    return switch (decision) {
      case Decision.Refused refused ->
          throw Problem.conflict("policy:" + refused.rule(), refused.words());
      case Decision.Allowed allowed -> {
        OrderActionStore.Asked asked =
            new OrderActionStore.Asked(
                desk.shop(order),
                order,
                order.customerId(),
                request.conversationId(),
                request.action(),
                request.reason(),
                allowed.amount(),
                order.state().currency());
        long id = store.insert(asked, actor, key, desk.now());
        facts.append(actor, new OrderActionAsked(order.brandId(), id, orderId, order.customerId()));
        tasks.schedule(RunOrderAction.class, id, desk.now());
        yield store.find(id).orElseThrow();
      }
    };
  }

  /**
   * @throws Problem if there is none of that id
   */
  OrderAction get(long id) {
    return store
        .find(id)
        .orElseThrow(() -> Problem.notFound("There is no order action " + id + "."));
  }

  /** What the customer is to be told of it: a discount code, a gift card; null for none. */
  @Nullable String code(long id) {
    return store.code(id).orElse(null);
  }
}
