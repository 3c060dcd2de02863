package dev.shopbell.customers;

import dev.shopbell.platform.facts.Fact;

/** Written once for each of the two. */
public record DuplicateSuspected(long brandId, long customerId, long otherId) implements Fact {}
