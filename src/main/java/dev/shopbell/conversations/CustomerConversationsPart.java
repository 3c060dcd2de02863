package dev.shopbell.conversations;

import dev.shopbell.customers.CustomerPart;
import org.springframework.stereotype.Component;

@Component
class CustomerConversationsPart implements CustomerPart {
  private static final int SHOWN = 20;

  private final ConversationStore store;

  CustomerConversationsPart(ConversationStore store) {
    this.store = store;
  }

  @Override
  public String partName() {
    return "conversations";
  }

  @Override
  public Object read(long customerId) {
    return store.ofCustomer(customerId, SHOWN);
  }
}
