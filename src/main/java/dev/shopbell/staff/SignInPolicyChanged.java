package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** Who has to have a second step. */
public record SignInPolicyChanged() implements Fact {}
