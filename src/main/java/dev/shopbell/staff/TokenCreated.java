package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record TokenCreated(long tokenId) implements Fact {}
