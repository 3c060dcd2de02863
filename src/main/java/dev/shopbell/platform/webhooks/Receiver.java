package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.facts.StoredFact;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as this node works on it.
 *
 * @param facts the names that it is told; null for all that are told
 * @param scopes keys of the permissions that it was given
 * @param failures requests that failed one after the other until now
 */
record Receiver(
    long id,
    String url,
    @Nullable Set<String> facts,
    @Nullable Set<Long> brands,
    long agentId,
    Set<String> scopes,
    FactPosition position,
    int failures,
    @Nullable Instant failingSince,
    int revision) {

  /** Whether it wants to hear of such a fact; what its eyes see of it is another matter. */
  boolean wants(StoredFact fact) {
    return (facts == null || facts.contains(fact.name()))
        && (brands == null || fact.brandId() == null || brands.contains(fact.brandId()));
  }

  Receiver at(FactPosition place) {
    return new Receiver(
        id, url, facts, brands, agentId, scopes, place, failures, failingSince, revision);
  }

  /** After a request was taken. */
  Receiver fine() {
    return new Receiver(id, url, facts, brands, agentId, scopes, position, 0, null, revision);
  }
}
