package dev.shopbell.commerce;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parcel as it is shown.
 *
 * @param movedAt the last that was heard of it
 * @param checkpoints newest first
 */
@Schema(name = "Parcel")
public record ParcelView(
    long id,
    ParcelState state,
    @Nullable String carrier,
    @Nullable String trackingNumber,
    @Nullable String trackingUrl,
    @Nullable Instant shippedAt,
    @Nullable Instant expectedAt,
    @Nullable Instant deliveredAt,
    Instant movedAt,
    List<OrderState.LineQuantity> lines,
    List<OrderState.Checkpoint> checkpoints) {}
