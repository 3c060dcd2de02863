package dev.shopbell.exchange;

import dev.shopbell.platform.facts.Fact;

public record DemoRemoved(long brandId) implements Fact {}
