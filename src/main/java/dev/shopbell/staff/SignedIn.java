package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/**
 * @param by what they showed last
 */
public record SignedIn(long agentId, SignInMethod by) implements Fact {}
