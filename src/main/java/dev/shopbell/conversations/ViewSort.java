package dev.shopbell.conversations;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In which order a list stands; what is equal, by number. */
public enum ViewSort {
  /** The last message first. */
  newest("conversation.last_message_at", false),
  oldest("conversation.last_message_at", true),
  /** Who has waited longest first, who does not wait last. */
  waiting("coalesce(conversation.waiting_since, 'infinity')", true),
  /** The latest begun first. */
  created("conversation.created_at", false),
  /** The most urgent first, and of those the newest. */
  priority(
      "case conversation.priority when 'urgent' then 3 when 'high' then 2 when 'normal' then 1 else 0 end",
      false),
  /** What comes back next first, what is not snoozed last. */
  due("coalesce(conversation.snoozed_until, 'infinity')", true);

  private static final String LAST = "infinity";

  private final String key;
  private final boolean rising;

  ViewSort(String key, boolean rising) {
    this.key = key;
    this.rising = rising;
  }

  @JsonCreator
  static ViewSort of(String name) {
    return Arrays.stream(values())
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Problem.invalid(
                "sort",
                "A list is sorted by "
                    + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))
                    + "."));
  }

  String orderBy() {
    String way = rising ? "" : " desc";
    return this == priority
        ? key + " desc, conversation.last_message_at desc, conversation.id desc"
        : key + way + ", conversation.id" + way;
  }

  /** How many parts a cursor of this order has. */
  private int parts() {
    return this == priority ? 3 : 2;
  }

  Cursor cursorOf(ConversationRow row) {
    return switch (this) {
      case newest, oldest -> Cursor.of(row.lastMessageAt(), row.id());
      case waiting -> Cursor.of(orLast(row.waitingSince()), row.id());
      case created -> Cursor.of(row.createdAt(), row.id());
      case priority -> Cursor.of(row.priority().ordinal(), row.lastMessageAt(), row.id());
      case due -> Cursor.of(orLast(row.snoozedUntil()), row.id());
    };
  }

  private static Object orLast(@Nullable Instant at) {
    return at == null ? LAST : at;
  }

  /** What stands behind the cursor, as SQL. */
  ConversationFilter.Where after(@Nullable String text) {
    Cursor cursor = Cursor.parse(text, parts());
    if (cursor == null) {
      return new ConversationFilter.Where("true", Map.of());
    }
    String way = rising ? " > " : " < ";
    if (this == priority) {
      return new ConversationFilter.Where(
          "(" + key + ", conversation.last_message_at, conversation.id) < (:rank, :at, :id)",
          Map.of(
              "rank",
              cursor.number(0),
              "at",
              cursor.instant(1).atOffset(ZoneOffset.UTC),
              "id",
              cursor.number(2)));
    }
    String at = cursor.parts().getFirst().equals(LAST) ? LAST : cursor.instant(0).toString();
    return new ConversationFilter.Where(
        "(" + key + ", conversation.id)" + way + "(:at::timestamptz, :id)",
        Map.of("at", at, "id", cursor.number(1)));
  }
}
