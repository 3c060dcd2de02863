package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** A tag was made, by name or by being put on a conversation. */
public record TagCreated(long tagId) implements Fact {}
