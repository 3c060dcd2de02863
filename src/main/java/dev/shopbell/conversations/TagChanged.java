package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** A tag has another name, colour or description, or was archived or brought back. */
public record TagChanged(long tagId) implements Fact {}
