package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.OrderState.Line;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.OrderState.Parcel;
import dev.shopbell.commerce.ParcelState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the parcels of an order: in WooCommerce's own fulfilments where the shop uses them, else in
 * the meta data in which the usual plug-ins leave them (Shipment Tracking, Advanced Shipment
 * Tracking, TrackShip, AfterShip, ShipStation, Orders Tracking).
 */
final class WooParcels {
  static final String FULFILMENTS = "_fulfillment_status";

  private static final List<String> LISTS =
      List.of("_wc_shipment_tracking_items", "_aftership_tracking_items");

  /** One parcel in fields of its own: its number, its carrier, when it left. */
  private static final List<List<String>> FIELDS =
      List.of(
          List.of("_tracking_number", "_tracking_provider", "_date_shipped"),
          List.of("_aftership_tracking_number", "_aftership_tracking_provider_name", ""),
          List.of("_wot_tracking_number", "_wot_tracking_carrier", ""),
          List.of("ywot_tracking_code", "ywot_carrier_name", "ywot_pick_up_date"));

  /** TrackShip's words. */
  private static final Map<String, ParcelState> STATES =
      Map.ofEntries(
          Map.entry("pre_transit", ParcelState.preparing),
          Map.entry("label_created", ParcelState.preparing),
          Map.entry("in_transit", ParcelState.in_transit),
          Map.entry("out_for_delivery", ParcelState.out_for_delivery),
          Map.entry("available_for_pickup", ParcelState.at_pickup),
          Map.entry("delivered", ParcelState.delivered),
          Map.entry("return_to_sender", ParcelState.returned),
          Map.entry("failure", ParcelState.failed),
          Map.entry("exception", ParcelState.attempted),
          Map.entry("cancelled", ParcelState.cancelled));

  private static final Set<String> ABBREVIATED =
      Set.of("dhl", "ups", "dpd", "gls", "usps", "tnt", "brt", "ctt", "acs");

  private WooParcels() {}

  /** Whether the order's fulfilments are to be asked for. */
  static boolean hasFulfilments(JsonNode order) {
    return !WooJson.metaText(order, FULFILMENTS).isEmpty();
  }

  static List<Parcel> read(JsonNode order, List<JsonNode> fulfilments, List<Line> lines) {
    List<Parcel> parcels = new ArrayList<>();
    for (JsonNode fulfilment : fulfilments) {
      if (WooJson.text(fulfilment, "date_deleted").isEmpty()) {
        parcels.add(fulfilment(fulfilment));
      }
    }
    for (String list : LISTS) {
      JsonNode items = WooJson.meta(order, list);
      if (parcels.isEmpty() && items != null && items.isContainer()) {
        List<JsonNode> states = states(order);
        int at = 0;
        for (JsonNode item : items.values()) {
          parcels.add(item(order, item, at < states.size() ? states.get(at) : null, at));
          at++;
        }
      }
    }
    for (List<String> fields : FIELDS) {
      String number = WooJson.metaText(order, fields.getFirst());
      if (parcels.isEmpty() && !number.isEmpty()) {
        parcels.add(
            parcel(
                order,
                number,
                carrier(WooJson.metaText(order, fields.get(1))),
                number,
                null,
                at(WooJson.metaText(order, fields.getLast())),
                List.of()));
      }
    }
    return parcels.size() == 1 && parcels.getFirst().lines().isEmpty()
        ? List.of(whole(parcels.getFirst(), lines))
        : List.copyOf(parcels);
  }

  /** The only parcel, of which is not said what is in it, holds all. */
  private static Parcel whole(Parcel parcel, List<Line> lines) {
    return new Parcel(
        parcel.externalId(),
        parcel.state(),
        parcel.carrier(),
        parcel.trackingNumber(),
        parcel.trackingUrl(),
        parcel.shippedAt(),
        parcel.expectedAt(),
        parcel.deliveredAt(),
        lines.stream()
            .filter(Line::shipped)
            .map(line -> new LineQuantity(line.externalId(), line.quantity()))
            .toList(),
        parcel.checkpoints());
  }

  private static Parcel fulfilment(JsonNode fulfilment) {
    String number = WooJson.metaText(fulfilment, "_tracking_number");
    String carrier = WooJson.metaText(fulfilment, "_shipping_provider");
    boolean sent = fulfilment.path("is_fulfilled").asBoolean(false);
    JsonNode items = WooJson.meta(fulfilment, "_items");
    return new Parcel(
        WooJson.id(fulfilment, "id"),
        sent ? ParcelState.in_transit : ParcelState.preparing,
        carrier(carrier.equals("other") ? WooJson.metaText(fulfilment, "_provider_name") : carrier),
        number.isEmpty() ? null : number,
        link(WooJson.metaText(fulfilment, "_tracking_url")),
        sent ? at(WooJson.metaText(fulfilment, "_date_fulfilled")) : null,
        null,
        null,
        items == null ? List.of() : contents(List.copyOf(items.values()), "qty"),
        List.of());
  }

  private static Parcel item(JsonNode order, JsonNode item, @Nullable JsonNode state, int at) {
    String number = WooJson.text(item, "tracking_number");
    String id = WooJson.text(item, "tracking_id");
    String carrier = WooJson.text(item, "custom_tracking_provider");
    for (String field : List.of("formatted_tracking_provider", "tracking_provider", "slug")) {
      carrier = carrier.isEmpty() ? WooJson.text(item, field) : carrier;
    }
    String link = WooJson.text(item, "custom_tracking_link");
    for (String field : List.of("formatted_tracking_link", "ast_tracking_link", "tracking_url")) {
      link = link.isEmpty() ? WooJson.text(item, field) : link;
    }
    List<LineQuantity> lines = new ArrayList<>();
    lines.addAll(contents(WooJson.list(item, "products_list"), "qty"));
    lines.addAll(contents(WooJson.list(item, "line_items"), "quantity"));
    Parcel parcel =
        parcel(
            order,
            id.isEmpty() ? (number.isEmpty() ? Integer.toString(at) : number) : id,
            carrier(carrier),
            number.isEmpty() ? null : number,
            link(link),
            at(WooJson.text(item, "date_shipped")),
            List.copyOf(lines));
    ParcelState known = state == null ? null : STATES.get(WooJson.text(state, "status"));
    return state == null || known == null
        ? parcel
        : new Parcel(
            parcel.externalId(),
            known,
            parcel.carrier(),
            parcel.trackingNumber(),
            parcel.trackingUrl(),
            parcel.shippedAt(),
            at(WooJson.text(state, "est_delivery_date")),
            parcel.deliveredAt(),
            parcel.lines(),
            List.of());
  }

  /** Sent, or arrived where the whole order bears a status that says so. */
  private static Parcel parcel(
      JsonNode order,
      String id,
      @Nullable String carrier,
      @Nullable String number,
      @Nullable String link,
      @Nullable Instant shipped,
      List<LineQuantity> lines) {
    boolean delivered = WooOrders.status(order).equals("delivered");
    return new Parcel(
        id,
        delivered ? ParcelState.delivered : ParcelState.in_transit,
        carrier,
        number,
        link,
        shipped,
        null,
        delivered ? WooJson.at(order, "date_modified_gmt") : null,
        lines,
        List.of());
  }

  private static List<JsonNode> states(JsonNode order) {
    JsonNode states = WooJson.meta(order, "shipment_status");
    return states == null || !states.isContainer() ? List.of() : List.copyOf(states.values());
  }

  private static List<LineQuantity> contents(List<JsonNode> items, String quantityField) {
    List<LineQuantity> lines = new ArrayList<>();
    for (JsonNode item : items) {
      String line = WooJson.id(item, "item_id");
      String id = line.isEmpty() ? WooJson.id(item, "id") : line;
      int quantity = item.path(quantityField).asInt(0);
      if (!id.isEmpty() && quantity > 0) {
        lines.add(new LineQuantity(id, quantity));
      }
    }
    return List.copyOf(lines);
  }

  /** Plug-ins write {@code dhl-germany} where people say DHL Germany. */
  private static @Nullable String carrier(String name) {
    if (name.isEmpty() || !name.matches("[a-z0-9][a-z0-9_-]*")) {
      return name.isEmpty() ? null : WooJson.plain(name);
    }
    List<String> words = new ArrayList<>();
    for (String word : name.split("[_-]+", -1)) {
      words.add(
          ABBREVIATED.contains(word)
              ? word.toUpperCase(Locale.ROOT)
              : word.isEmpty()
                  ? ""
                  : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return String.join(" ", words).strip();
  }

  private static @Nullable String link(String url) {
    return url.matches("(?i)https?://\\S+") ? url : null;
  }

  /** Seconds since 1970, a date, or a date and time. */
  private static @Nullable Instant at(String text) {
    try {
      if (text.matches("\\d{9,11}")) {
        return Instant.ofEpochSecond(Long.parseLong(text));
      }
      if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return text.matches("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d")
          ? LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC)
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
