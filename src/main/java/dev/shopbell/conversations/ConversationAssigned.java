package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;
import org.jspecify.annotations.Nullable;

public record ConversationAssigned(
    long brandId, long conversationId, @Nullable Long from, @Nullable Long to) implements Fact {}
