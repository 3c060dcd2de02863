package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Fact;

public record OrderPolicyChanged(long brandId) implements Fact {}
