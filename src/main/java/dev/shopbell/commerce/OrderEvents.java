package dev.shopbell.commerce;

import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Sight;
import dev.shopbell.platform.webhooks.WebhookContent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What webhooks are told of orders. */
@Component
class OrderEvents implements WebhookContent {
  private static final String ORDERS = "Orders";

  private final OrderStore store;
  private final OrderViews views;
  private final OrderActionStore actions;

  OrderEvents(OrderStore store, OrderViews views, OrderActionStore actions) {
    this.store = store;
    this.views = views;
    this.actions = actions;
  }

  @Override
  public List<Event> events() {
    return List.of(
        new Event(OrderPlaced.class, ORDERS, "An order was placed."),
        new Event(OrderChanged.class, ORDERS, "An order is not as it was."),
        new Event(OrderCancelled.class, ORDERS, "An order was cancelled."),
        new Event(OrderRefunded.class, ORDERS, "Money of an order was given back."),
        new Event(ParcelShipped.class, ORDERS, "A parcel is on its way."),
        new Event(
            ParcelMoved.class, ORDERS, "A parcel is somewhere else, or expected at another time."),
        new Event(ParcelDelivered.class, ORDERS, "A parcel was delivered."),
        new Event(OrderActionAsked.class, ORDERS, "Something is to be done with an order."),
        new Event(
            OrderActionEnded.class,
            ORDERS,
            "What was to be done with an order is done, or refused."));
  }

  @Override
  public Permission needs() {
    return Permission.CONVERSATIONS_READ;
  }

  /**
   * @param order null where it is no more
   * @param action null where the event is about none
   */
  record Content(@Nullable OrderRow order, @Nullable OrderAction action) {}

  @Override
  public Optional<Record> read(StoredFact fact, Sight sight) {
    JsonNode id = fact.data().path("orderId");
    JsonNode action = fact.data().path("actionId");
    if (!id.isNumber()) {
      return sight.everything() ? Optional.of(new Content(null, null)) : Optional.empty();
    }
    if (!sight.everything() && !views.sees(sight, id.asLong())) {
      return Optional.empty();
    }
    return Optional.of(
        new Content(
            store.find(id.asLong()).map(views::row).orElse(null),
            action.isNumber() ? actions.find(action.asLong()).orElse(null) : null));
  }
}
