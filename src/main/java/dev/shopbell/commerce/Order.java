package dev.shopbell.commerce;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as we know it.
 *
 * @param id ours; the shop's is {@code state.externalId}
 * @param customerId null where nobody is known who placed it
 * @param total what it costs in all, in the smallest unit of {@code state.currency}
 * @param refunded what was given back of it
 * @param removedAt since when the shop has it no more
 */
public record Order(
    long id,
    long shopId,
    long brandId,
    @Nullable Long customerId,
    long total,
    long refunded,
    @Nullable Instant removedAt,
    OrderState state) {}
