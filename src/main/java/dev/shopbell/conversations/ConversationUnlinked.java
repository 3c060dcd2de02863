package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** Written once for each of the two. */
public record ConversationUnlinked(long brandId, long conversationId, long otherId)
    implements Fact {}
