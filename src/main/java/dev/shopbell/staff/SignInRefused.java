package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;
import org.jspecify.annotations.Nullable;

/**
 * @param agentId null where the address is nobody's
 * @param by what they showed that was not good
 */
public record SignInRefused(@Nullable Long agentId, SignInMethod by) implements Fact {}
