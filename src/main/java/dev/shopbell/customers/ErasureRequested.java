package dev.shopbell.customers;

import dev.shopbell.platform.facts.Fact;

public record ErasureRequested(long brandId, long customerId) implements Fact {}
