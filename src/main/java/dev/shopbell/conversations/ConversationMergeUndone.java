package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** The other one stands for itself again. */
public record ConversationMergeUndone(long brandId, long conversationId, long mergedId, long moveId)
    implements Fact {}
