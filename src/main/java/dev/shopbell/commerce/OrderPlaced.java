package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Fact;
import org.jspecify.annotations.Nullable;

public record OrderPlaced(long brandId, long orderId, @Nullable Long customerId) implements Fact {}
