package dev.shopbell.staff;

import dev.shopbell.platform.web.Sight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of the shop an agent sees.
 *
 * @param brands their ids; null for all, also those to come
 * @param conversations of these brands
 */
public record Sees(@Nullable List<Long> brands, Sight.Conversations conversations) {
  public static final Sees EVERYTHING = new Sees(null, Sight.Conversations.all);
}
