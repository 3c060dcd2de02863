package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Fact;

public record ProductChanged(long brandId, long productId) implements Fact {}
