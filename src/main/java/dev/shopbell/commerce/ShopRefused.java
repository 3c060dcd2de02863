package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Fact;

public record ShopRefused(long brandId, long shopId) implements Fact {}
