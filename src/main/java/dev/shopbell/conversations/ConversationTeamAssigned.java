package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;
import org.jspecify.annotations.Nullable;

/** The conversation is another team's now, or no team's. */
public record ConversationTeamAssigned(
    long brandId, long conversationId, @Nullable Long from, @Nullable Long to) implements Fact {}
