package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record ViewRemoved(long viewId, boolean shared) implements Fact {}
