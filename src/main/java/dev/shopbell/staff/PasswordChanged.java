package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** An agent chose another password, knowing the one before or by a link. */
public record PasswordChanged(long agentId) implements Fact {}
