package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record TeamRemoved(long teamId) implements Fact {}
