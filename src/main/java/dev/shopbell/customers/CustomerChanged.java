package dev.shopbell.customers;

import dev.shopbell.platform.facts.Fact;

public record CustomerChanged(long brandId, long customerId) implements Fact {}
