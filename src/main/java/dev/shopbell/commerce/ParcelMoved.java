package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Fact;
import org.jspecify.annotations.Nullable;

public record ParcelMoved(long brandId, long orderId, long parcelId, @Nullable Long customerId)
    implements Fact {}
