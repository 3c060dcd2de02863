package dev.shopbell.conversations;

/**
 * @param color {@code #rrggbb}
 */
public record Tag(long id, String name, String color) {}
