package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** A colleague made a link by which the agent chooses a new password. */
public record PasswordLinkCreated(long agentId) implements Fact {}
