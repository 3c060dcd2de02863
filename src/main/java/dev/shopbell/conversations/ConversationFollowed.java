package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** Somebody wants to hear of what happens here. */
public record ConversationFollowed(long brandId, long conversationId, long agentId)
    implements Fact {}
