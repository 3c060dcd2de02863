package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record ConversationSubjectChanged(long brandId, long conversationId) implements Fact {}
