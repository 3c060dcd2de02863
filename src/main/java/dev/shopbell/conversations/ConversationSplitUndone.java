package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** All messages of the new one are back. */
public record ConversationSplitUndone(long brandId, long conversationId, long newId, long moveId)
    implements Fact {}
