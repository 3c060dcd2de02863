package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record TokenRevoked(long tokenId) implements Fact {}
