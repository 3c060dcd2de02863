package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record RecoveryCodeUsed(long agentId) implements Fact {}
