package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record ReplySent(long brandId, long conversationId, long messageId) implements Fact {}
