package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** An agent gave up one of their own ways to sign in. */
public record SignInMethodRemoved(long agentId, SignInMethod method) implements Fact {}
