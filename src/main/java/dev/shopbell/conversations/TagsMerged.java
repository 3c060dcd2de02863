package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** Whatever bore the one tag bears the other from now on. */
public record TagsMerged(long tagId, long intoId) implements Fact {}
