package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** An answer was written that leaves later; {@link ReplyQueued} tells when it does. */
public record ReplyScheduled(
    long brandId, long conversationId, long customerId, long messageId, String channel)
    implements Fact {}
