package dev.shopbell.customers;

import dev.shopbell.platform.facts.Fact;

/** An identity is another customer's from now on, with what came by it. */
public record IdentitySeparated(long brandId, long customerId, long newCustomerId)
    implements Fact {}
