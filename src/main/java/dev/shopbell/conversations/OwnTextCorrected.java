package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** Somebody said which part of a message is its sender's own. */
public record OwnTextCorrected(long brandId, long conversationId, long messageId) implements Fact {}
