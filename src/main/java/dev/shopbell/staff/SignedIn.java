package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record SignedIn(long agentId) implements Fact {}
