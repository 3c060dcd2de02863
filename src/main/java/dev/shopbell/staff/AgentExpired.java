package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** The day has come that was set for the end of their access. */
public record AgentExpired(long agentId) implements Fact {}
