package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record ReplyQueued(
    long brandId, long conversationId, long customerId, long messageId, String channel)
    implements Fact {}
