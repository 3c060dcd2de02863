package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** Somebody may sign in by another program's word from now on. */
public record IdentityProviderAdded(long identityProviderId) implements Fact {}
