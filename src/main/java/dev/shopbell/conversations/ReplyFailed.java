package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record ReplyFailed(long brandId, long conversationId, long messageId) implements Fact {}
