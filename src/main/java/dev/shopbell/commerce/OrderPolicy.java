package dev.shopbell.commerce;

import dev.shopbell.commerce.ShopAction.CancelReason;
import dev.shopbell.commerce.ShopAction.RefundTo;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may be done with the orders of a brand: data that its owner edits. {@link PolicyEngine}
 * reads it. Days are counted from the delivery, or from the order where that is not known.
 *
 * @param cancelUntil up to when an order can be called off
 * @param cancelReasons for which ones
 * @param returnDays within which delivered items can be sent back; 0 for never
 * @param exchangeDays within which delivered items can be exchanged; 0 for never
 * @param refundTo where money goes back to
 * @param refundDays within which money is given back, counted from the order; 0 for always
 * @param mostByRole what somebody of this role may give back of one order, in the smallest unit of
 *     its currency; roles that are missing have no limit of their own
 * @param mostByBot the same for the bot; it gives back nothing at 0
 * @param giftCardCoversDifference whether a dearer variant needs a gift card whose balance covers
 *     the difference
 * @param oneReturnOrExchange whether an order has one return or exchange only
 * @param itemChangesOnce whether items are changed once only, and nothing is called off or changed
 *     after it
 * @param shopperMay what shoppers do themselves
 * @param botMay what the bot does
 * @param withoutPaymentMethods payments whose method holds one of these words are given back by
 *     nobody: {@code cash on delivery}
 * @param withoutCountries orders sent there are neither returned nor exchanged, by ISO 3166-1
 * @param finalSale items whose sku or title holds one of these words are neither returned nor
 *     exchanged
 */
public record OrderPolicy(
    Preset preset,
    CancelUntil cancelUntil,
    Set<CancelReason> cancelReasons,
    int returnDays,
    int exchangeDays,
    Set<RefundTo> refundTo,
    int refundDays,
    Map<String, Long> mostByRole,
    long mostByBot,
    boolean giftCardCoversDifference,
    boolean oneReturnOrExchange,
    boolean itemChangesOnce,
    Set<ShopAction.Kind> shopperMay,
    Set<ShopAction.Kind> botMay,
    List<String> withoutPaymentMethods,
    List<String> withoutCountries,
    List<String> finalSale) {

  public enum Preset {
    standard,
    strict,
    own
  }

  public enum CancelUntil {
    /** As long as not all of it has been sent. */
    fulfilled,
    /** As long as none of it has been sent. */
    pending,
    never
  }

  /** Until an owner says otherwise; the days are those of FEATURES, "Defaults on day one". */
  public static final OrderPolicy STANDARD =
      new OrderPolicy(
          Preset.standard,
          CancelUntil.fulfilled,
          EnumSet.allOf(CancelReason.class),
          30,
          30,
          EnumSet.of(RefundTo.original, RefundTo.store_credit),
          0,
          Map.of("guest", 0L),
          0,
          false,
          false,
          false,
          EnumSet.of(
              ShopAction.Kind.cancel,
              ShopAction.Kind.change_address,
              ShopAction.Kind.return_items,
              ShopAction.Kind.exchange),
          EnumSet.of(
              ShopAction.Kind.cancel,
              ShopAction.Kind.change_address,
              ShopAction.Kind.change_items,
              ShopAction.Kind.return_items,
              ShopAction.Kind.exchange,
              ShopAction.Kind.note),
          List.of(),
          List.of(),
          List.of());

  public static final OrderPolicy STRICT =
      new OrderPolicy(
          Preset.strict,
          CancelUntil.pending,
          EnumSet.of(CancelReason.no_longer_needed, CancelReason.ordered_by_mistake),
          30,
          30,
          EnumSet.of(RefundTo.original, RefundTo.gift_card),
          0,
          Map.of("guest", 0L),
          0,
          true,
          true,
          true,
          STANDARD.shopperMay(),
          STANDARD.botMay(),
          List.of(),
          List.of(),
          List.of());
}
