package dev.shopbell.customers;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.FactConsumer;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Finds customers who may be the same person, just behind the log, and proposes them with what
 * speaks for it; an agent decides. Each is looked up under a few keys, never among all.
 */
@Component
class Duplicates implements FactConsumer {
  private final DuplicateStore store;
  private final CustomerMerges merges;
  private final Facts facts;
  private final Clock clock;

  Duplicates(DuplicateStore store, CustomerMerges merges, Facts facts, Clock clock) {
    this.store = store;
    this.merges = merges;
    this.facts = facts;
    this.clock = clock;
  }

  enum Strength {
    likely,
    /** The same mailbox, or two kinds of evidence. */
    strong
  }

  /** Somebody who may be the same as the customer who was asked for. */
  @Schema(name = "Duplicate")
  record Duplicate(
      Customer customer, List<Likeness.Evidence> evidence, Strength strength, Instant foundAt) {}

  @Schema(name = "DuplicatePair")
  record Pair(
      Customer first,
      Customer second,
      List<Likeness.Evidence> evidence,
      Strength strength,
      Instant foundAt) {}

  @Override
  public Duration gathering() {
    return Duration.ofMillis(50);
  }

  @Override
  public void read(List<StoredFact> batch) {
    Set<Long> seen = new HashSet<>();
    Set<Long> changed = new HashSet<>();
    for (StoredFact fact : batch) {
      Long customer = fact.customerId();
      if (customer == null || fact.is(DuplicateSuspected.class)) {
        continue;
      }
      seen.add(customer);
      if (fact.is(CustomerChanged.class)
          || fact.is(CustomersMerged.class)
          || fact.is(CustomerMergeUndone.class)
          || fact.is(IdentitySeparated.class)) {
        changed.add(customer);
        for (String field : List.of("mergedId", "newCustomerId")) {
          JsonNode other = fact.data().path(field);
          if (other.isNumber()) {
            seen.add(other.asLong());
            changed.add(other.asLong());
          }
        }
      }
    }
    if (seen.isEmpty()) {
      return;
    }
    merges.follow(seen);
    changed.addAll(store.unknown(seen));
    if (!changed.isEmpty()) {
      look(changed);
    }
  }

  /** All is asked and compared before the first row is written: readers of the log wait for it. */
  private void look(Set<Long> ids) {
    Map<Long, Likeness.Person> people = new HashMap<>();
    store.people(ids).forEach(one -> people.put(one.id(), one));
    List<DuplicateStore.Key> keys = new ArrayList<>();
    for (Likeness.Person one : people.values()) {
      Likeness.keys(one)
          .forEach(key -> keys.add(new DuplicateStore.Key(one.brandId(), key, one.id())));
    }
    Set<DuplicateStore.Near> near = store.near(ids, keys);
    Set<Long> others = new HashSet<>();
    near.forEach(one -> others.add(one.highId()));
    near.forEach(one -> others.add(one.lowId()));
    others.removeAll(people.keySet());
    if (!others.isEmpty()) {
      store.people(others).forEach(one -> people.put(one.id(), one));
    }
    List<DuplicateStore.Suspicion> suspicions = new ArrayList<>();
    for (DuplicateStore.Near pair : near) {
      Likeness.Person one = people.get(pair.lowId());
      Likeness.Person other = people.get(pair.highId());
      Set<Likeness.Evidence> evidence =
          one == null || other == null ? Set.of() : Likeness.evidence(one, other);
      if (one != null && !evidence.isEmpty()) {
        suspicions.add(new DuplicateStore.Suspicion(one.brandId(), pair, evidence));
      }
    }
    store.setKeys(ids, keys);
    List<DuplicateSuspected> suspected = new ArrayList<>();
    for (DuplicateStore.Suspicion one : store.suspect(suspicions, clock.instant())) {
      DuplicateStore.Near pair = one.pair();
      suspected.add(new DuplicateSuspected(one.brandId(), pair.lowId(), pair.highId()));
      suspected.add(new DuplicateSuspected(one.brandId(), pair.highId(), pair.lowId()));
    }
    facts.append(Actor.SYSTEM, suspected);
  }
}
