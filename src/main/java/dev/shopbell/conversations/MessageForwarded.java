package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** What was written here was sent to somebody else. */
public record MessageForwarded(long brandId, long conversationId, long messageId) implements Fact {}
