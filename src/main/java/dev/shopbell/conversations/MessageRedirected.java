package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** A mail was passed on as it came. */
public record MessageRedirected(long brandId, long conversationId, long messageId)
    implements Fact {}
