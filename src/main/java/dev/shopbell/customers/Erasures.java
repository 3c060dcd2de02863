package dev.shopbell.customers;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Erases a person for good. The customer is gone for everybody at once; what the rooms keep goes
 * piece by piece right after that.
 */
@Service
class Erasures {
  private final ErasureStore store;
  private final MergeStore merges;
  private final Customers customers;
  private final Facts facts;
  private final Tasks tasks;
  private final Clock clock;

  Erasures(
      ErasureStore store,
      MergeStore merges,
      Customers customers,
      Facts facts,
      Tasks tasks,
      Clock clock) {
    this.store = store;
    this.merges = merges;
    this.customers = customers;
    this.facts = facts;
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * The person behind a customer, for who may give out and erase them.
   *
   * @throws Problem if the caller does not see all that is kept of them
   */
  Person person(Sight sight, long customerId) {
    Customer customer = customers.current(customerId);
    if (sight.conversations() != Sight.Conversations.all) {
      throw Problem.forbidden("Only who sees all conversations of the brand may do that.");
    }
    return store.person(customer, clock.instant());
  }

  /**
   * Begins, in one short transaction.
   *
   * @param confirmation an address or the name of the customer; of one who has neither, the id
   */
  @Transactional
  public Person begin(Actor actor, Sight sight, long customerId, String confirmation) {
    merges.lock(List.of(customerId));
    Person person = person(sight, customerId);
    boolean named =
        Stream.concat(person.addresses().stream(), person.names().stream())
            .anyMatch(one -> one.strip().equalsIgnoreCase(confirmation.strip()));
    boolean nameless = person.addresses().isEmpty() && person.names().isEmpty();
    if (!named && !(nameless && confirmation.strip().equals(Long.toString(customerId)))) {
      throw Problem.invalid(
          "confirmation",
          nameless
              ? "Repeat the id of the customer."
              : "Repeat an address or the name of the customer.");
    }
    store.begin(person, actor.id());
    facts.append(actor, new ErasureRequested(person.brandId(), customerId));
    tasks.schedule(ErasePerson.class, customerId, clock.instant());
    return person;
  }

  @Transactional
  public void exported(Actor actor, Person person) {
    facts.append(actor, new PersonExported(person.brandId(), person.customerId()));
  }
}
