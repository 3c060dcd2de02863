package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** The other one points to the conversation from now on. */
public record ConversationsMerged(long brandId, long conversationId, long mergedId, long moveId)
    implements Fact {}
