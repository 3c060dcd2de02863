package dev.shopbell.platform.live;

import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Sight;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch of facts, and what of it each one sees. Where the conversations stand is asked once, and
 * only when somebody is there who does not see everything.
 */
final class SeenFacts {
  private final List<StoredFact> facts;
  private final LiveSight live;
  private final Instant at;
  private @Nullable Map<Long, List<Sight.Place>> places;

  SeenFacts(List<StoredFact> facts, LiveSight live, Instant at) {
    this.facts = facts;
    this.live = live;
    this.at = at;
  }

  /** When they were read. */
  Instant at() {
    return at;
  }

  List<StoredFact> by(Sight sight) {
    return sight.everything() ? facts : facts.stream().filter(fact -> sees(sight, fact)).toList();
  }

  private boolean sees(Sight sight, StoredFact fact) {
    if (fact.brandId() != null && !sight.sees(fact.brandId())) {
      return false;
    }
    if (fact.conversationId() == null) {
      return true;
    }
    if (places == null) {
      places = live.places(facts);
    }
    return places.getOrDefault(fact.conversationId(), List.of()).stream().anyMatch(sight::sees);
  }
}
