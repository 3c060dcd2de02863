package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record TeamCreated(long teamId) implements Fact {}
