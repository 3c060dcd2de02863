package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record ConversationStatusChanged(long brandId, long conversationId, Status from, Status to)
    implements Fact {}
