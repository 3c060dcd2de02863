package dev.shopbell.commerce.generic;

import dev.shopbell.commerce.Money;
import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ProductState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Speaks with whatever speaks the shop API. */
@Component
class GenericConnector implements ShopConnector {
  static final int PAGE = 100;
  static final String CURRENCY = "currency";
  static final String ORDER_PAGE = "order_page";

  private static final Logger log = LoggerFactory.getLogger(GenericConnector.class);

  private final GenericWire wire;
  private final GenericHooks hooks;

  GenericConnector(GenericWire wire, GenericHooks hooks) {
    this.wire = wire;
    this.hooks = hooks;
  }

  @Override
  public String kind() {
    return "generic";
  }

  @Override
  public String title() {
    return "Another shop system";
  }

  @Override
  public List<Credential> credentials() {
    return List.of(
        new Credential(
            GenericWire.KEY,
            "API key",
            "That your developer's shop API takes. Leave it empty if your shop only sends webhooks"
                + " and cannot be asked.",
            true,
            false),
        new Credential(
            CURRENCY,
            "Currency",
            "As EUR. Needed only if your shop cannot be asked.",
            false,
            false),
        new Credential(
            ORDER_PAGE,
            "Page of an order",
            "The address of an order in your shop's own pages, with {id} in place of its id.",
            false,
            false));
  }

  @Override
  public Introduction introduce(ShopLink link) throws ShopTrouble {
    if (!GenericWire.answers(link)) {
      return new Introduction(host(link), currency(link), List.of(), Set.of());
    }
    Introduction introduction = shop(link);
    // A developer is told at once what is wrong, if anything is.
    read(wire.get(link, "orders?limit=" + PAGE), "orders", OrderShape::order, true);
    read(wire.get(link, "products?limit=" + PAGE), "products", OrderShape::product, true);
    return introduction;
  }

  private Introduction shop(ShopLink link) throws ShopTrouble {
    try {
      Fields shop = Fields.of(wire.get(link, "shop"), "");
      String name = shop.text("name", Fields.SHORT);
      String currency = shop.currency("currency");
      EnumSet<ShopAction.Kind> offered = EnumSet.noneOf(ShopAction.Kind.class);
      for (String action : shop.texts("actions", 50)) {
        offered.add(kind(shop, action));
      }
      shop.end();
      return new Introduction(name, currency, List.of(), Set.copyOf(offered));
    } catch (WrongShape e) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, "GET /shop: " + e.words());
    }
  }

  private static ShopAction.Kind kind(Fields shop, String name) throws WrongShape {
    List<String> known = new ArrayList<>();
    for (ShopAction.Kind kind : ShopAction.Kind.values()) {
      if (ActionShape.name(kind).equals(name)) {
        return kind;
      }
      known.add(ActionShape.name(kind));
    }
    throw shop.wrong("actions", "holds what is no action. Known are " + String.join(", ", known));
  }

  private static String host(ShopLink link) {
    try {
      String host = URI.create(link.address().strip()).getHost();
      return host == null ? link.address().strip() : host;
    } catch (IllegalArgumentException e) {
      return link.address().strip();
    }
  }

  private static String currency(ShopLink link) throws ShopTrouble {
    String currency = link.credential(CURRENCY).strip().toUpperCase(Locale.ROOT);
    try {
      Money.digits(currency);
      return currency;
    } catch (IllegalArgumentException e) {
      throw new ShopTrouble(
          ShopTrouble.Kind.invalid,
          "Enter the API key, or, if the shop cannot be asked, its currency, as EUR.");
    }
  }

  /** The owner enters the address in the shop. */
  @Override
  public boolean subscribe(ShopLink link) {
    return false;
  }

  @Override
  public void unsubscribe(ShopLink link) {}

  @Override
  public @Nullable Label verify(ShopLink link, Hook hook) {
    return hooks.verify(link, hook);
  }

  @Override
  public List<News> read(ShopLink link, Label label, Hook hook) throws ShopTrouble {
    return hooks.read(link, hook);
  }

  /** Reads an item of a list. */
  @FunctionalInterface
  private interface Shape<T> {
    T read(JsonNode item, String path) throws WrongShape;
  }

  /**
   * @param strict whether one that is wrong makes all fail, or is passed over
   */
  private static <T> Batch<T> read(JsonNode answer, String what, Shape<T> shape, boolean strict)
      throws ShopTrouble {
    try {
      Fields page = Fields.of(answer, "");
      if (!page.has("items")) {
        throw page.wrong("items", "is missing.");
      }
      List<T> read = new ArrayList<>();
      int at = 0;
      for (JsonNode item : page.array("items", PAGE)) {
        try {
          read.add(shape.read(item, "items[" + at++ + "]"));
        } catch (WrongShape e) {
          if (strict) {
            throw e;
          }
          log.warn("One of the {} of a shop was passed over: {}", what, e.words());
        }
      }
      String next = page.textOrNull("next", Fields.TITLE);
      page.end();
      return new Batch<>(List.copyOf(read), next);
    } catch (WrongShape e) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, "GET /" + what + ": " + e.words());
    }
  }

  private <T> Batch<T> page(
      ShopLink link, String what, @Nullable Instant since, @Nullable String cursor, Shape<T> shape)
      throws ShopTrouble {
    if (!GenericWire.answers(link)) {
      return new Batch<>(List.of(), null);
    }
    StringBuilder path = new StringBuilder(what + "?limit=" + PAGE);
    if (since != null) {
      path.append("&changed_since=").append(encoded(since.toString()));
    }
    if (cursor != null) {
      path.append("&cursor=").append(encoded(cursor));
    }
    return read(wire.get(link, path.toString()), what, shape, false);
  }

  private <T> List<T> these(ShopLink link, String what, Collection<String> ids, Shape<T> shape)
      throws ShopTrouble {
    if (!GenericWire.answers(link)) {
      throw new ShopTrouble(
          ShopTrouble.Kind.invalid, "This shop cannot be asked: it only sends webhooks.");
    }
    if (ids.isEmpty()) {
      return List.of();
    }
    List<String> encoded = ids.stream().map(GenericConnector::encoded).toList();
    String path = what + "?ids=" + String.join(",", encoded);
    return read(wire.get(link, path), what, shape, true).items();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public Batch<OrderState> orders(ShopLink link, @Nullable Instant since, @Nullable String cursor)
      throws ShopTrouble {
    return page(link, "orders", since, cursor, OrderShape::order);
  }

  @Override
  public List<OrderState> orders(ShopLink link, Collection<String> externalIds) throws ShopTrouble {
    return these(link, "orders", externalIds, OrderShape::order);
  }

  @Override
  public Batch<ProductState> products(
      ShopLink link, @Nullable Instant since, @Nullable String cursor) throws ShopTrouble {
    return page(link, "products", since, cursor, OrderShape::product);
  }

  @Override
  public List<ProductState> products(ShopLink link, Collection<String> externalIds)
      throws ShopTrouble {
    return these(link, "products", externalIds, OrderShape::product);
  }

  @Override
  public Set<ShopAction.Kind> actions() {
    return Set.of(ShopAction.Kind.values());
  }

  @Override
  public Outcome act(ShopLink link, @Nullable OrderState order, ShopAction action, String key)
      throws ShopTrouble {
    if (!GenericWire.answers(link)) {
      return new Outcome.Refused("This shop cannot be asked: it only sends webhooks.");
    }
    String path = order == null ? "actions" : "orders/" + encoded(order.externalId()) + "/actions";
    String currency = order == null ? "EUR" : order.currency();
    return wire.act(link, path, ActionShape.write(action, currency), key);
  }

  @Override
  public Outcome find(ShopLink link, @Nullable OrderState before, ShopAction action, String key)
      throws ShopTrouble {
    return GenericWire.answers(link)
        ? wire.find(link, "actions/" + encoded(key))
        : new Outcome.Refused("This shop cannot be asked: it only sends webhooks.");
  }

  @Override
  public @Nullable String adminUrl(ShopLink link, String orderExternalId) {
    String page = link.credential(ORDER_PAGE).strip();
    return page.matches("(?i)https?://\\S+") && page.contains("{id}")
        ? page.replace("{id}", encoded(orderExternalId))
        : null;
  }
}
