package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** How it is asked, or whom it may let in, is another. */
public record IdentityProviderChanged(long identityProviderId) implements Fact {}
