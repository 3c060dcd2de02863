package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record AgentJoined(long agentId) implements Fact {}
