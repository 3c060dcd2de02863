package dev.shopbell.commerce;

import dev.shopbell.platform.SecretBox;
import dev.shopbell.platform.Settings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Component
class ShopStore {
  private static final String CREDENTIALS = "shop credentials";
  private static final String HOOK_SECRET = "shop hook secret";
  private static final String SELECT =
      """
      select shop.*, orders.begun_at as orders_begun_at, orders.since as orders_since, orders.ended_at as orders_ended_at,
        orders.read as orders_read, orders.mended as orders_mended,
        products.begun_at as products_begun_at, products.since as products_since, products.ended_at as products_ended_at,
        products.read as products_read, products.mended as products_mended
      from shop
      left join shop_sync as orders on orders.shop_id = shop.id and orders.what = 'orders'
      left join shop_sync as products on products.shop_id = shop.id and products.what = 'products'
      """;

  private final JdbcClient jdbc;
  private final SecretBox box;
  private final JsonMapper json;
  private final Settings settings;

  ShopStore(JdbcClient jdbc, SecretBox box, JsonMapper json, Settings settings) {
    this.jdbc = jdbc;
    this.box = box;
    this.json = json;
    this.settings = settings;
  }

  List<Shop> all() {
    return jdbc.sql(SELECT + " order by shop.id").query(this::shop).list();
  }

  Optional<Shop> find(long id) {
    return jdbc.sql(SELECT + " where shop.id = ?").param(id).query(this::shop).optional();
  }

  Optional<Shop> byHookKey(String key) {
    return jdbc.sql(SELECT + " where shop.hook_key = ?").param(key).query(this::shop).optional();
  }

  ShopLink link(Shop shop) {
    return jdbc.sql("select credentials, hook_secret from shop where id = ?")
        .param(shop.id())
        .query((row, n) ->
            new ShopLink(
                shop.id(),
                shop.brandId(),
                shop.address(),
                json.readValue(
                    box.open(CREDENTIALS, row.getBytes("credentials")),
                    new TypeReference<Map<String, String>>() {}),
                settings.publicUrl().isEmpty() ? null : shop.hookUrl(),
                box.open(HOOK_SECRET, row.getBytes("hook_secret"))))
        .single();
  }

  /** What a connector needs before there is a shop. */
  String hookUrl(String key) {
    return settings.linkBase() + "/shop-hooks/" + key;
  }

  boolean isReachable() {
    return !settings.publicUrl().isEmpty();
  }

  long insert(
      String kind, ShopConnector.Introduction said, ShopLink link, String hookKey, Instant now) {
    return jdbc.sql(
            """
            insert into shop (brand_id, kind, name, address, currency, credentials, hook_key, hook_secret, missing, actions, created_at)
            values (:brand, :kind, :name, :address, :currency, :credentials, :key, :secret, :missing, :actions, :now) returning id
            """)
        .param("brand", link.brandId())
        .param("kind", kind)
        .param("name", said.name())
        .param("address", link.address())
        .param("currency", said.currency())
        .param("credentials", box.seal(CREDENTIALS, json.writeValueAsString(link.credentials())))
        .param("key", hookKey)
        .param("secret", box.seal(HOOK_SECRET, link.hookSecret()))
        .param("missing", said.missing().toArray(String[]::new))
        .param("actions", actions(said))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  private static String @Nullable [] actions(ShopConnector.Introduction said) {
    return said.actions() == null
        ? null
        : said.actions().stream().map(Enum::name).sorted().toArray(String[]::new);
  }

  void introduced(ShopLink link, ShopConnector.Introduction said) {
    jdbc.sql(
            """
            update shop set name = :name, address = :address, currency = :currency, credentials = :credentials,
              missing = :missing, actions = :actions, state = 'connected', trouble = null, trouble_since = null, failures = 0
            where id = :id
            """)
        .param("name", said.name())
        .param("address", link.address())
        .param("currency", said.currency())
        .param("credentials", box.seal(CREDENTIALS, json.writeValueAsString(link.credentials())))
        .param("missing", said.missing().toArray(String[]::new))
        .param("actions", actions(said))
        .param("id", link.shopId())
        .update();
  }

  /** What the shop says that it can do; empty where it says nothing. */
  Optional<Set<ShopAction.Kind>> actions(long id) {
    return jdbc.sql("select actions from shop where id = ? and actions is not null")
        .param(id)
        .query((row, n) -> {
          Set<ShopAction.Kind> actions = EnumSet.noneOf(ShopAction.Kind.class);
          for (String name : (String[]) row.getArray("actions").getArray()) {
            actions.add(ShopAction.Kind.valueOf(name));
          }
          return actions;
        })
        .optional();
  }

  void hooked(long id, @Nullable Boolean hooked) {
    jdbc.sql("update shop set hooked = ? where id = ?").param(hooked).param(id).update();
  }

  void state(long id, Shop.State state) {
    jdbc.sql("update shop set state = ? where id = ?").param(state.name()).param(id).update();
  }

  /** How often in a row it has failed now. */
  int failed(long id, Shop.State state, String words, Instant now) {
    return jdbc.sql(
            """
            update shop set state = :state, trouble = :words, trouble_since = coalesce(trouble_since, :now::timestamptz),
              failures = failures + 1
            where id = :id returning failures
            """)
        .param("state", state.name())
        .param("words", words)
        .param("now", now.toString())
        .param("id", id)
        .query(Integer.class)
        .optional()
        .orElse(1);
  }

  void works(long id) {
    jdbc.sql(
            "update shop set trouble = null, trouble_since = null, failures = 0 where id = ? and failures > 0")
        .param(id)
        .update();
  }

  void heard(long id, Instant now) {
    jdbc.sql("update shop set heard_at = ? where id = ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .param(id)
        .update();
  }

  /** With all that was read from it. */
  void delete(long id) {
    jdbc.sql("delete from shop_order where shop_id = ?").param(id).update();
    jdbc.sql("delete from product where shop_id = ?").param(id).update();
    jdbc.sql("delete from shop where id = ?").param(id).update();
  }

  private Shop shop(ResultSet row, int n) throws SQLException {
    boolean hooked = row.getBoolean("hooked");
    Boolean told = row.wasNull() ? null : hooked;
    return new Shop(
        row.getLong("id"),
        row.getLong("brand_id"),
        row.getString("kind"),
        row.getString("name"),
        row.getString("address"),
        row.getString("currency"),
        Shop.State.valueOf(row.getString("state")),
        told,
        hookUrl(row.getString("hook_key")),
        List.of((String[]) row.getArray("missing").getArray()),
        row.getString("trouble"),
        instant(row, "trouble_since"),
        instant(row, "heard_at"),
        row.getTimestamp("created_at").toInstant(),
        progress(row, "orders"),
        progress(row, "products"));
  }

  private static Shop.@Nullable Progress progress(ResultSet row, String what) throws SQLException {
    Instant begun = instant(row, what + "_begun_at");
    return begun == null
        ? null
        : new Shop.Progress(
            instant(row, what + "_since"),
            begun,
            instant(row, what + "_ended_at"),
            row.getLong(what + "_read"),
            row.getLong(what + "_mended"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
