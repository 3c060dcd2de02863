package dev.shopbell.customers;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Moved;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes two customers one, and one two; both can be undone.
 *
 * <p>A customer that is merged gives away its identities and all rows that other rooms keep of it
 * ({@link CustomerRows}), and stays as a pointer. Undone, it gets back what it had, and what has
 * come since by one of its identities.
 */
@Service
class CustomerMerges {
  private static final String IDENTITIES = "identity";

  private final MergeStore store;
  private final Customers customers;
  private final DuplicateStore duplicates;
  private final List<CustomerRows> rooms;
  private final Facts facts;
  private final Clock clock;

  CustomerMerges(
      MergeStore store,
      Customers customers,
      DuplicateStore duplicates,
      List<CustomerRows> rooms,
      Facts facts,
      Clock clock) {
    this.store = store;
    this.customers = customers;
    this.duplicates = duplicates;
    this.rooms = rooms;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * Somebody who is part of this customer now.
   *
   * @param id of the merge, to be undone
   * @param agentId who said so
   */
  @Schema(name = "CustomerMerge")
  record Past(
      long id,
      long mergedId,
      @Nullable String name,
      @Nullable String address,
      @Nullable Long agentId,
      Instant mergedAt) {}

  /**
   * Merges one customer into another.
   *
   * @param name what both are called from now on; the kept one's, else the other's, where it is
   *     null
   * @param address the one that lists show, of either; the kept one's where it is null
   * @return the merge, to be undone
   */
  @Transactional
  public long merge(
      long agentId, long keptId, long otherId, @Nullable String name, @Nullable String address) {
    Map<Long, MergeStore.Locked> locked = store.lock(List.of(keptId, otherId));
    MergeStore.Locked kept = standing(locked, keptId);
    MergeStore.Locked other = mergeable(kept, locked.get(otherId), otherId);
    String wanted = name == null ? null : Customers.cleanName(name);
    String shown = wanted != null ? wanted : kept.name() == null ? other.name() : kept.name();
    List<Identity> moving = customers.identities(otherId);
    List<Identity> staying = customers.identities(keptId);
    String chosen = address(address, kept, other, moving, staying);
    long merge =
        store.insert(
            new MergeStore.Merge(
                0,
                kept.brandId(),
                keptId,
                otherId,
                kept.name(),
                shown,
                kept.address(),
                chosen,
                null),
            agentId,
            clock.instant());
    store.remember(merge, IDENTITIES, ids(moving), true);
    store.moveIdentities(otherId, keptId, ids(moving));
    for (CustomerRows room : rooms) {
      List<Long> rows = room.of(otherId);
      store.remember(merge, room.rowsName(), room.of(keptId), false);
      store.remember(merge, room.rowsName(), rows, true);
      room.move(otherId, keptId, rows);
    }
    store.takeFields(merge, otherId, keptId);
    store.point(otherId, keptId);
    store.show(keptId, shown, chosen);
    facts.append(Actor.agent(agentId), new CustomersMerged(kept.brandId(), keptId, otherId, merge));
    return merge;
  }

  private static MergeStore.Locked mergeable(
      MergeStore.Locked kept, MergeStore.@Nullable Locked other, long id) {
    if (other == null) {
      throw Problem.invalid("customerId", "There is no customer " + id + ".");
    }
    if (kept.id() == id) {
      throw Problem.invalid("customerId", "Name another customer.");
    }
    if (other.mergedInto() != null) {
      throw Problem.conflict(
          other.mergedInto() == kept.id()
              ? "This customer is part of the other one already."
              : "This customer has been merged into another one already: name that one.");
    }
    if (kept.brandId() != other.brandId()) {
      throw Problem.conflict("Customers of different brands cannot be merged.");
    }
    if (kept.demo() != other.demo()) {
      throw Problem.conflict("A customer of the demo shop cannot be merged with a real one.");
    }
    return other;
  }

  private static @Nullable String address(
      @Nullable String wanted,
      MergeStore.Locked kept,
      MergeStore.Locked other,
      List<Identity> moving,
      List<Identity> staying) {
    if (wanted == null) {
      return kept.address() == null ? other.address() : kept.address();
    }
    return java.util.stream.Stream.concat(staying.stream(), moving.stream())
        .map(Identity::value)
        .filter(wanted::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () -> Problem.invalid("address", "Name an address of one of the two customers."));
  }

  /**
   * Undoes a merge.
   *
   * @throws Problem if it is undone already, or a later one has to be undone first
   */
  @Transactional
  public void undo(long agentId, long keptId, long mergeId) {
    MergeStore.Merge merge =
        store
            .find(mergeId)
            .filter(one -> one.keptId() == keptId)
            .orElseThrow(
                () -> Problem.notFound("Nothing was merged into customer " + keptId + " so."));
    Map<Long, MergeStore.Locked> locked = store.lock(List.of(merge.keptId(), merge.mergedId()));
    MergeStore.Locked kept = Objects.requireNonNull(locked.get(keptId));
    MergeStore.Locked merged = Objects.requireNonNull(locked.get(merge.mergedId()));
    // Only now is it certain: somebody else may have undone it while we waited for the lock.
    if (store.of(merged.id()).filter(one -> one.id() == mergeId).isEmpty()) {
      throw Problem.conflict("That has been undone already.");
    }
    if (kept.mergedInto() != null) {
      throw Problem.conflict(
          "This customer has been merged into another one since: undo that first.");
    }
    Set<Long> were = Set.copyOf(store.remembered(mergeId, IDENTITIES, true));
    List<Identity> moving =
        customers.identities(keptId).stream().filter(one -> were.contains(one.id())).toList();
    store.moveIdentities(keptId, merged.id(), ids(moving));
    store.giveFieldsBack(mergeId, keptId);
    store.point(merged.id(), null);
    for (CustomerRows room : rooms) {
      Set<Long> rows = new HashSet<>(room.broughtBy(keptId, moving));
      rows.removeAll(Set.copyOf(store.remembered(mergeId, room.rowsName(), false)));
      rows.addAll(store.remembered(mergeId, room.rowsName(), true));
      room.move(keptId, merged.id(), rows);
    }
    store.show(
        keptId,
        Objects.equals(kept.name(), merge.nameAfter()) ? merge.nameBefore() : kept.name(),
        Objects.equals(kept.address(), merge.addressAfter())
            ? merge.addressBefore()
            : kept.address());
    store.undone(mergeId, clock.instant());
    facts.append(
        Actor.agent(agentId),
        new CustomerMergeUndone(merge.brandId(), keptId, merged.id(), mergeId));
  }

  /**
   * Makes an identity a customer of its own, with what came by it.
   *
   * @return the new customer
   */
  @Transactional
  public long separate(long agentId, long customerId, long identityId) {
    MergeStore.Locked customer = standing(store.lock(List.of(customerId)), customerId);
    List<Identity> all = customers.identities(customerId);
    Identity identity =
        all.stream()
            .filter(one -> one.id() == identityId)
            .findFirst()
            .orElseThrow(
                () -> Problem.notFound("This customer has no identity " + identityId + "."));
    if (all.size() == 1) {
      throw Problem.conflict("This is the only one that is known of this customer.");
    }
    long created = customers.createUnknown(customer.brandId(), customer.name());
    store.moveIdentities(customerId, created, List.of(identityId));
    for (CustomerRows room : rooms) {
      room.move(customerId, created, room.broughtBy(customerId, List.of(identity)));
    }
    store.show(created, customer.name(), identity.value());
    if (identity.value().equals(customer.address())) {
      store.show(
          customerId,
          customer.name(),
          all.stream().filter(one -> one.id() != identityId).findFirst().orElseThrow().value());
    }
    duplicates.dismiss(customer.brandId(), customerId, created, agentId, clock.instant());
    facts.append(
        Actor.agent(agentId), new IdentitySeparated(customer.brandId(), customerId, created));
    return created;
  }

  /**
   * Rows that were given to a customer at the very moment at which it was merged follow.
   *
   * @param customerIds of whom something has been written
   */
  @Transactional
  public void follow(Collection<Long> customerIds) {
    for (Map.Entry<Long, Long> merged : store.current(customerIds).entrySet()) {
      long from = merged.getKey();
      // Somebody may undo the merge at this moment.
      store.lock(List.of(from, merged.getValue()));
      Long to = store.current(List.of(from)).get(from);
      if (to != null) {
        follow(from, to);
      }
    }
  }

  private void follow(long from, long to) {
    for (CustomerRows room : rooms) {
      List<Long> late = room.of(from);
      if (!late.isEmpty()) {
        store.of(from).ifPresent(merge -> store.remember(merge.id(), room.rowsName(), late, true));
        room.move(from, to, late);
      }
    }
  }

  List<Past> past(long customerId, int limit) {
    return store.past(customerId, limit);
  }

  private static List<Long> ids(List<Identity> identities) {
    return identities.stream().map(Identity::id).toList();
  }

  private MergeStore.Locked standing(Map<Long, MergeStore.Locked> locked, long id) {
    MergeStore.Locked one = locked.get(id);
    if (one == null) {
      throw Problem.notFound("There is no customer " + id + ".");
    }
    if (one.mergedInto() != null) {
      throw new Moved(
          "customers", id, store.current(List.of(id)).getOrDefault(id, one.mergedInto()));
    }
    return one;
  }
}
