package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Fact;

public record ShopConnected(long brandId, long shopId) implements Fact {}
