package dev.shopbell.commerce;

import dev.shopbell.commerce.OrderCase.Asker;
import dev.shopbell.commerce.OrderCase.Who;
import dev.shopbell.commerce.ShopAction.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether something may be done with an order: the one place that does, whoever asks. It
 * looks at what it is given and at nothing else. A refusal names the rule that it comes from.
 */
final class PolicyEngine {
  private PolicyEngine() {}

  /** What is decided. */
  sealed interface Decision {
    /**
     * @param amount what goes back to the customer, in the smallest unit of the order's currency
     */
    record Allowed(long amount) implements Decision {}

    /**
     * @param rule by which: its name in the docs
     * @param words for whoever asked
     */
    record Refused(String rule, String words) implements Decision {}
  }

  static Decision decide(OrderPolicy policy, OrderCase one, ShopAction action) {
    return refusal(policy, one, action)
        .<Decision>map(refused -> refused)
        .orElseGet(() -> new Decision.Allowed(amount(one, action)));
  }

  private static long amount(OrderCase one, ShopAction action) {
    return switch (action) {
      case ShopAction.Refund refund -> refund.amount();
      case ShopAction.Cancel _ -> one.state().payment() == PaymentState.pending ? 0 : one.left();
      case ShopAction.Resend resend -> one.worth(resend.lines());
      case ShopAction.DiscountCode code -> code.amount();
      case ShopAction.GiftCard card -> card.amount();
      default -> 0;
    };
  }

  private static Optional<Decision.Refused> refusal(
      OrderPolicy policy, OrderCase one, ShopAction action) {
    Optional<Decision.Refused> general = general(policy, one, action);
    if (general.isPresent()) {
      return general;
    }
    return switch (action) {
      case ShopAction.Cancel cancel -> cancel(policy, one, cancel);
      case ShopAction.Refund refund -> refund(policy, one, refund);
      case ShopAction.ChangeAddress change -> changeAddress(one, change);
      case ShopAction.ChangeItems change -> ItemRules.changeItems(policy, one, change);
      case ShopAction.Return back ->
          ItemRules.sendBack(policy, one, back.lines(), policy.returnDays(), "return");
      case ShopAction.Exchange exchange -> ItemRules.exchange(policy, one, exchange);
      case ShopAction.Resend resend -> ItemRules.resend(one, resend);
      case ShopAction.AddNote note ->
          note.text().isBlank() || note.text().length() > 2_000
              ? refused("note", "A note has 1 to 2,000 characters.")
              : Optional.empty();
      case ShopAction.PlaceOrder _, ShopAction.DiscountCode _, ShopAction.GiftCard _ ->
          Optional.empty();
    };
  }

  /** What holds for everything. */
  private static Optional<Decision.Refused> general(
      OrderPolicy policy, OrderCase one, ShopAction action) {
    Kind kind = action.kind();
    Who who = one.asker().who();
    if (!one.offered().contains(kind)) {
      return refused("offered", "This shop system cannot do that.");
    }
    if ((who == Who.shopper && !policy.shopperMay().contains(kind))
        || (who == Who.bot && !policy.botMay().contains(kind))) {
      return refused("actor", "Only a person of the shop may do that.");
    }
    Order order = one.order();
    if (order.removedAt() != null) {
      return refused("removed", "The shop has this order no more.");
    }
    if (kind == Kind.note) {
      return Optional.empty();
    }
    if (order.state().cancellation() != null) {
      return refused("cancelled", "This order is cancelled already.");
    }
    boolean changed = one.past().stream().anyMatch(ShopAction.ChangeItems.class::isInstance);
    boolean touches =
        EnumSet.of(Kind.cancel, Kind.change_address, Kind.change_items).contains(kind);
    return policy.itemChangesOnce() && changed && touches
        ? refused(
            "item_changes_once",
            "The items of this order were changed before: it can be neither changed nor cancelled any more.")
        : Optional.empty();
  }

  private static Optional<Decision.Refused> cancel(
      OrderPolicy policy, OrderCase one, ShopAction.Cancel cancel) {
    boolean anySent = one.isAnySent();
    boolean allSent = one.state().fulfilment() == FulfilmentState.fulfilled;
    boolean late =
        switch (policy.cancelUntil()) {
          case fulfilled -> allSent || one.isDelivered();
          case pending -> anySent;
          case never -> true;
        };
    if (late) {
      return refused(
          "cancel_until",
          policy.cancelUntil() == OrderPolicy.CancelUntil.never
              ? "Orders of this shop cannot be cancelled."
              : "This order has been sent: it can be sent back, but not cancelled any more.");
    }
    if (!policy.cancelReasons().contains(cancel.reason())) {
      return refused("cancel_reason", "This shop does not cancel orders for that reason.");
    }
    return mayGive(policy, one, amount(one, cancel));
  }

  private static Optional<Decision.Refused> refund(
      OrderPolicy policy, OrderCase one, ShopAction.Refund refund) {
    Order order = one.order();
    long left = order.total() - order.refunded();
    if (refund.amount() <= 0) {
      return refused("refund_amount", "Say how much is to be given back.");
    }
    if (order.state().payment() == PaymentState.pending
        || order.state().payment() == PaymentState.authorized
        || order.state().payment() == PaymentState.voided) {
      return refused("refund_paid", "This order is not paid: there is nothing to give back.");
    }
    if (refund.amount() > left) {
      return refused(
          "refund_amount",
          "Of this order "
              + new Money(left, order.state().currency())
              + " can be given back at most.");
    }
    if (refund.shipping() < 0 || refund.shipping() > refund.amount()) {
      return refused("refund_amount", "No more can be given back for shipping than in all.");
    }
    if (!policy.refundTo().contains(refund.to())) {
      return refused("refund_to", "This shop gives nothing back in that way.");
    }
    Optional<Decision.Refused> lines =
        ItemRules.quantities(
            one,
            refund.lines(),
            line -> line.quantity() - order.state().refunded(line),
            "refund_lines",
            "has been given back for already");
    if (lines.isPresent()) {
      return lines;
    }
    if (policy.refundDays() > 0
        && one.now().isAfter(order.state().placedAt().plus(Duration.ofDays(policy.refundDays())))) {
      return refused(
          "refund_days",
          "Money is given back within " + policy.refundDays() + " days of the order.");
    }
    boolean excluded =
        order.state().payments().stream()
            .anyMatch(payment -> holdsAny(payment.method(), policy.withoutPaymentMethods()));
    if (excluded && refund.to() == ShopAction.RefundTo.original) {
      return refused("payment_method", "What was paid in this way cannot be given back to it.");
    }
    return mayGive(policy, one, refund.amount());
  }

  private static Optional<Decision.Refused> mayGive(
      OrderPolicy policy, OrderCase one, long amount) {
    Asker asker = one.asker();
    Long most =
        switch (asker.who()) {
          case agent -> asker.role() == null ? null : policy.mostByRole().get(asker.role());
          case bot -> policy.mostByBot();
          case shopper -> null;
        };
    boolean decides = asker.who() != Who.bot || amount > 0;
    return most != null && decides && amount > most && !isFullCancel(one, amount)
        ? refused(
            "most_by_role",
            "More than "
                + new Money(most, one.state().currency())
                + " has to be given back by somebody who may.")
        : Optional.empty();
  }

  /** What was never sent goes back whole, whoever calls it off. */
  private static boolean isFullCancel(OrderCase one, long amount) {
    return !one.isAnySent() && amount == one.left() && one.asker().who() != Who.agent;
  }

  private static Optional<Decision.Refused> changeAddress(
      OrderCase one, ShopAction.ChangeAddress change) {
    if (one.isAnySent()) {
      return refused("change_until", "This order has been sent: its address stands.");
    }
    PostalAddress to = change.address();
    if (isBlank(to.line1()) || isBlank(to.city()) || isBlank(to.country())) {
      return refused("address", "An address needs a street, a city and a country.");
    }
    PostalAddress from = one.state().shipTo();
    return from != null && from.country() != null && !from.country().equalsIgnoreCase(to.country())
        ? refused(
            "address_country",
            "Shipping and taxes differ between countries: place a new order instead.")
        : Optional.empty();
  }

  static boolean holdsAny(@Nullable String text, List<String> words) {
    return text != null
        && words.stream()
            .anyMatch(
                word -> text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)));
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  static Optional<Decision.Refused> refused(String rule, String words) {
    return Optional.of(new Decision.Refused(rule, words));
  }
}
