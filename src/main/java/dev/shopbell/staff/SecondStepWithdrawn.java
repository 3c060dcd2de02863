package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** Somebody took away a colleague's second step, so that they get in by password alone. */
public record SecondStepWithdrawn(long agentId) implements Fact {}
