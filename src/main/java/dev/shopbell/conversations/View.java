package dev.shopbell.conversations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A saved filter, as one agent has it before them.
 *
 * @param key what a list is asked for it by: the name of a built-in one, else the id
 * @param id null for those that everybody has from the start
 * @param icon an emoji
 * @param shared whether everybody has it
 * @param teams whose agents have it, where not everybody does
 * @param own whether the caller made it
 * @param changeable whether the caller may change it
 * @param hidden whether the caller has put it away, among “more”
 */
public record View(
    String key,
    @Nullable Long id,
    String name,
    @Nullable String icon,
    List<Condition> conditions,
    ViewSort sort,
    boolean shared,
    List<Long> teams,
    boolean own,
    boolean changeable,
    boolean hidden) {

  View placed(boolean hidden) {
    return new View(key, id, name, icon, conditions, sort, shared, teams, own, changeable, hidden);
  }
}
