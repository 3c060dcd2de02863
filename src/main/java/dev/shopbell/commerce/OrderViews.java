package dev.shopbell.commerce;

import dev.shopbell.customers.CustomerSight;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Sight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Orders as people look at them. */
@Component
class OrderViews {
  private static final int ITEMS = 3;

  /** A parcel without a scan for so long is late: FEATURES, "Defaults on day one". */
  private static final Duration SILENT = Duration.ofDays(5);

  private final JdbcClient jdbc;
  private final OrderStore store;
  private final ParcelStore parcels;
  private final CustomerSight customers;
  private final Clock clock;

  OrderViews(
      JdbcClient jdbc,
      OrderStore store,
      ParcelStore parcels,
      CustomerSight customers,
      Clock clock) {
    this.jdbc = jdbc;
    this.store = store;
    this.parcels = parcels;
    this.customers = customers;
    this.clock = clock;
  }

  /** What a customer has spent in one currency, what was given back taken off. */
  record Spent(String currency, long total, long orders) {}

  /** The newest orders of a customer. */
  List<OrderRow> ofCustomer(long customerId, int limit) {
    return rows(
        jdbc.sql(
                """
                select * from shop_order where customer_id = ? order by placed_at desc, id desc limit ?
                """)
            .param(customerId)
            .param(limit)
            .query(store::order)
            .list());
  }

  List<Spent> spent(long customerId) {
    return jdbc.sql(
            """
            select currency, sum(total - refunded) as total, count(*) as orders from shop_order
            where customer_id = ? and cancelled_at is null and removed_at is null and not test
              and payment not in ('pending', 'voided')
            group by currency order by total desc
            """)
        .param(customerId)
        .query(Spent.class)
        .list();
  }

  /**
   * Orders that somebody sees, newest first.
   *
   * @param number as somebody writes it; null for all
   */
  Page<OrderRow> list(@Nullable String number, int limit, @Nullable Cursor cursor, Sight sight) {
    Where seen = seen(sight);
    String key = number == null ? "" : Orders.numberKey(number);
    List<Order> rows =
        jdbc.sql(
                """
                select shop_order.* from shop_order
                where (shop_order.placed_at, shop_order.id) < (:at, :id) and (:key = '' or shop_order.number_key = :key)
                  and %s
                order by shop_order.placed_at desc, shop_order.id desc limit :limit
                """
                    .formatted(seen.sql()))
            .params(seen.parameters())
            .param(
                "at",
                (cursor == null ? Instant.parse("9999-01-01T00:00:00Z") : cursor.instant(0))
                    .atOffset(ZoneOffset.UTC))
            .param("id", cursor == null ? Long.MAX_VALUE : cursor.number(1))
            .param("key", key)
            .param("limit", limit + 1)
            .query(store::order)
            .list();
    return Page.of(rows(rows), limit, row -> Cursor.of(row.placedAt(), row.id()));
  }

  boolean sees(Sight sight, long orderId) {
    Where seen = seen(sight);
    return jdbc.sql(
            "select exists (select from shop_order where shop_order.id = :order and "
                + seen.sql()
                + ")")
        .params(seen.parameters())
        .param("order", orderId)
        .query(Boolean.class)
        .single();
  }

  private record Where(String sql, Map<String, Object> parameters) {}

  /** Whoever sees some conversations only sees the orders of their customers. */
  private Where seen(Sight sight) {
    List<String> conditions = new ArrayList<>(List.of("true"));
    Map<String, Object> parameters = new LinkedHashMap<>();
    Long[] brands = sight.brandIds();
    if (brands != null) {
      conditions.add("shop_order.brand_id = any(:orderBrands)");
      parameters.put("orderBrands", brands);
    }
    if (sight.conversations() != Sight.Conversations.all) {
      CustomerSight.Where own = customers.of(sight);
      conditions.add(
          "exists (select from customer where customer.id = shop_order.customer_id and "
              + own.sql()
              + ")");
      parameters.putAll(own.parameters());
    }
    return new Where(String.join(" and ", conditions), parameters);
  }

  OrderRow row(Order order) {
    return rows(List.of(order)).getFirst();
  }

  private List<OrderRow> rows(List<Order> orders) {
    Map<Long, List<ParcelView>> sent = parcels.of(orders.stream().map(Order::id).toList());
    return orders.stream()
        .map(order -> row(order, sent.getOrDefault(order.id(), List.of())))
        .toList();
  }

  private OrderRow row(Order order, List<ParcelView> sent) {
    OrderState state = order.state();
    return new OrderRow(
        order.id(),
        order.shopId(),
        order.customerId(),
        state.number(),
        state.placedAt(),
        state.changedAt(),
        state.currency(),
        order.total(),
        order.refunded(),
        state.payment(),
        state.fulfilment(),
        Optional.ofNullable(state.cancellation()).map(OrderState.Cancellation::at).orElse(null),
        order.removedAt(),
        sent.stream().anyMatch(this::isLate),
        state.lines().stream()
            .limit(ITEMS)
            .map(line ->
                new OrderRow.Item(line.title(), line.variant(), line.quantity(), line.imageUrl()))
            .toList(),
        state.lines().size(),
        sent);
  }

  private boolean isLate(ParcelView parcel) {
    Instant now = clock.instant();
    boolean underWay =
        !parcel.state().isOver()
            && parcel.state() != ParcelState.preparing
            && parcel.state() != ParcelState.at_pickup;
    Instant expected = parcel.expectedAt();
    return underWay
        && (parcel.movedAt().isBefore(now.minus(SILENT))
            || (expected != null && expected.isBefore(now)));
  }
}
