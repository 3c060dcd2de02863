package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record ConversationReopened(long brandId, long conversationId, long customerId)
    implements Fact {}
