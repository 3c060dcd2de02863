package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

/** An agent said in which language the customer writes. */
public record ConversationLanguageChanged(long brandId, long conversationId) implements Fact {}
