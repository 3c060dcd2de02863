package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;
import java.util.List;

/**
 * @param fields the keys of those whose values are others now
 */
public record ConversationFieldsChanged(long brandId, long conversationId, List<String> fields)
    implements Fact {}
