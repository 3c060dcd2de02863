package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record MessageReceived(
    long brandId,
    long conversationId,
    long customerId,
    long messageId,
    String channel,
    MessageKind kind)
    implements Fact {}
