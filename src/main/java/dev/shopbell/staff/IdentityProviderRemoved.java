package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** Nobody is let in by its word any more. */
public record IdentityProviderRemoved(long identityProviderId) implements Fact {}
