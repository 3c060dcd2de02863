package dev.shopbell.commerce.demo;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ProductState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The books of the demo shop. */
@Component
public class DemoCounter {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  DemoCounter(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  public void put(long shopId, OrderState order) {
    jdbc.sql(
            """
            insert into demo_shop_order (shop_id, external_id, changed_at, content) values (:shop, :id, :at, :content::jsonb)
            on conflict (shop_id, external_id) do update set changed_at = excluded.changed_at, content = excluded.content
            """)
        .param("shop", shopId)
        .param("id", order.externalId())
        .param("at", order.changedAt().atOffset(ZoneOffset.UTC))
        .param("content", json.writeValueAsString(order))
        .update();
  }

  public void put(long shopId, ProductState product) {
    jdbc.sql(
            """
            insert into demo_shop_product (shop_id, external_id, changed_at, content) values (:shop, :id, :at, :content::jsonb)
            on conflict (shop_id, external_id) do update set changed_at = excluded.changed_at, content = excluded.content
            """)
        .param("shop", shopId)
        .param("id", product.externalId())
        .param("at", product.changedAt().atOffset(ZoneOffset.UTC))
        .param("content", json.writeValueAsString(product))
        .update();
  }

  /** Those that stand behind this place, by their last change, oldest first. */
  List<OrderState> orders(long shopId, Instant since, String after, int limit) {
    return jdbc.sql(
            """
            select content from demo_shop_order where shop_id = :shop and (changed_at, external_id) > (:since, :after)
            order by changed_at, external_id limit :limit
            """)
        .param("shop", shopId)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .param("after", after)
        .param("limit", limit)
        .query((row, n) -> json.readValue(row.getString(1), OrderState.class))
        .list();
  }

  List<OrderState> orders(long shopId, Collection<String> ids) {
    return jdbc.sql(
            "select content from demo_shop_order where shop_id = ? and external_id = any(?)")
        .param(shopId)
        .param(ids.toArray(String[]::new))
        .query((row, n) -> json.readValue(row.getString(1), OrderState.class))
        .list();
  }

  List<ProductState> products(long shopId, Instant since, String after, int limit) {
    return jdbc.sql(
            """
            select content from demo_shop_product where shop_id = :shop and (changed_at, external_id) > (:since, :after)
            order by changed_at, external_id limit :limit
            """)
        .param("shop", shopId)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .param("after", after)
        .param("limit", limit)
        .query((row, n) -> json.readValue(row.getString(1), ProductState.class))
        .list();
  }

  List<ProductState> products(long shopId, Collection<String> ids) {
    return jdbc.sql(
            "select content from demo_shop_product where shop_id = ? and external_id = any(?)")
        .param(shopId)
        .param(ids.toArray(String[]::new))
        .query((row, n) -> json.readValue(row.getString(1), ProductState.class))
        .list();
  }

  /** The order, held until the end of the transaction. */
  @Nullable ObjectNode lock(long shopId, String externalId) {
    return jdbc.sql(
            "select content from demo_shop_order where shop_id = ? and external_id = ? for update")
        .param(shopId)
        .param(externalId)
        .query((row, n) -> (ObjectNode) json.readTree(row.getString(1)))
        .optional()
        .orElse(null);
  }

  record Done(@Nullable String reference, @Nullable String code) {}

  Optional<Done> done(long shopId, String key) {
    return jdbc.sql("select reference, code from demo_shop_done where shop_id = ? and key = ?")
        .param(shopId)
        .param(key)
        .query(Done.class)
        .optional();
  }

  void done(long shopId, String key, Done done) {
    jdbc.sql("insert into demo_shop_done (shop_id, key, reference, code) values (?, ?, ?, ?)")
        .param(shopId)
        .param(key)
        .param(done.reference())
        .param(done.code())
        .update();
  }

  OrderState read(ObjectNode order) {
    return json.treeToValue(order, OrderState.class);
  }

  JsonNode tree(Object value) {
    return json.valueToTree(value);
  }
}
