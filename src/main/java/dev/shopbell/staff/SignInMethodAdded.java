package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** An agent set up one of their own ways to sign in. */
public record SignInMethodAdded(long agentId, SignInMethod method) implements Fact {}
