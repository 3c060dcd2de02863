package dev.shopbell.exchange;

import dev.shopbell.platform.facts.Fact;

public record DemoLoaded(long brandId) implements Fact {}
