package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

/** An agent signed in by a browser that they had not used before, though they had used others. */
public record NewDeviceUsed(long agentId, long deviceId) implements Fact {}
