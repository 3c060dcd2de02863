package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record AgentChanged(long agentId) implements Fact {}
