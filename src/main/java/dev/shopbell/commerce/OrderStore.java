package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Fact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
class OrderStore {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  OrderStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** What stands there before. */
  record Known(
      long id,
      Instant changedAt,
      Instant askedAt,
      long print,
      long refunded,
      @Nullable Instant cancelledAt,
      boolean removed,
      boolean erased) {}

  /** An order that is to be written. */
  record Row(OrderState state, @Nullable Instant askedAt, Print print) {
    /**
     * The later by the shop's clock is the truth. In the same moment it is the one that was asked
     * for later; and of two that the shop told of itself always the same one, whichever comes
     * first.
     */
    boolean isNewsTo(Known known) {
      if (known.removed() && askedAt == null) {
        // What is told late must not bring back what the shop has removed since.
        return false;
      }
      int order = state.changedAt().compareTo(known.changedAt());
      if (order == 0 && print.number() == known.print()) {
        return known.removed();
      }
      if (order != 0) {
        return order > 0;
      }
      return askedAt == null ? print.number() > known.print() : !askedAt.isBefore(known.askedAt());
    }
  }

  /** One that was written, and what stood there before. */
  record Written(long id, @Nullable Long customerId, OrderState state, @Nullable Known before) {
    List<Fact> facts(long brandId) {
      if (before == null) {
        return List.of(new OrderPlaced(brandId, id, customerId));
      }
      List<Fact> facts = new ArrayList<>(List.of(new OrderChanged(brandId, id, customerId)));
      if (before.cancelledAt() == null && state.cancellation() != null) {
        facts.add(new OrderCancelled(brandId, id, customerId));
      }
      if (state.refunded() > before.refunded()) {
        facts.add(new OrderRefunded(brandId, id, customerId));
      }
      return facts;
    }
  }

  Row row(OrderState state, @Nullable Instant askedAt) {
    return new Row(state, askedAt, Print.of(json, state));
  }

  /**
   * Those that are there, held until the end of the transaction. Whoever takes orders of the same
   * shop at this moment waits, also for those that are not there yet.
   */
  Map<String, Known> lock(long shopId, Collection<String> externalIds) {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('orders of a shop'), ?::int)")
        .param(shopId)
        .query(row -> {});
    Map<String, Known> known = new HashMap<>();
    jdbc.sql(
            """
            select external_id, id, changed_at, asked_at, print, refunded, cancelled_at, removed_at is not null as removed,
              erased_at is not null as erased
            from shop_order where shop_id = :shop and external_id = any(:ids) for update
            """)
        .param("shop", shopId)
        .param("ids", externalIds.toArray(String[]::new))
        .query(row -> {
          known.put(
              row.getString("external_id"),
              new Known(
                  row.getLong("id"),
                  row.getTimestamp("changed_at").toInstant(),
                  row.getTimestamp("asked_at").toInstant(),
                  row.getLong("print"),
                  row.getLong("refunded"),
                  instant(row, "cancelled_at"),
                  row.getBoolean("removed"),
                  row.getBoolean("erased")));
        });
    return known;
  }

  /**
   * @param customers of the rows, in their order
   */
  List<Written> write(
      Shop shop, List<Row> rows, List<@Nullable Long> customers, Map<String, Known> known) {
    Map<String, Written> written = new HashMap<>();
    Map<String, Row> byId = new HashMap<>();
    rows.forEach(row -> byId.put(row.state().externalId(), row));
    jdbc.sql(
            """
            insert into shop_order (shop_id, brand_id, customer_id, external_id, number, number_key, placed_at, changed_at,
              asked_at, currency, total, refunded, payment, fulfilment, cancelled_at, test, print, content)
            select :shop, :brand, one.customer_id, one.external_id, one.number, one.number_key, one.placed_at::timestamptz,
              one.changed_at::timestamptz, one.asked_at::timestamptz, one.currency, one.total, one.refunded, one.payment,
              one.fulfilment, one.cancelled_at::timestamptz, one.test, one.print, one.content::jsonb
            from unnest(:customers::bigint[], :ids::text[], :numbers::text[], :keys::text[], :placed::text[], :changed::text[],
              :asked::text[], :currencies::text[], :totals::bigint[], :refunded::bigint[], :payments::text[],
              :fulfilments::text[], :cancelled::text[], :tests::boolean[], :prints::bigint[], :contents::text[])
              as one (customer_id, external_id, number, number_key, placed_at, changed_at, asked_at, currency, total, refunded,
                payment, fulfilment, cancelled_at, test, print, content)
            on conflict (shop_id, external_id) do update set
              customer_id = case when shop_order.erased_at is null
                then coalesce(shop_order.customer_id, excluded.customer_id) end,
              number = excluded.number, number_key = excluded.number_key, placed_at = excluded.placed_at,
              changed_at = excluded.changed_at, asked_at = excluded.asked_at, currency = excluded.currency,
              total = excluded.total, refunded = excluded.refunded, payment = excluded.payment,
              fulfilment = excluded.fulfilment, cancelled_at = excluded.cancelled_at, test = excluded.test,
              removed_at = null, print = excluded.print, content = excluded.content
            returning id, external_id, customer_id
            """)
        .param("shop", shop.id())
        .param("brand", shop.brandId())
        .param("customers", customers.toArray(Long[]::new))
        .param("ids", texts(rows, row -> row.state().externalId()))
        .param("numbers", texts(rows, row -> row.state().number()))
        .param("keys", texts(rows, row -> Orders.numberKey(row.state().number())))
        .param("placed", texts(rows, row -> row.state().placedAt().toString()))
        .param("changed", texts(rows, row -> row.state().changedAt().toString()))
        .param(
            "asked",
            texts(rows, row -> Objects.requireNonNullElse(row.askedAt(), Instant.EPOCH).toString()))
        .param("currencies", texts(rows, row -> row.state().currency()))
        .param("totals", rows.stream().map(row -> row.state().total()).toArray(Long[]::new))
        .param("refunded", rows.stream().map(row -> row.state().refunded()).toArray(Long[]::new))
        .param("payments", texts(rows, row -> row.state().payment().name()))
        .param("fulfilments", texts(rows, row -> row.state().fulfilment().name()))
        .param(
            "cancelled",
            rows.stream()
                .map(row -> row.state().cancellation())
                .map(one -> one == null ? null : one.at().toString())
                .toArray(String[]::new))
        .param("tests", rows.stream().map(row -> row.state().test()).toArray(Boolean[]::new))
        .param("prints", rows.stream().map(row -> row.print().number()).toArray(Long[]::new))
        .param("contents", texts(rows, row -> row.print().content()))
        .query(row -> {
          String externalId = row.getString("external_id");
          long customer = row.getLong("customer_id");
          written.put(
              externalId,
              new Written(
                  row.getLong("id"),
                  row.wasNull() ? null : customer,
                  Objects.requireNonNull(byId.get(externalId)).state(),
                  known.get(externalId)));
        });
    List<Written> inOrder =
        rows.stream()
            .map(row -> Objects.requireNonNull(written.get(row.state().externalId())))
            .toList();
    writeLines(inOrder);
    return inOrder;
  }

  private static String[] texts(List<Row> rows, java.util.function.Function<Row, String> text) {
    return rows.stream().map(text).toArray(String[]::new);
  }

  private record LineRow(long orderId, OrderState.Line line) {}

  private void writeLines(List<Written> written) {
    Long[] replaced =
        written.stream().filter(one -> one.before() != null).map(Written::id).toArray(Long[]::new);
    if (replaced.length > 0) {
      jdbc.sql("delete from shop_order_line where order_id = any(?)").param(replaced).update();
    }
    List<LineRow> lines =
        written.stream()
            .flatMap(one -> one.state().lines().stream().map(line -> new LineRow(one.id(), line)))
            .toList();
    jdbc.sql(
            """
            insert into shop_order_line (order_id, line_id, product_id, variant_id, quantity)
            select * from unnest(:orders::bigint[], :lines::text[], :products::text[], :variants::text[], :quantities::int[])
            on conflict do nothing
            """)
        .param("orders", lines.stream().map(LineRow::orderId).toArray(Long[]::new))
        .param("lines", lines.stream().map(row -> row.line().externalId()).toArray(String[]::new))
        .param("products", lines.stream().map(row -> row.line().productId()).toArray(String[]::new))
        .param("variants", lines.stream().map(row -> row.line().variantId()).toArray(String[]::new))
        .param(
            "quantities", lines.stream().map(row -> row.line().quantity()).toArray(Integer[]::new))
        .update();
  }

  record Removed(long id, @Nullable Long customerId) {}

  List<Removed> remove(long shopId, Collection<String> externalIds) {
    return jdbc.sql(
            """
            update shop_order set removed_at = now()
            where shop_id = :shop and external_id = any(:ids) and removed_at is null
            returning id, customer_id
            """)
        .param("shop", shopId)
        .param("ids", externalIds.toArray(String[]::new))
        .query(Removed.class)
        .list();
  }

  Optional<Order> find(long id) {
    return jdbc.sql("select * from shop_order where id = ?")
        .param(id)
        .query(this::order)
        .optional();
  }

  Optional<Order> findLocked(long id) {
    return jdbc.sql("select * from shop_order where id = ? for update")
        .param(id)
        .query(this::order)
        .optional();
  }

  /** Those of a brand whose number is written so; shops of one brand may share numbers. */
  List<Order> byNumber(long brandId, String numberKey) {
    return jdbc.sql(
            """
            select * from shop_order where brand_id = ? and number_key = ? and number_key <> '' and removed_at is null
            order by placed_at desc limit 10
            """)
        .param(brandId)
        .param(numberKey)
        .query(this::order)
        .list();
  }

  Order order(ResultSet row, int n) throws SQLException {
    long customer = row.getLong("customer_id");
    Long customerId = row.wasNull() ? null : customer;
    return new Order(
        row.getLong("id"),
        row.getLong("shop_id"),
        row.getLong("brand_id"),
        customerId,
        row.getLong("total"),
        row.getLong("refunded"),
        instant(row, "removed_at"),
        json.readValue(row.getString("content"), OrderState.class));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
