package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.ShopTrouble;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where to go on in a list that is in the order of the last change. Pages by number would pass over
 * entries, since whatever changes meanwhile moves to the end and all others up. So we go on from
 * the second of the last entry, behind those of that second that we have; if the last one is not
 * where it was, that second is read again.
 *
 * @param since from this second on
 * @param offset how many of them to pass over
 * @param last the id of the entry that stands first then; empty if that is not to be checked
 */
record WooCursor(Instant since, long offset, String last) {
  static @Nullable WooCursor of(@Nullable Instant since, @Nullable String cursor)
      throws ShopTrouble {
    if (cursor == null) {
      return since == null ? null : new WooCursor(since, 0, "");
    }
    String[] parts = cursor.split(",", -1);
    try {
      return new WooCursor(Instant.parse(parts[0]), Long.parseLong(parts[1]), parts[2]);
    } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, "Unknown place in the list.");
    }
  }

  /** The filter of the API, which leaves out the second that it is given. */
  static String query(@Nullable WooCursor cursor, int size) {
    String query = "orderby=modified&order=asc&dates_are_gmt=true&per_page=" + size;
    return cursor == null
        ? query
        : query
            + "&modified_after="
            + WooJson.written(cursor.since.minusSeconds(1))
            + "&offset="
            + cursor.offset;
  }

  /**
   * @param fresh what was not read before
   * @param next null at the end
   */
  record Step(List<JsonNode> fresh, @Nullable WooCursor next) {}

  static Step step(@Nullable WooCursor cursor, WooWire.Page page, int size) {
    List<JsonNode> items = page.items();
    boolean checked = false;
    long offset = 0;
    if (cursor != null) {
      offset = cursor.offset;
      checked = !cursor.last.isEmpty();
      boolean there = !items.isEmpty() && WooJson.id(items.getFirst(), "id").equals(cursor.last);
      if (checked && !there) {
        return new Step(List.of(), new WooCursor(cursor.since, 0, ""));
      }
    }
    boolean end =
        page.total() < 0
            ? items.size() < size
            : offset + Math.max(items.size(), size) >= page.total();
    List<JsonNode> fresh = checked ? items.subList(1, items.size()) : items;
    return new Step(List.copyOf(fresh), end ? null : behind(cursor, items, offset, size));
  }

  private static @Nullable WooCursor behind(
      @Nullable WooCursor cursor, List<JsonNode> items, long offset, int size) {
    Instant last = items.isEmpty() ? null : WooJson.at(items.getLast(), "date_modified_gmt");
    if (last == null) {
      return new WooCursor(cursor == null ? Instant.EPOCH : cursor.since, offset + size, "");
    }
    int same = 0;
    for (JsonNode item : items) {
      same += last.equals(WooJson.at(item, "date_modified_gmt")) ? 1 : 0;
    }
    boolean further = cursor == null || !last.equals(cursor.since);
    return new WooCursor(
        last,
        (further ? 0 : offset + items.size() - same) + same - 1,
        WooJson.id(items.getLast(), "id"));
  }

  @Override
  public String toString() {
    return since + "," + offset + "," + last;
  }
}
