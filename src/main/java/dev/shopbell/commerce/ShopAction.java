package dev.shopbell.commerce;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.shopbell.commerce.OrderState.LineQuantity;
import io.swagger.v3.oas.annotations.media.DiscriminatorMapping;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done in the shop. Amounts are in the smallest unit of the order's currency.
 * Kept in the journal as it was asked: a name that was released never changes.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ShopAction.Cancel.class, name = "cancel"),
  @JsonSubTypes.Type(value = ShopAction.Refund.class, name = "refund"),
  @JsonSubTypes.Type(value = ShopAction.ChangeAddress.class, name = "change_address"),
  @JsonSubTypes.Type(value = ShopAction.ChangeItems.class, name = "change_items"),
  @JsonSubTypes.Type(value = ShopAction.Return.class, name = "return"),
  @JsonSubTypes.Type(value = ShopAction.Exchange.class, name = "exchange"),
  @JsonSubTypes.Type(value = ShopAction.Resend.class, name = "resend"),
  @JsonSubTypes.Type(value = ShopAction.AddNote.class, name = "note"),
  @JsonSubTypes.Type(value = ShopAction.PlaceOrder.class, name = "place_order"),
  @JsonSubTypes.Type(value = ShopAction.DiscountCode.class, name = "discount_code"),
  @JsonSubTypes.Type(value = ShopAction.GiftCard.class, name = "gift_card")
})
@Schema(
    name = "ShopAction",
    discriminatorProperty = "kind",
    discriminatorMapping = {
      @DiscriminatorMapping(value = "cancel", schema = ShopAction.Cancel.class),
      @DiscriminatorMapping(value = "refund", schema = ShopAction.Refund.class),
      @DiscriminatorMapping(value = "change_address", schema = ShopAction.ChangeAddress.class),
      @DiscriminatorMapping(value = "change_items", schema = ShopAction.ChangeItems.class),
      @DiscriminatorMapping(value = "return", schema = ShopAction.Return.class),
      @DiscriminatorMapping(value = "exchange", schema = ShopAction.Exchange.class),
      @DiscriminatorMapping(value = "resend", schema = ShopAction.Resend.class),
      @DiscriminatorMapping(value = "note", schema = ShopAction.AddNote.class),
      @DiscriminatorMapping(value = "place_order", schema = ShopAction.PlaceOrder.class),
      @DiscriminatorMapping(value = "discount_code", schema = ShopAction.DiscountCode.class),
      @DiscriminatorMapping(value = "gift_card", schema = ShopAction.GiftCard.class)
    })
public sealed interface ShopAction {
  /** Its name in the API, in policies and in the journal. */
  default Kind kind() {
    return switch (this) {
      case Cancel _ -> Kind.cancel;
      case Refund _ -> Kind.refund;
      case ChangeAddress _ -> Kind.change_address;
      case ChangeItems _ -> Kind.change_items;
      case Return _ -> Kind.return_items;
      case Exchange _ -> Kind.exchange;
      case Resend _ -> Kind.resend;
      case AddNote _ -> Kind.note;
      case PlaceOrder _ -> Kind.place_order;
      case DiscountCode _ -> Kind.discount_code;
      case GiftCard _ -> Kind.gift_card;
    };
  }

  enum Kind {
    cancel,
    refund,
    change_address,
    change_items,
    return_items,
    exchange,
    resend,
    note,
    place_order,
    discount_code,
    gift_card
  }

  enum CancelReason {
    no_longer_needed,
    ordered_by_mistake,
    out_of_stock,
    payment,
    fraud,
    other
  }

  /** What is not yet sent is called off, and what was paid given back to how it was paid. */
  @Schema(name = "CancelAction")
  record Cancel(CancelReason reason, boolean restock) implements ShopAction {}

  enum RefundTo {
    original,
    store_credit,
    gift_card
  }

  /**
   * @param lines what it is for; empty where it is a sum without lines
   * @param shipping of the amount, for shipping
   * @param amount in all
   */
  @Schema(name = "RefundAction")
  record Refund(
      List<LineQuantity> lines,
      long shipping,
      long amount,
      RefundTo to,
      boolean restock,
      @Nullable String note)
      implements ShopAction {}

  @Schema(name = "ChangeAddressAction")
  record ChangeAddress(PostalAddress address) implements ShopAction {}

  /**
   * Before anything is sent.
   *
   * @param quantities what stands of lines afterwards: 0 takes a line out
   * @param swaps other variants of the same product
   */
  @Schema(name = "ChangeItemsAction")
  record ChangeItems(List<LineQuantity> quantities, List<Swap> swaps) implements ShopAction {}

  /** So many of a line for the same number of another variant. */
  record Swap(String lineId, int quantity, String variantId) {}

  @Schema(name = "ReturnAction")
  record Return(List<LineQuantity> lines, @Nullable String reason) implements ShopAction {}

  @Schema(name = "ExchangeAction")
  record Exchange(List<Swap> swaps, @Nullable String reason) implements ShopAction {}

  /** The same again for nothing: lost, broken or wrong. */
  @Schema(name = "ResendAction")
  record Resend(List<LineQuantity> lines, @Nullable PostalAddress address) implements ShopAction {}

  @Schema(name = "AddNoteAction")
  record AddNote(String text) implements ShopAction {}

  /**
   * @param email whose order it is
   * @param paid whether it counts as paid already; else the shop asks the customer to pay
   */
  @Schema(name = "PlaceOrderAction")
  record PlaceOrder(
      String email, List<Wanted> items, PostalAddress address, boolean paid, @Nullable String note)
      implements ShopAction {}

  record Wanted(String variantId, int quantity) {}

  /**
   * For one use.
   *
   * @param amount off; 0 where it is a share
   * @param percent off, 1 to 100; 0 where it is an amount
   */
  @Schema(name = "DiscountCodeAction")
  record DiscountCode(
      String code, String currency, long amount, int percent, @Nullable Instant until)
      implements ShopAction {}

  @Schema(name = "GiftCardAction")
  record GiftCard(String email, String currency, long amount, @Nullable String note)
      implements ShopAction {}
}
