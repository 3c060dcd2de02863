package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/**
 * An agent has seen the conversation further than before.
 *
 * @param messageId the newest message that they have seen
 */
public record ConversationViewed(long brandId, long conversationId, long messageId)
    implements Fact {}
