package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/**
 * Somebody at the server made a link by which the agent chooses a password and loses the second
 * step.
 */
public record RescueLinkCreated(long agentId) implements Fact {}
