package dev.shopbell.brands;

import dev.shopbell.platform.facts.Fact;

public record BrandCreated(long brandId) implements Fact {}
