package dev.shopbell.customers;

import dev.shopbell.platform.facts.Fact;

/** The other one stands for itself again. */
public record CustomerMergeUndone(long brandId, long customerId, long mergedId, long mergeId)
    implements Fact {}
