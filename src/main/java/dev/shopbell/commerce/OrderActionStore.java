package dev.shopbell.commerce;

import dev.shopbell.platform.SecretBox;
import dev.shopbell.platform.facts.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The journal of what was asked to be done in shops. */
@Component
class OrderActionStore {
  private static final String CODE = "order action code";

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final SecretBox box;

  OrderActionStore(JdbcClient jdbc, JsonMapper json, SecretBox box) {
    this.jdbc = jdbc;
    this.json = json;
    this.box = box;
  }

  record Asked(
      Shop shop,
      @Nullable Order order,
      @Nullable Long customerId,
      @Nullable Long conversationId,
      ShopAction action,
      @Nullable String reason,
      long amount,
      String currency) {}

  /** As the task needs it. */
  record Running(OrderAction action, String key, int attempts, @Nullable OrderState before) {}

  long insert(Asked asked, Actor actor, String key, Instant now) {
    Order order = asked.order();
    return jdbc.sql(
            """
            insert into order_action (brand_id, shop_id, order_id, customer_id, conversation_id, kind, action, reason,
              actor_kind, actor_id, key, amount, currency, state, before, asked_at)
            values (:brand, :shop, :order, :customer, :conversation, :kind, :action::jsonb, :reason, :actorKind, :actor, :key,
              :amount, :currency, 'asked', :before::jsonb, :now) returning id
            """)
        .param("brand", asked.shop().brandId())
        .param("shop", asked.shop().id())
        .param("order", order == null ? null : order.id())
        .param("customer", asked.customerId())
        .param("conversation", asked.conversationId())
        .param("kind", asked.action().kind().name())
        .param("action", json.writerFor(ShopAction.class).writeValueAsString(asked.action()))
        .param("reason", asked.reason())
        .param("actorKind", actor.kind().name())
        .param("actor", actor.id())
        .param("key", key)
        .param("amount", asked.amount())
        .param("currency", asked.currency())
        .param("before", order == null ? null : json.writeValueAsString(order.state()))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  Optional<OrderAction> find(long id) {
    return jdbc.sql("select * from order_action where id = ?")
        .param(id)
        .query(this::action)
        .optional();
  }

  /** Held until the end of the transaction. */
  Optional<Running> lock(long id) {
    return jdbc.sql("select * from order_action where id = ? for update")
        .param(id)
        .query((row, n) -> {
          String before = row.getString("before");
          return new Running(
              action(row, n),
              row.getString("key"),
              row.getInt("attempts"),
              before == null ? null : json.readValue(before, OrderState.class));
        })
        .optional();
  }

  /** Newest first. */
  List<OrderAction> ofOrder(long orderId, int limit) {
    return jdbc.sql("select * from order_action where order_id = ? order by id desc limit ?")
        .param(orderId)
        .param(limit)
        .query(this::action)
        .list();
  }

  /** What has happened to an order, or may yet. */
  List<ShopAction> past(long orderId) {
    return jdbc.sql(
            "select action from order_action where order_id = ? and state <> 'refused' order by id")
        .param(orderId)
        .query((row, n) -> json.readValue(row.getString("action"), ShopAction.class))
        .list();
  }

  boolean isOpen(long orderId) {
    return jdbc.sql(
            """
            select exists (select from order_action where order_id = ? and state in ('asked', 'running', 'unknown'))
            """)
        .param(orderId)
        .query(Boolean.class)
        .single();
  }

  void state(long id, OrderAction.State state, int attempts) {
    jdbc.sql("update order_action set state = ?, attempts = ? where id = ?")
        .param(state.name())
        .param(attempts)
        .param(id)
        .update();
  }

  void end(
      long id,
      OrderAction.State state,
      @Nullable String words,
      @Nullable String reference,
      @Nullable String code,
      Instant now) {
    jdbc.sql(
            """
            update order_action set state = :state, words = :words, reference = :reference, code = :code, ended_at = :now
            where id = :id
            """)
        .param("state", state.name())
        .param("words", words)
        .param("reference", reference)
        .param("code", code == null ? null : box.seal(CODE, code))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("id", id)
        .update();
  }

  Optional<String> code(long id) {
    return jdbc.sql("select code from order_action where id = ? and code is not null")
        .param(id)
        .query((row, n) -> box.open(CODE, row.getBytes("code")))
        .optional();
  }

  private OrderAction action(ResultSet row, int n) throws SQLException {
    return new OrderAction(
        row.getLong("id"),
        row.getLong("shop_id"),
        number(row, "order_id"),
        number(row, "customer_id"),
        number(row, "conversation_id"),
        json.readValue(row.getString("action"), ShopAction.class),
        row.getString("reason"),
        row.getString("actor_kind"),
        number(row, "actor_id"),
        row.getLong("amount"),
        row.getString("currency"),
        OrderAction.State.valueOf(row.getString("state")),
        row.getString("words"),
        row.getString("reference"),
        row.getTimestamp("asked_at").toInstant(),
        OrderStore.instant(row, "ended_at"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
