package dev.shopbell.conversations;

/**
 * A tag as it is looked after.
 *
 * @param color one of {@link Tags#COLORS}; older tags may have another
 * @param description what it is for; empty where nobody has said
 * @param archived it stays where it is, and is not offered for more
 */
public record TagEntry(long id, String name, String color, String description, boolean archived) {
  Tag tag() {
    return new Tag(id, name, color);
  }
}
