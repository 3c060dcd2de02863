package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record TeamChanged(long teamId) implements Fact {}
