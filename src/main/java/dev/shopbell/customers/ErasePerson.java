package dev.shopbell.customers;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Task;
import dev.shopbell.platform.web.KeptAnswers;
import dev.shopbell.platform.webhooks.WebhookDeliveries;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Erases what the rooms keep of a person, and at last the customer. */
@Component
class ErasePerson implements Task {
  private final ErasureStore store;
  private final List<PersonalData> rooms;
  private final KeptAnswers answers;
  private final WebhookDeliveries deliveries;
  private final Facts facts;
  private final TransactionTemplate transaction;

  ErasePerson(
      ErasureStore store,
      List<PersonalData> rooms,
      KeptAnswers answers,
      WebhookDeliveries deliveries,
      Facts facts,
      TransactionTemplate transaction) {
    this.store = store;
    this.rooms = rooms;
    this.answers = answers;
    this.deliveries = deliveries;
    this.facts = facts;
    this.transaction = transaction;
  }

  @Override
  public Done run(long customerId) {
    store.find(customerId).ifPresent(this::erase);
    return new Done.Finished();
  }

  private void erase(ErasureStore.Begun begun) {
    Person person = begun.person();
    rooms.forEach(room -> room.erase(person));
    transaction.executeWithoutResult(status -> {
      answers.forget();
      deliveries.forgetAnswers();
      store.finish(person);
      facts.append(
          begun.agentId() == null ? Actor.SYSTEM : Actor.agent(begun.agentId()),
          new PersonErased(person.brandId(), person.customerId()));
    });
  }
}
