package dev.shopbell.customers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param address the identity that lists show: the first known
 * @param demo never mailed
 */
public record Customer(
    long id,
    long brandId,
    @Nullable String name,
    @Nullable String address,
    boolean demo,
    Instant createdAt) {}
