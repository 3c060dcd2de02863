package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.id;
import static dev.shopbell.commerce.shopify.ShopifyValues.text;
import static dev.shopbell.commerce.shopify.ShopifyValues.textOrNull;
import static dev.shopbell.commerce.shopify.ShopifyValues.time;

import dev.shopbell.commerce.OrderState.Checkpoint;
import dev.shopbell.commerce.OrderState.Parcel;
import dev.shopbell.commerce.ParcelState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what has left. A fulfilment with several tracking numbers is as many parcels; what is in
 * which is not known, so that the first has it all.
 */
final class ShopifyParcels {
  private ShopifyParcels() {}

  static List<Parcel> read(JsonNode order, Instant placedAt) {
    List<Parcel> parcels = new ArrayList<>();
    for (JsonNode fulfilment : order.path("fulfillments")) {
      List<JsonNode> tracks = fulfilment.path("trackingInfo").valueStream().toList();
      parcels.add(parcel(fulfilment, tracks.isEmpty() ? null : tracks.getFirst(), 1, placedAt));
      for (int i = 1; i < tracks.size(); i++) {
        parcels.add(parcel(fulfilment, tracks.get(i), i + 1, placedAt));
      }
    }
    return parcels;
  }

  private static Parcel parcel(
      JsonNode fulfilment, @Nullable JsonNode track, int number, Instant placedAt) {
    Instant sent = time(fulfilment, "inTransitAt");
    ParcelState state = state(fulfilment);
    boolean onItsWay = state != ParcelState.preparing && state != ParcelState.cancelled;
    return new Parcel(
        number == 1 ? id(fulfilment) : id(fulfilment) + "-" + number,
        state,
        track == null ? null : textOrNull(track, "company"),
        track == null ? null : textOrNull(track, "number"),
        track == null ? null : textOrNull(track, "url"),
        sent == null && onItsWay ? time(fulfilment, "createdAt", placedAt) : sent,
        time(fulfilment, "estimatedDeliveryAt"),
        time(fulfilment, "deliveredAt"),
        number == 1
            ? ShopifyOrder.quantities(fulfilment.path("fulfillmentLineItems").path("nodes"))
            : List.of(),
        number == 1 ? checkpoints(fulfilment, placedAt) : List.of());
  }

  private static List<Checkpoint> checkpoints(JsonNode fulfilment, Instant placedAt) {
    return fulfilment
        .path("events")
        .path("nodes")
        .valueStream()
        .map(event ->
            new Checkpoint(
                time(event, "happenedAt", placedAt),
                state(text(event, "status")),
                textOrNull(event, "message"),
                place(event)))
        .sorted(Comparator.comparing(Checkpoint::at))
        .toList();
  }

  private static @Nullable String place(JsonNode event) {
    String place =
        Stream.of(text(event, "city"), text(event, "country"))
            .filter(part -> !part.isBlank())
            .collect(Collectors.joining(", "));
    return place.isEmpty() ? null : place;
  }

  private static ParcelState state(JsonNode fulfilment) {
    return switch (text(fulfilment, "status")) {
      case "CANCELLED", "ERROR", "FAILURE" -> ParcelState.cancelled;
      default -> state(text(fulfilment, "displayStatus"));
    };
  }

  /** Of a fulfilment as shown, and of its events. */
  private static ParcelState state(String status) {
    return switch (status) {
      case "LABEL_PRINTED", "LABEL_PURCHASED", "CONFIRMED", "SUBMITTED" -> ParcelState.preparing;
      case "OUT_FOR_DELIVERY" -> ParcelState.out_for_delivery;
      case "READY_FOR_PICKUP" -> ParcelState.at_pickup;
      case "ATTEMPTED_DELIVERY" -> ParcelState.attempted;
      case "DELIVERED", "PICKED_UP" -> ParcelState.delivered;
      case "FAILURE", "NOT_DELIVERED" -> ParcelState.failed;
      case "CANCELED", "LABEL_VOIDED" -> ParcelState.cancelled;
      // FULFILLED and MARKED_AS_FULFILLED: the shop says that it is sent
      default -> ParcelState.in_transit;
    };
  }
}
