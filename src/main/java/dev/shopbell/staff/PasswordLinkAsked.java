package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked for a new password by mail.
 *
 * @param agentId null where the address is nobody's
 */
public record PasswordLinkAsked(@Nullable Long agentId) implements Fact {}
