package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** A tag that nothing bore is gone. */
public record TagRemoved(long tagId) implements Fact {}
