package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What the shops sell, as they tell it. */
@Service
public class Products {
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Facts facts;

  Products(JdbcClient jdbc, JsonMapper json, Facts facts) {
    this.jdbc = jdbc;
    this.json = json;
    this.facts = facts;
  }

  private record Known(Instant changedAt, long print) {}

  /**
   * Takes products as they are now; what is older than what we know, or the same, changes nothing.
   *
   * @return how many were not as we knew them
   */
  @Transactional(propagation = Propagation.MANDATORY)
  int take(Shop shop, List<ProductState> states, Orders.Said said) {
    Map<String, ProductState> newest = new LinkedHashMap<>();
    for (ProductState state : states) {
      newest.merge(
          state.externalId(), state, (a, b) -> b.changedAt().isBefore(a.changedAt()) ? a : b);
    }
    Map<String, Known> known = known(shop.id(), newest.keySet());
    int changed = 0;
    for (ProductState state : newest.values()) {
      Print print = Print.of(json, state);
      Known before = known.get(state.externalId());
      boolean news =
          before == null
              || (print.number() != before.print()
                  && !state.changedAt().isBefore(before.changedAt()));
      if (news) {
        long id = write(shop, state, print, said);
        changed++;
        if (said.news()) {
          facts.append(Actor.SYSTEM, new ProductChanged(shop.brandId(), id));
        }
      }
    }
    return changed;
  }

  private Map<String, Known> known(long shopId, Collection<String> externalIds) {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('products of a shop'), ?::int)")
        .param(shopId)
        .query(row -> {});
    Map<String, Known> known = new HashMap<>();
    jdbc.sql(
            "select external_id, changed_at, print from product where shop_id = ? and external_id = any(?)")
        .param(shopId)
        .param(externalIds.toArray(String[]::new))
        .query(row -> {
          known.put(
              row.getString("external_id"),
              new Known(row.getTimestamp("changed_at").toInstant(), row.getLong("print")));
        });
    return known;
  }

  private long write(Shop shop, ProductState state, Print print, Orders.Said said) {
    long id =
        jdbc.sql(
                """
                insert into product (shop_id, brand_id, external_id, title, changed_at, asked_at, removed_at, print, content)
                values (:shop, :brand, :external, :title, :changed, :asked, case when :removed then now() end, :print,
                  :content::jsonb)
                on conflict (shop_id, external_id) do update set title = excluded.title, changed_at = excluded.changed_at,
                  asked_at = excluded.asked_at, removed_at = excluded.removed_at, print = excluded.print,
                  content = excluded.content
                returning id
                """)
            .param("shop", shop.id())
            .param("brand", shop.brandId())
            .param("external", state.externalId())
            .param("title", state.title())
            .param("changed", state.changedAt().atOffset(ZoneOffset.UTC))
            .param(
                "asked",
                Objects.requireNonNullElse(said.askedAt(), Instant.EPOCH).atOffset(ZoneOffset.UTC))
            .param("removed", state.removed())
            .param("print", print.number())
            .param("content", print.content())
            .query(Long.class)
            .single();
    jdbc.sql("delete from product_variant where product_id = ?").param(id).update();
    List<ProductState.Variant> variants = state.variants();
    jdbc.sql(
            """
            insert into product_variant (product_id, external_id, sku, price, currency, stock)
            select :product, * from unnest(:ids::text[], :skus::text[], :prices::bigint[], :currencies::text[], :stocks::int[])
            on conflict do nothing
            """)
        .param("product", id)
        .param(
            "ids", variants.stream().map(ProductState.Variant::externalId).toArray(String[]::new))
        .param("skus", variants.stream().map(ProductState.Variant::sku).toArray(String[]::new))
        .param("prices", variants.stream().map(ProductState.Variant::price).toArray(Long[]::new))
        .param(
            "currencies",
            variants.stream().map(ProductState.Variant::currency).toArray(String[]::new))
        .param("stocks", variants.stream().map(ProductState.Variant::stock).toArray(Integer[]::new))
        .update();
    return id;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void removed(Shop shop, Collection<String> externalIds) {
    jdbc.sql(
            """
            update product set removed_at = now()
            where shop_id = :shop and external_id = any(:ids) and removed_at is null
            """)
        .param("shop", shop.id())
        .param("ids", externalIds.toArray(String[]::new))
        .update();
  }

  /**
   * The products of a shop by its own ids.
   *
   * @return those that are known
   */
  public List<ProductState> find(long shopId, Collection<String> externalIds) {
    return jdbc.sql(
            "select content from product where shop_id = ? and external_id = any(?) and removed_at is null")
        .param(shopId)
        .param(externalIds.stream().filter(Objects::nonNull).toArray(String[]::new))
        .query((row, n) -> json.readValue(row.getString("content"), ProductState.class))
        .list();
  }
}
