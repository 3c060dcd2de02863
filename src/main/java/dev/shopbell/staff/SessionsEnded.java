package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** Somebody ended sessions of this agent: the agent themselves, or whoever may. */
public record SessionsEnded(long agentId) implements Fact {}
