package dev.shopbell.customers;

import dev.shopbell.platform.facts.Fact;

/** The customer stands for the other one from now on. */
public record CustomersMerged(long brandId, long customerId, long mergedId, long mergeId)
    implements Fact {}
