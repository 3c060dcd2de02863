package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Fact;

public record TrustedSenderRemoved(long brandId, long trustedSenderId) implements Fact {}
