package dev.shopbell.platform.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A fact as it stands in the log. */
public record StoredFact(
    FactPosition position,
    String name,
    Instant at,
    Actor actor,
    @Nullable Long brandId,
    @Nullable Long conversationId,
    @Nullable Long messageId,
    @Nullable Long customerId,
    JsonNode data) {

  public boolean is(Class<? extends Fact> type) {
    return name.equals(type.getSimpleName());
  }
}
