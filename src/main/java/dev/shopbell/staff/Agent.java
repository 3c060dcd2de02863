package dev.shopbell.staff;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Someone who answers customers.
 *
 * @param joined whether they have chosen a password yet
 */
public record Agent(
    long id,
    String name,
    String email,
    @Nullable String title,
    Role role,
    boolean active,
    boolean demo,
    Instant createdAt,
    @Nullable Instant lastSeenAt,
    boolean joined) {}
