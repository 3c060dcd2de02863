package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** Messages were taken out into a new one. */
public record ConversationSplit(long brandId, long conversationId, long newId, long moveId)
    implements Fact {}
