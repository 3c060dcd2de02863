package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Fact;
import org.jspecify.annotations.Nullable;

public record OrderActionAsked(
    long brandId, long actionId, @Nullable Long orderId, @Nullable Long customerId)
    implements Fact {}
