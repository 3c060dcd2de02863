package dev.shopbell.customers;

import dev.shopbell.platform.facts.Fact;

public record PersonExported(long brandId, long customerId) implements Fact {}
