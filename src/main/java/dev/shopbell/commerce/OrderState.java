package dev.shopbell.commerce;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All of an order as its shop tells it, at one moment. All amounts are in the smallest unit of the
 * currency that the customer pays in. The total is what the lines, charges and taxes add up to,
 * always: {@link #balanced}.
 *
 * @param externalId as the shop's API names it
 * @param number as customers know it: {@code #1001}
 * @param changedAt by the shop's clock: of two states of an order the later one is the truth
 * @param currency by ISO 4217
 * @param charges what is not a line: shipping, fees, tips, what a shop's own total has besides
 * @param parcels as far as the shop knows: a carrier may know more
 * @param note as the customer or the shop wrote it on the order
 * @param test placed to try the shop out
 * @param attributes anything else that the shop wants seen: name and value
 */
public record OrderState(
    String externalId,
    String number,
    Instant placedAt,
    Instant changedAt,
    String currency,
    Buyer buyer,
    PaymentState payment,
    FulfilmentState fulfilment,
    @Nullable Cancellation cancellation,
    List<Line> lines,
    List<Charge> charges,
    List<Tax> taxes,
    List<Payment> payments,
    List<Refund> refunds,
    List<Parcel> parcels,
    List<String> discountCodes,
    @Nullable PostalAddress shipTo,
    @Nullable PostalAddress billTo,
    @Nullable String note,
    boolean test,
    Map<String, String> attributes) {

  /**
   * @param externalId of the customer's account in the shop; null for a guest
   * @param locale as {@code de-DE}, where the shop knows in which language they bought
   */
  @Schema(name = "OrderBuyer")
  public record Buyer(
      @Nullable String externalId,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String name,
      @Nullable String locale) {}

  /**
   * @param quantity that stands: without what was taken out of the order since, with what was sent
   *     back
   * @param unitPrice of one, before discounts
   * @param discount of all of the line together
   * @param imageUrl shown through our own server only
   * @param options what was chosen: {@code Size} → {@code M}
   */
  @Schema(name = "OrderLine")
  public record Line(
      String externalId,
      @Nullable String productId,
      @Nullable String variantId,
      @Nullable String sku,
      String title,
      @Nullable String variant,
      int quantity,
      long unitPrice,
      long discount,
      boolean shipped,
      @Nullable String imageUrl,
      Map<String, String> options) {
    public long total() {
      return unitPrice * quantity - discount;
    }
  }

  public enum ChargeKind {
    shipping,
    fee,
    tip,
    duty,
    /** A discount that belongs to no line: below zero. */
    discount,
    /** By what the shop's own total differs: rounding, or what we do not know of. */
    adjustment
  }

  /**
   * @param title as the shop names it: {@code DHL Express}
   * @param amount after discounts on it
   */
  @Schema(name = "OrderCharge")
  public record Charge(ChargeKind kind, String title, long amount) {}

  /**
   * @param included whether prices hold it already: then it adds nothing to the total
   */
  @Schema(name = "OrderTax")
  public record Tax(String title, long amount, boolean included) {}

  public enum PaymentKind {
    authorization,
    capture,
    failed,
    voided
  }

  /**
   * @param method in words, masked: {@code Visa •••• 4242}
   */
  @Schema(name = "OrderPayment")
  public record Payment(
      @Nullable String externalId, PaymentKind kind, String method, long amount, Instant at) {}

  /**
   * @param amount that was given back in all
   * @param shipping of it, for shipping
   * @param lines what was given back for, where the shop says so
   */
  @Schema(name = "OrderRefund")
  public record Refund(
      String externalId,
      long amount,
      long shipping,
      Instant at,
      @Nullable String reason,
      List<LineQuantity> lines) {}

  /** So many of a line of the order, by the line's external id. */
  public record LineQuantity(String lineId, int quantity) {}

  /**
   * @param externalId of the shop's fulfilment
   * @param trackingUrl the carrier's page; shown as a link only
   * @param expectedAt when it was promised to arrive, by whoever knows best
   */
  @Schema(name = "OrderParcel")
  public record Parcel(
      String externalId,
      ParcelState state,
      @Nullable String carrier,
      @Nullable String trackingNumber,
      @Nullable String trackingUrl,
      @Nullable Instant shippedAt,
      @Nullable Instant expectedAt,
      @Nullable Instant deliveredAt,
      List<LineQuantity> lines,
      List<Checkpoint> checkpoints) {}

  /**
   * @param words as the carrier says it
   * @param place as the carrier names it
   */
  @Schema(name = "ParcelCheckpoint")
  public record Checkpoint(
      Instant at, ParcelState state, @Nullable String words, @Nullable String place) {}

  /**
   * @param reason as the shop names it
   */
  @Schema(name = "OrderCancellation")
  public record Cancellation(Instant at, @Nullable String reason) {}

  /** What lines, charges and taxes add up to. */
  public long total() {
    long total = 0;
    for (Line line : lines) {
      total += line.total();
    }
    for (Charge charge : charges) {
      total += charge.amount();
    }
    for (Tax tax : taxes) {
      total += tax.included() ? 0 : tax.amount();
    }
    return total;
  }

  /** All that was given back. */
  public long refunded() {
    return refunds.stream().mapToLong(Refund::amount).sum();
  }

  /**
   * The same with a charge more where the shop's own total is another, so that no difference is
   * hidden.
   */
  public OrderState balanced(long stated) {
    long difference = stated - total();
    if (difference == 0) {
      return this;
    }
    List<Charge> all = new ArrayList<>(charges);
    all.add(new Charge(ChargeKind.adjustment, "", difference));
    return new OrderState(
        externalId,
        number,
        placedAt,
        changedAt,
        currency,
        buyer,
        payment,
        fulfilment,
        cancellation,
        lines,
        List.copyOf(all),
        taxes,
        payments,
        refunds,
        parcels,
        discountCodes,
        shipTo,
        billTo,
        note,
        test,
        attributes);
  }

  /** How many of a line have left in parcels that were not called off. */
  public int sent(Line line) {
    return parcels.stream()
        .filter(parcel -> parcel.state() != ParcelState.cancelled)
        .flatMap(parcel -> parcel.lines().stream())
        .filter(one -> one.lineId().equals(line.externalId()))
        .mapToInt(LineQuantity::quantity)
        .sum();
  }

  /** How many of a line money was given back for. */
  public int refunded(Line line) {
    return refunds.stream()
        .flatMap(refund -> refund.lines().stream())
        .filter(one -> one.lineId().equals(line.externalId()))
        .mapToInt(LineQuantity::quantity)
        .sum();
  }
}
