package dev.shopbell.commerce;

import dev.shopbell.brands.Brands;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.ShownOnce;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Shops")
class ShopApi {
  private final Shops shops;
  private final Connectors connectors;
  private final OrderPolicies policies;
  private final Brands brands;

  ShopApi(Shops shops, Connectors connectors, OrderPolicies policies, Brands brands) {
    this.shops = shops;
    this.connectors = connectors;
    this.policies = policies;
    this.brands = brands;
  }

  /** A shop system that can be connected, and what its owner enters for it. */
  @Schema(name = "ShopKind")
  record Kind(String kind, String title, List<ShopConnector.Credential> credentials) {}

  @Schema(name = "NewShop")
  record NewShop(long brandId, String kind, String address, Map<String, String> credentials) {}

  /**
   * What is left out stays as it is.
   *
   * @param credentials all of them where the address changes
   * @param paused whether it is neither read nor acted in
   */
  @Schema(name = "ShopChange")
  record Change(
      @Nullable String address,
      @Nullable Map<String, String> credentials,
      @Nullable Boolean paused) {}

  @Schema(name = "ShopHookSecret")
  record HookSecret(String secret) {}

  @GetMapping("/shops/kinds")
  @Allow(Permission.SHOPS_MANAGE)
  Page<Kind> listShopKinds() {
    return Page.whole(
        connectors.all().stream()
            .filter(ShopConnector::isOffered)
            .map(one -> new Kind(one.kind(), one.title(), one.credentials()))
            .toList());
  }

  @GetMapping("/shops")
  @Allow(Permission.SHOPS_MANAGE)
  Page<Shop> listShops(Caller caller) {
    return Page.whole(
        shops.all().stream().filter(shop -> caller.sight().sees(shop.brandId())).toList());
  }

  @GetMapping("/shops/{id}")
  @Allow(Permission.SHOPS_MANAGE)
  Shop readShop(@PathVariable long id) {
    return shops.get(id);
  }

  /** Asks the shop who it is, then reads all of it in the background. */
  @PostMapping("/shops")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.SHOPS_MANAGE)
  Shop connectShop(@RequestBody NewShop shop, Caller caller) {
    caller.sight().require(shop.brandId());
    brands.get(shop.brandId());
    return shops.connect(
        caller.actor(), shop.brandId(), shop.kind(), shop.address(), shop.credentials());
  }

  @PatchMapping("/shops/{id}")
  @Allow(Permission.SHOPS_MANAGE)
  Shop changeShop(@PathVariable long id, @RequestBody Change change, Caller caller) {
    if (change.address() != null || change.credentials() != null) {
      shops.reconnect(
          caller.actor(),
          id,
          change.address(),
          Objects.requireNonNullElse(change.credentials(), Map.of()));
    }
    return change.paused() == null
        ? shops.get(id)
        : shops.pause(caller.actor(), id, change.paused());
  }

  /** Reads all of it again, as on the first day. */
  @PostMapping("/shops/{id}/read-again")
  @Allow(Permission.SHOPS_MANAGE)
  Shop readShopAgain(@PathVariable long id, Caller caller) {
    return shops.readAgain(caller.actor(), id);
  }

  /** With what the shop signs its webhooks, where its owner enters the address there. */
  @PostMapping("/shops/{id}/hook-secret")
  @Allow(Permission.SHOPS_MANAGE)
  @ShownOnce
  HookSecret readShopHookSecret(@PathVariable long id) {
    return new HookSecret(shops.link(shops.get(id)).hookSecret());
  }

  /** Ends the connection; what was read goes, the shop itself keeps all. */
  @DeleteMapping("/shops/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.SHOPS_MANAGE)
  void removeShop(@PathVariable long id, Caller caller) {
    shops.remove(caller.actor(), id);
  }

  /** What may be done with the orders of a brand. */
  @GetMapping("/brands/{id}/order-policy")
  @Allow(Permission.CONVERSATIONS_READ)
  OrderPolicy readOrderPolicy(@PathVariable long id) {
    brands.get(id);
    return policies.of(id);
  }

  @PutMapping("/brands/{id}/order-policy")
  @Allow(Permission.SHOPS_MANAGE)
  OrderPolicy setOrderPolicy(
      @PathVariable long id, @RequestBody OrderPolicy policy, Caller caller) {
    brands.get(id);
    return policies.set(caller.actor(), id, policy);
  }
}
