package dev.shopbell.brands;

import dev.shopbell.platform.facts.Fact;

public record BrandChanged(long brandId) implements Fact {}
