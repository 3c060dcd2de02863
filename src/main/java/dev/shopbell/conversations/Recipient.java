package dev.shopbell.conversations;

import org.jspecify.annotations.Nullable;

/**
 * @param kind {@code to} or {@code cc}
 */
public record Recipient(String kind, @Nullable String name, @Nullable String address) {}
