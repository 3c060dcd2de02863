package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ProductState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Speaks with shops that run WooCommerce 5.8 (2021) or later. */
@Component
class WooCommerceConnector implements ShopConnector {
  /** As many as stay well below the limit of an answer, with all that plug-ins leave in them. */
  static final int PAGE = 50;

  private static final Logger log = LoggerFactory.getLogger(WooCommerceConnector.class);

  private final WooWire wire;
  private final WooHooks hooks;
  private final WooActions acts;

  WooCommerceConnector(WooWire wire, WooHooks hooks, WooActions acts) {
    this.wire = wire;
    this.hooks = hooks;
    this.acts = acts;
  }

  @Override
  public String kind() {
    return "woocommerce";
  }

  @Override
  public String title() {
    return "WooCommerce";
  }

  @Override
  public List<Credential> credentials() {
    String where =
        "In WordPress: WooCommerce › Settings › Advanced › REST API › Add key, with the"
            + " permissions “Read/Write”. It is shown once.";
    return List.of(
        new Credential(WooWire.KEY, "Consumer key", where + " Begins with ck_.", false, true),
        new Credential(WooWire.SECRET, "Consumer secret", where + " Begins with cs_.", true, true));
  }

  @Override
  public Introduction introduce(ShopLink link) throws ShopTrouble {
    String name = WooJson.plain(WooJson.text(wire.site(link), "name"));
    String currency = currency(link);
    wire.page(link, "orders?per_page=1&_fields=id");
    return new Introduction(
        name.isEmpty() ? "WooCommerce" : name,
        currency,
        mayWrite(link) ? List.of() : List.of("Read/Write"));
  }

  private String currency(ShopLink link) throws ShopTrouble {
    String code = WooJson.text(wire.get(link, "data/currencies/current"), "code");
    if (!code.matches("[A-Z]{3}")) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, "The shop does not say its currency.");
    }
    return code;
  }

  /** A batch of nothing changes nothing, but only keys that may write may send it. */
  private boolean mayWrite(ShopLink link) throws ShopTrouble {
    try {
      return wire.send(link, "POST", "orders/batch", WooJson.object()) instanceof WooWire.Sent.Done;
    } catch (ShopTrouble e) {
      if (e.kind() == ShopTrouble.Kind.not_allowed) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public boolean subscribe(ShopLink link) throws ShopTrouble {
    return hooks.subscribe(link);
  }

  @Override
  public void unsubscribe(ShopLink link) throws ShopTrouble {
    hooks.unsubscribe(link);
  }

  @Override
  public @Nullable Label verify(ShopLink link, Hook hook) {
    return hooks.verify(link, hook);
  }

  @Override
  public List<News> read(ShopLink link, Label label, Hook hook) throws ShopTrouble {
    return hooks.read(label, hook);
  }

  @Override
  public Batch<OrderState> orders(ShopLink link, @Nullable Instant since, @Nullable String cursor)
      throws ShopTrouble {
    WooCursor at = WooCursor.of(since, cursor);
    WooWire.Page page = wire.page(link, "orders?dp=6&" + WooCursor.query(at, PAGE));
    WooCursor.Step step = WooCursor.step(at, page, PAGE);
    return new Batch<>(read(link, step.fresh()), next(step));
  }

  private static @Nullable String next(WooCursor.Step step) {
    return step.next() == null ? null : step.next().toString();
  }

  @Override
  public List<OrderState> orders(ShopLink link, Collection<String> externalIds) throws ShopTrouble {
    String ids = ids(externalIds);
    return ids.isEmpty()
        ? List.of()
        : read(link, wire.page(link, "orders?dp=6&per_page=100&include=" + ids).items());
  }

  /** What is not a number is none of this shop's ids; an empty list would mean everything. */
  private static String ids(Collection<String> externalIds) {
    return String.join(
        ",", externalIds.stream().filter(id -> id.matches("\\d{1,18}")).distinct().toList());
  }

  /** One that makes no sense does not keep the others from being read. */
  private List<OrderState> read(ShopLink link, List<JsonNode> orders) throws ShopTrouble {
    List<OrderState> read = new ArrayList<>();
    for (JsonNode order : orders) {
      if (WooOrders.isOrder(order)) {
        String path = "orders/" + WooJson.id(order, "id");
        List<JsonNode> refunds =
            order.path("refunds").isEmpty() ? List.of() : wire.all(link, path + "/refunds?dp=6");
        List<JsonNode> fulfilments =
            WooParcels.hasFulfilments(order)
                ? List.copyOf(wire.get(link, path + "/fulfillments").values())
                : List.of();
        try {
          read.add(WooOrders.read(order, refunds, fulfilments));
        } catch (ShopTrouble e) {
          log.warn("An order of {} was passed over. {}", link, e.words());
        }
      }
    }
    return List.copyOf(read);
  }

  @Override
  public Batch<ProductState> products(
      ShopLink link, @Nullable Instant since, @Nullable String cursor) throws ShopTrouble {
    WooCursor at = WooCursor.of(since, cursor);
    WooWire.Page page = wire.page(link, "products?" + WooCursor.query(at, PAGE));
    WooCursor.Step step = WooCursor.step(at, page, PAGE);
    return new Batch<>(products(link, step.fresh()), next(step));
  }

  @Override
  public List<ProductState> products(ShopLink link, Collection<String> externalIds)
      throws ShopTrouble {
    String ids = ids(externalIds);
    return ids.isEmpty()
        ? List.of()
        : products(link, wire.page(link, "products?per_page=100&include=" + ids).items());
  }

  private List<ProductState> products(ShopLink link, List<JsonNode> products) throws ShopTrouble {
    if (products.isEmpty()) {
      return List.of();
    }
    String currency = currency(link);
    List<ProductState> read = new ArrayList<>();
    for (JsonNode product : products) {
      String path = "products/" + WooJson.id(product, "id") + "/variations?orderby=id&order=asc";
      List<JsonNode> variations =
          WooProducts.hasVariations(product) ? wire.all(link, path) : List.of();
      try {
        read.add(WooProducts.read(product, variations, currency));
      } catch (ShopTrouble e) {
        log.warn("A product of {} was passed over. {}", link, e.words());
      }
    }
    return List.copyOf(read);
  }

  @Override
  public Set<ShopAction.Kind> actions() {
    return WooActions.KINDS;
  }

  @Override
  public Outcome act(ShopLink link, @Nullable OrderState order, ShopAction action, String key)
      throws ShopTrouble {
    return acts.act(link, order, action, key);
  }

  /** PHP may work on for as long after nobody listens any more. */
  @Override
  public Duration settling() {
    return Duration.ofMinutes(2);
  }

  @Override
  public Outcome find(ShopLink link, @Nullable OrderState before, ShopAction action, String key)
      throws ShopTrouble {
    return acts.find(link, before, action, key);
  }

  @Override
  public @Nullable String adminUrl(ShopLink link, String orderExternalId) {
    return WooWire.base(link)
        + "/wp-admin/admin.php?page=wc-orders&action=edit&id="
        + orderExternalId;
  }
}
