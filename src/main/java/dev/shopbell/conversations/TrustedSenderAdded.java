package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record TrustedSenderAdded(long brandId, long trustedSenderId) implements Fact {}
