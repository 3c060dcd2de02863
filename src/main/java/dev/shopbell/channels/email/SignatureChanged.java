package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.Fact;
import org.jspecify.annotations.Nullable;

/**
 * @param agentId whose own lines they are; null for the brand's
 */
public record SignatureChanged(long brandId, @Nullable Long agentId) implements Fact {}
