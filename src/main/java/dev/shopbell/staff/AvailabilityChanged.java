package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.live.AgentPresence;

public record AvailabilityChanged(long agentId, AgentPresence.State availability) implements Fact {}
