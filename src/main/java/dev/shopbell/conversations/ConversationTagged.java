package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;
import java.util.List;

public record ConversationTagged(
    long brandId, long conversationId, List<Long> added, List<Long> removed) implements Fact {}
