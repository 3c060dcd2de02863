package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Fact;

public record ShopChanged(long brandId, long shopId) implements Fact {}
