package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record ConversationPriorityChanged(
    long brandId, long conversationId, Priority from, Priority to) implements Fact {}
