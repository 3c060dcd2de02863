package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** An answer that the shop had given elsewhere, before, stands in the conversation now. */
public record ReplyImported(long brandId, long conversationId, long messageId) implements Fact {}
