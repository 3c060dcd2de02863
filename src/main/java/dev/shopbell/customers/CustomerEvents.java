package dev.shopbell.customers;

import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Sight;
import dev.shopbell.platform.webhooks.WebhookContent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What webhooks are told of customers. */
@Component
class CustomerEvents implements WebhookContent {
  private static final String CUSTOMERS = "Customers";

  private final Customers customers;
  private final MergeStore merges;
  private final CustomerDoor door;

  CustomerEvents(Customers customers, MergeStore merges, CustomerDoor door) {
    this.customers = customers;
    this.merges = merges;
    this.door = door;
  }

  @Override
  public List<Event> events() {
    return List.of(
        new Event(CustomerChanged.class, CUSTOMERS, "A customer's name has changed."),
        new Event(
            CustomerFieldsChanged.class, CUSTOMERS, "Fields of a customer have other values."),
        new Event(CustomersMerged.class, CUSTOMERS, "Two customers are one now."),
        new Event(CustomerMergeUndone.class, CUSTOMERS, "A merge of two customers was undone."),
        new Event(IdentitySeparated.class, CUSTOMERS, "An address became a customer of its own."));
  }

  @Override
  public Permission needs() {
    return Permission.CONVERSATIONS_READ;
  }

  /**
   * @param customer as the API gives it, of the one that is kept where it was merged; null where it
   *     is no more
   */
  record Content(Customers.@Nullable CustomerWithIdentities customer) {}

  @Override
  public Optional<Record> read(StoredFact fact, Sight sight) {
    Long id = fact.customerId();
    if (id == null) {
      return Optional.empty();
    }
    long kept = merges.current(List.of(id)).getOrDefault(id, id);
    if (!door.sees(sight, kept)) {
      return sight.everything() ? Optional.of(new Content(null)) : Optional.empty();
    }
    return Optional.of(new Content(customers.withIdentities(customers.get(kept))));
  }
}
