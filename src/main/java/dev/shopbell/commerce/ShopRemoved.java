package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Fact;

public record ShopRemoved(long brandId, long shopId) implements Fact {}
