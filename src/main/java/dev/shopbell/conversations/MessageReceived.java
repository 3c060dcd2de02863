package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/**
 * @param imported whether it was there before we were: news to nobody
 */
public record MessageReceived(
    long brandId,
    long conversationId,
    long customerId,
    long messageId,
    String channel,
    MessageKind kind,
    boolean imported)
    implements Fact {}
