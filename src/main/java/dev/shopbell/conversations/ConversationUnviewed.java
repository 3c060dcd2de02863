package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/**
 * An agent wants to see the conversation as unread again.
 *
 * @param messageId the newest message that still counts as seen; 0 for none
 */
public record ConversationUnviewed(long brandId, long conversationId, long messageId)
    implements Fact {}
