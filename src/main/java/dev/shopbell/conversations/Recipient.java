package dev.shopbell.conversations;

import org.jspecify.annotations.Nullable;

/**
 * @param kind {@code to}, {@code cc}, {@code bcc}, or {@code reply-to}: where an inbound message
 *     asks to be answered, if that is not where it came from
 */
public record Recipient(String kind, @Nullable String name, @Nullable String address) {}
