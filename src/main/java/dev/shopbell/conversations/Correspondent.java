package dev.shopbell.conversations;

import org.jspecify.annotations.Nullable;

/** A name and an address as a message bears them. */
public record Correspondent(@Nullable String name, @Nullable String address) {}
