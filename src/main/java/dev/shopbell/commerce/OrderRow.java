package dev.shopbell.commerce;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as lists show it. Amounts are in the smallest unit of {@code currency}.
 *
 * @param changedAt by the shop's clock; whoever asks for an action says that they have seen this
 *     one
 * @param late whether a parcel should have arrived, or has not been heard of for days
 * @param items the first of its lines
 * @param itemCount how many lines there are
 */
public record OrderRow(
    long id,
    long shopId,
    @Nullable Long customerId,
    String number,
    Instant placedAt,
    Instant changedAt,
    String currency,
    long total,
    long refunded,
    PaymentState payment,
    FulfilmentState fulfilment,
    @Nullable Instant cancelledAt,
    @Nullable Instant removedAt,
    boolean late,
    List<Item> items,
    int itemCount,
    List<ParcelView> parcels) {

  @Schema(name = "OrderItem")
  public record Item(
      String title, @Nullable String variant, int quantity, @Nullable String imageUrl) {}
}
