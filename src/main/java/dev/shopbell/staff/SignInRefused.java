package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;
import org.jspecify.annotations.Nullable;

/**
 * @param agentId null where the address is nobody's
 */
public record SignInRefused(@Nullable Long agentId) implements Fact {}
