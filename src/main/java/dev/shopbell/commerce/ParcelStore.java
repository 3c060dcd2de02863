package dev.shopbell.commerce;

import dev.shopbell.commerce.OrderState.Checkpoint;
import dev.shopbell.platform.facts.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What was sent, as shops and carriers say. */
@Component
class ParcelStore {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  ParcelStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private record Known(
      long id, ParcelState state, @Nullable ParcelState shopState, @Nullable Instant expectedAt) {}

  private record Key(long orderId, String externalId) {}

  private record Row(OrderStore.Written order, OrderState.Parcel parcel, ParcelState state) {
    Key key() {
      return new Key(order.id(), parcel.externalId());
    }
  }

  /**
   * Writes the parcels of these orders.
   *
   * @return what happened to them
   */
  List<Fact> write(long brandId, List<OrderStore.Written> orders) {
    if (orders.stream().allMatch(one -> one.state().parcels().isEmpty())) {
      return List.of();
    }
    Map<Key, Known> known = known(orders.stream().map(OrderStore.Written::id).toList());
    List<Row> rows = new ArrayList<>();
    for (OrderStore.Written order : orders) {
      for (OrderState.Parcel parcel : order.state().parcels()) {
        Known before = known.get(new Key(order.id(), parcel.externalId()));
        rows.add(new Row(order, parcel, state(parcel.state(), before)));
      }
    }
    Map<Key, Long> ids = upsert(rows);
    checkpoints(rows, ids);
    List<Fact> facts = new ArrayList<>();
    for (Row row : rows) {
      Fact fact =
          fact(brandId, row, Objects.requireNonNull(ids.get(row.key())), known.get(row.key()));
      if (fact != null) {
        facts.add(fact);
      }
    }
    return facts;
  }

  /** The carrier may know more than the shop: only what the shop says anew is believed. */
  private static ParcelState state(ParcelState said, @Nullable Known before) {
    if (before == null || said == ParcelState.cancelled || said == before.state()) {
      return said;
    }
    return said == before.shopState() || before.state() == ParcelState.delivered
        ? before.state()
        : said;
  }

  private static @Nullable Fact fact(long brandId, Row row, long id, @Nullable Known before) {
    long order = row.order().id();
    Long customer = row.order().customerId();
    boolean moving = hasLeft(row.state());
    if (row.state() == ParcelState.delivered
        && (before == null || before.state() != ParcelState.delivered)) {
      return new ParcelDelivered(brandId, order, id, customer);
    }
    if (moving && (before == null || !hasLeft(before.state()))) {
      return new ParcelShipped(brandId, order, id, customer);
    }
    boolean moved =
        before != null
            && (row.state() != before.state()
                || !Objects.equals(row.parcel().expectedAt(), before.expectedAt()));
    return moved ? new ParcelMoved(brandId, order, id, customer) : null;
  }

  private static boolean hasLeft(ParcelState state) {
    return state != ParcelState.preparing && state != ParcelState.cancelled;
  }

  private Map<Key, Known> known(List<Long> orderIds) {
    Map<Key, Known> known = new HashMap<>();
    jdbc.sql(
            "select id, order_id, external_id, state, shop_state, expected_at from parcel where order_id = any(?)")
        .param(orderIds.toArray(Long[]::new))
        .query(row -> {
          String said = row.getString("shop_state");
          known.put(
              new Key(row.getLong("order_id"), row.getString("external_id")),
              new Known(
                  row.getLong("id"),
                  ParcelState.valueOf(row.getString("state")),
                  said == null ? null : ParcelState.valueOf(said),
                  OrderStore.instant(row, "expected_at")));
        });
    return known;
  }

  private Map<Key, Long> upsert(List<Row> rows) {
    Map<Key, Long> ids = new HashMap<>();
    jdbc.sql(
            """
            insert into parcel (order_id, external_id, state, shop_state, carrier, tracking_number, tracking_url, shipped_at,
              expected_at, delivered_at, moved_at, lines)
            select order_id, external_id, state, shop_state, carrier, tracking_number, tracking_url, shipped_at::timestamptz,
              expected_at::timestamptz, delivered_at::timestamptz, moved_at::timestamptz, lines::jsonb
            from unnest(:orders::bigint[], :ids::text[], :states::text[], :said::text[], :carriers::text[], :numbers::text[],
              :urls::text[], :shipped::text[], :expected::text[], :delivered::text[], :moved::text[], :lines::text[])
              as one (order_id, external_id, state, shop_state, carrier, tracking_number, tracking_url, shipped_at, expected_at,
                delivered_at, moved_at, lines)
            on conflict (order_id, external_id) do update set state = excluded.state, shop_state = excluded.shop_state,
              carrier = coalesce(excluded.carrier, parcel.carrier),
              tracking_number = coalesce(excluded.tracking_number, parcel.tracking_number),
              tracking_url = coalesce(excluded.tracking_url, parcel.tracking_url),
              shipped_at = coalesce(excluded.shipped_at, parcel.shipped_at),
              expected_at = coalesce(excluded.expected_at, parcel.expected_at),
              delivered_at = coalesce(excluded.delivered_at, parcel.delivered_at),
              moved_at = greatest(excluded.moved_at, parcel.moved_at), lines = excluded.lines
            returning id, order_id, external_id
            """)
        .param("orders", rows.stream().map(row -> row.order().id()).toArray(Long[]::new))
        .param("ids", texts(rows, row -> row.parcel().externalId()))
        .param("states", texts(rows, row -> row.state().name()))
        .param("said", texts(rows, row -> row.parcel().state().name()))
        .param("carriers", texts(rows, row -> row.parcel().carrier()))
        .param("numbers", texts(rows, row -> row.parcel().trackingNumber()))
        .param("urls", texts(rows, row -> row.parcel().trackingUrl()))
        .param("shipped", texts(rows, row -> text(row.parcel().shippedAt())))
        .param("expected", texts(rows, row -> text(row.parcel().expectedAt())))
        .param("delivered", texts(rows, row -> text(row.parcel().deliveredAt())))
        .param("moved", texts(rows, row -> moved(row).toString()))
        .param("lines", texts(rows, row -> json.writeValueAsString(row.parcel().lines())))
        .query(row -> {
          ids.put(
              new Key(row.getLong("order_id"), row.getString("external_id")), row.getLong("id"));
        });
    return ids;
  }

  private static Instant moved(Row row) {
    OrderState.Parcel parcel = row.parcel();
    return Stream.concat(
            Stream.of(parcel.shippedAt(), parcel.deliveredAt()).filter(Objects::nonNull),
            parcel.checkpoints().stream().map(Checkpoint::at))
        .max(Instant::compareTo)
        .orElse(row.order().state().placedAt());
  }

  private record CheckpointRow(long parcelId, Checkpoint checkpoint) {}

  private void checkpoints(List<Row> rows, Map<Key, Long> ids) {
    List<CheckpointRow> checkpoints =
        rows.stream()
            .flatMap(row ->
                row.parcel().checkpoints().stream()
                    .map(one -> new CheckpointRow(Objects.requireNonNull(ids.get(row.key())), one)))
            .toList();
    if (checkpoints.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into parcel_checkpoint (parcel_id, at, state, words, place)
            select parcel_id, at::timestamptz, state, words, place
            from unnest(:parcels::bigint[], :ats::text[], :states::text[], :words::text[], :places::text[])
              as one (parcel_id, at, state, words, place)
            on conflict do nothing
            """)
        .param("parcels", checkpoints.stream().map(CheckpointRow::parcelId).toArray(Long[]::new))
        .param(
            "ats",
            checkpoints.stream()
                .map(one -> one.checkpoint().at().toString())
                .toArray(String[]::new))
        .param(
            "states",
            checkpoints.stream().map(one -> one.checkpoint().state().name()).toArray(String[]::new))
        .param(
            "words",
            checkpoints.stream()
                .map(one -> Objects.requireNonNullElse(one.checkpoint().words(), ""))
                .toArray(String[]::new))
        .param(
            "places",
            checkpoints.stream()
                .map(one -> Objects.requireNonNullElse(one.checkpoint().place(), ""))
                .toArray(String[]::new))
        .update();
  }

  private static @Nullable String[] texts(
      List<Row> rows, java.util.function.Function<Row, @Nullable String> text) {
    return rows.stream().map(text).toArray(String[]::new);
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  /** The parcels of these orders, by order, oldest first, with their checkpoints newest first. */
  Map<Long, List<ParcelView>> of(List<Long> orderIds) {
    Map<Long, List<Checkpoint>> checkpoints = new HashMap<>();
    jdbc.sql(
            """
            select parcel_checkpoint.* from parcel_checkpoint join parcel on parcel.id = parcel_checkpoint.parcel_id
            where parcel.order_id = any(?) order by parcel_checkpoint.at desc
            """)
        .param(orderIds.toArray(Long[]::new))
        .query(row -> {
          checkpoints
              .computeIfAbsent(row.getLong("parcel_id"), id -> new ArrayList<>())
              .add(
                  new Checkpoint(
                      row.getTimestamp("at").toInstant(),
                      ParcelState.valueOf(row.getString("state")),
                      blank(row.getString("words")),
                      blank(row.getString("place"))));
        });
    Map<Long, List<ParcelView>> parcels = new HashMap<>();
    jdbc.sql("select * from parcel where order_id = any(?) order by id")
        .param(orderIds.toArray(Long[]::new))
        .query(row -> {
          parcels
              .computeIfAbsent(row.getLong("order_id"), id -> new ArrayList<>())
              .add(
                  new ParcelView(
                      row.getLong("id"),
                      ParcelState.valueOf(row.getString("state")),
                      row.getString("carrier"),
                      row.getString("tracking_number"),
                      row.getString("tracking_url"),
                      OrderStore.instant(row, "shipped_at"),
                      OrderStore.instant(row, "expected_at"),
                      OrderStore.instant(row, "delivered_at"),
                      row.getTimestamp("moved_at").toInstant(),
                      List.of(
                          json.readValue(row.getString("lines"), OrderState.LineQuantity[].class)),
                      checkpoints.getOrDefault(row.getLong("id"), List.of())));
        });
    return parcels;
  }

  private static @Nullable String blank(String text) {
    return text.isEmpty() ? null : text;
  }
}
