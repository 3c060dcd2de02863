package dev.shopbell.customers;

import dev.shopbell.platform.facts.Fact;

public record PersonErased(long brandId, long customerId) implements Fact {}
