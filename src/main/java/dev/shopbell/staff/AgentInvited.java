package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record AgentInvited(long agentId) implements Fact {}
