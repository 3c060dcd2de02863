package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** In somebody else's conversation: its words, or who else had it. */
public record MessageErased(long brandId, long conversationId, long messageId) implements Fact {}
