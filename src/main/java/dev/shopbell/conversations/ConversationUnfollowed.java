package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record ConversationUnfollowed(long brandId, long conversationId, long agentId)
    implements Fact {}
