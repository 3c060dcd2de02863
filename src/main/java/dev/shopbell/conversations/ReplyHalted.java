package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** Somebody wrote before a scheduled answer left, so it waits for an agent. */
public record ReplyHalted(long brandId, long conversationId, long messageId) implements Fact {}
