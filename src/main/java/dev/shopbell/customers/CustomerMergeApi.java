package dev.shopbell.customers;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers")
@Tag(name = "Merge and split")
class CustomerMergeApi {
  private final CustomerMerges merges;
  private final DuplicateStore duplicates;
  private final Customers customers;
  private final CustomerDoor door;
  private final Clock clock;

  CustomerMergeApi(
      CustomerMerges merges,
      DuplicateStore duplicates,
      Customers customers,
      CustomerDoor door,
      Clock clock) {
    this.merges = merges;
    this.duplicates = duplicates;
    this.customers = customers;
    this.door = door;
    this.clock = clock;
  }

  /**
   * @param customerId who is merged into this customer
   * @param name of both from now on; this one's, else the other's, where it is left out
   * @param address the one that lists show; this one's where it is left out
   */
  record NewCustomerMerge(long customerId, @Nullable String name, @Nullable String address) {}

  /**
   * @param id by which it is undone
   */
  record CustomerMergeDone(long id, Customers.CustomerWithIdentities customer) {}

  /**
   * Merges another customer of the brand into this one, which takes all identities and
   * conversations. The other's id leads here from then on: a request that names it is answered with
   * 307 and the address of this.
   */
  @PostMapping("/{id}/merges")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CUSTOMERS_CHANGE)
  CustomerMergeDone mergeCustomers(
      @PathVariable long id, @RequestBody NewCustomerMerge merge, Caller caller) {
    door.require(caller.sight(), merge.customerId());
    long made =
        merges.merge(caller.agentId(), id, merge.customerId(), merge.name(), merge.address());
    return new CustomerMergeDone(made, customers.withIdentities(customers.get(id)));
  }

  /**
   * Undoes a merge: the other one gets back what it had, and what has come since by one of its
   * identities. 409 where a later merge has to be undone first.
   */
  @PostMapping("/{id}/merges/{mergeId}/undo")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CUSTOMERS_CHANGE)
  void undoCustomerMerge(@PathVariable long id, @PathVariable long mergeId, Caller caller) {
    merges.undo(caller.agentId(), id, mergeId);
  }

  /** Makes an identity a customer of its own, with the conversations that it began. */
  @PostMapping("/{id}/identities/{identityId}/separation")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CUSTOMERS_CHANGE)
  Customers.CustomerWithIdentities separateIdentity(
      @PathVariable long id, @PathVariable long identityId, Caller caller) {
    long created = merges.separate(caller.agentId(), id, identityId);
    return customers.withIdentities(customers.get(created));
  }

  /** Customers who may be the same person, the likeliest first, with what speaks for it. */
  @GetMapping("/duplicates")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Duplicates.Pair> listDuplicates(
      @RequestParam(required = false) @Nullable Long brand,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    int most = Page.limit(limit);
    return Page.of(
        duplicates.list(brand, most, Cursor.parse(cursor, 3), door.where(caller.sight())),
        most,
        pair -> Cursor.of(pair.strength().ordinal(), pair.first().id(), pair.second().id()));
  }

  /** Says that two are not the same; they are not proposed again. */
  @PutMapping("/{id}/duplicates/{otherId}/dismissal")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CUSTOMERS_CHANGE)
  @Transactional
  public void dismissDuplicate(@PathVariable long id, @PathVariable long otherId, Caller caller) {
    door.require(caller.sight(), otherId);
    Customer one = customers.get(id);
    Customer other = customers.get(otherId);
    if (id == otherId || one.brandId() != other.brandId()) {
      throw Problem.invalid("otherId", "Name another customer of the same brand.");
    }
    duplicates.dismiss(one.brandId(), id, otherId, caller.agentId(), clock.instant());
  }

  @DeleteMapping("/{id}/duplicates/{otherId}/dismissal")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CUSTOMERS_CHANGE)
  void proposeDuplicateAgain(@PathVariable long id, @PathVariable long otherId, Caller caller) {
    door.require(caller.sight(), otherId);
    duplicates.suspectAgain(id, otherId);
  }
}
