package dev.shopbell.commerce.shopify;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ProductState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A shop at Shopify. */
@Component
class ShopifyConnector implements ShopConnector {
  private static final String WHO =
      """
      query Who {
        shop { name currencyCode }
        currentAppInstallation { accessScopes { handle } }
      }
      """;

  private final ShopifyApi api;
  private final ShopifyOrders orders;
  private final ShopifyProducts products;
  private final ShopifyWebhooks webhooks;
  private final ShopifyActions actions;

  ShopifyConnector(
      ShopifyApi api,
      ShopifyOrders orders,
      ShopifyProducts products,
      ShopifyWebhooks webhooks,
      ShopifyActions actions) {
    this.api = api;
    this.orders = orders;
    this.products = products;
    this.webhooks = webhooks;
    this.actions = actions;
  }

  @Override
  public String kind() {
    return "shopify";
  }

  @Override
  public String title() {
    return "Shopify";
  }

  @Override
  public List<Credential> credentials() {
    return List.of(
        new Credential(
            ShopifyTokens.CLIENT_ID,
            "Client ID",
            "In Shopify's Dev Dashboard: your app, Settings. Leave it empty for an app that was made"
                + " in the shop itself before 2026.",
            false,
            false),
        new Credential(
            ShopifyTokens.SECRET,
            "Client secret",
            "On the same page; of an older app, its API secret key. What your shop reports to us is"
                + " signed with it.",
            true,
            true),
        new Credential(
            ShopifyTokens.TOKEN,
            "Access token of an older app",
            "Only for an app that was made in the shop itself before 2026. It begins with shpat_.",
            true,
            false));
  }

  @Override
  public Introduction introduce(ShopLink link) throws ShopTrouble {
    JsonNode data = api.ask(link, WHO, Map.of());
    List<String> granted =
        data.path("currentAppInstallation")
            .path("accessScopes")
            .valueStream()
            .map(scope -> scope.path("handle").stringValue(""))
            .toList();
    return new Introduction(
        ShopifyValues.text(data.path("shop"), "name"),
        ShopifyValues.text(data.path("shop"), "currencyCode"),
        ShopifyScopes.missing(granted));
  }

  @Override
  public boolean subscribe(ShopLink link) throws ShopTrouble {
    return webhooks.subscribe(link);
  }

  @Override
  public void unsubscribe(ShopLink link) throws ShopTrouble {
    webhooks.unsubscribe(link);
  }

  @Override
  public @Nullable Label verify(ShopLink link, Hook hook) {
    return webhooks.verify(link, hook);
  }

  @Override
  public List<News> read(ShopLink link, Label label, Hook hook) throws ShopTrouble {
    return webhooks.read(label, hook);
  }

  @Override
  public Batch<OrderState> orders(ShopLink link, @Nullable Instant since, @Nullable String cursor)
      throws ShopTrouble {
    return orders.page(link, since, cursor);
  }

  @Override
  public List<OrderState> orders(ShopLink link, Collection<String> externalIds) throws ShopTrouble {
    return orders.some(link, externalIds);
  }

  @Override
  public Batch<ProductState> products(
      ShopLink link, @Nullable Instant since, @Nullable String cursor) throws ShopTrouble {
    return products.page(link, since, cursor);
  }

  @Override
  public List<ProductState> products(ShopLink link, Collection<String> externalIds)
      throws ShopTrouble {
    return products.some(link, externalIds);
  }

  @Override
  public Set<ShopAction.Kind> actions() {
    return EnumSet.allOf(ShopAction.Kind.class);
  }

  @Override
  public Outcome act(ShopLink link, @Nullable OrderState order, ShopAction action, String key)
      throws ShopTrouble {
    return actions.act(link, order, action, key);
  }

  /** Cancelling is a job there, begun some seconds after it was asked for. */
  @Override
  public Duration settling() {
    return Duration.ofSeconds(30);
  }

  @Override
  public Outcome find(ShopLink link, @Nullable OrderState before, ShopAction action, String key)
      throws ShopTrouble {
    return actions.find(link, before, action, key);
  }

  @Override
  public @Nullable String adminUrl(ShopLink link, String orderExternalId) {
    try {
      return ShopifyApi.base(link) + "/admin/orders/" + orderExternalId;
    } catch (ShopTrouble e) {
      return null;
    }
  }
}
