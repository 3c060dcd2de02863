package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** A view was made, changed, or taken back from the bin. */
public record ViewSaved(long viewId, boolean shared) implements Fact {}
