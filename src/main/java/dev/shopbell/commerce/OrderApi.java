package dev.shopbell.commerce;

import dev.shopbell.commerce.OrderCase.Asker;
import dev.shopbell.commerce.OrderCase.Who;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.ShownOnce;
import dev.shopbell.staff.Agents;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Orders")
class OrderApi {
  private static final int JOURNAL = 50;

  private final Orders orders;
  private final OrderViews views;
  private final OrderActions actions;
  private final OrderActionStore journal;
  private final OrderDesk desk;
  private final Shops shops;
  private final Agents agents;
  private final TrackingLinks links;

  OrderApi(
      Orders orders,
      OrderViews views,
      OrderActions actions,
      OrderActionStore journal,
      OrderDesk desk,
      Shops shops,
      Agents agents,
      TrackingLinks links) {
    this.orders = orders;
    this.views = views;
    this.actions = actions;
    this.journal = journal;
    this.desk = desk;
    this.shops = shops;
    this.agents = agents;
    this.links = links;
  }

  /**
   * @param shop its name
   * @param adminUrl where it is opened in the shop's own pages; null where there are none
   * @param trackingUrl where the shopper sees it: whoever has this link sees the order
   * @param actions what the shop can do with it; the policy decides when it is asked
   * @param journal what was asked to be done with it, newest first
   * @param variants of the products of its lines, by the lines' ids: for what it can be exchanged
   */
  @Schema(name = "OrderDetail")
  record Detail(
      OrderRow row,
      OrderState state,
      String shop,
      @Nullable String adminUrl,
      String trackingUrl,
      List<ShopAction.Kind> actions,
      List<OrderAction> journal,
      Map<String, List<ProductState.Variant>> variants) {}

  /**
   * @param seenAt {@code changedAt} of the order as you have seen it: if it is another by then,
   *     nothing is done
   * @param conversationId about which it is done
   */
  @Schema(name = "OrderActionRequest")
  record ActionRequest(
      ShopAction action, Instant seenAt, @Nullable String reason, @Nullable Long conversationId) {}

  /**
   * @param amount what would go back or away, in the smallest unit of the order's currency
   * @param rule of the policy that refuses it; null where none does
   */
  @Schema(name = "OrderDecision")
  record Answer(boolean allowed, long amount, @Nullable String rule, @Nullable String words) {}

  /**
   * @param code that the customer is to be told; null for none
   */
  @Schema(name = "OrderActionCode")
  record Code(@Nullable String code) {}

  @GetMapping("/orders")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<OrderRow> listOrders(
      @RequestParam(required = false) @Nullable String number,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    return views.list(number, Page.limit(limit), Cursor.parse(cursor, 2), caller.sight());
  }

  @GetMapping("/orders/{id}")
  @Allow(Permission.CONVERSATIONS_READ)
  Detail readOrder(@PathVariable long id) {
    return detail(orders.get(id));
  }

  /** Asks the shop how it is now. */
  @PostMapping("/orders/{id}/refresh")
  @Allow(Permission.CONVERSATIONS_READ)
  Detail refreshOrder(@PathVariable long id) {
    desk.refresh(orders.get(id));
    return detail(orders.get(id));
  }

  /** Whether the policy allows it; nothing is done. */
  @PostMapping("/orders/{id}/actions/check")
  @Allow(Permission.ORDERS_CHANGE)
  Answer checkOrderAction(
      @PathVariable long id, @RequestBody ActionRequest request, Caller caller) {
    return switch (actions.check(asker(caller), id, request.action())) {
      case PolicyEngine.Decision.Allowed allowed -> new Answer(true, allowed.amount(), null, null);
      case PolicyEngine.Decision.Refused refused ->
          new Answer(false, 0, refused.rule(), refused.words());
    };
  }

  /** Has it done in the shop. It happens wholly or not at all; what came of it is read later. */
  @PostMapping("/orders/{id}/actions")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow(Permission.ORDERS_CHANGE)
  OrderAction askOrderAction(
      @PathVariable long id, @RequestBody ActionRequest request, Caller caller) {
    return actions.ask(
        caller.actor(),
        asker(caller),
        id,
        new OrderActions.Request(
            request.action(), request.reason(), request.conversationId(), request.seenAt(), null));
  }

  @GetMapping("/order-actions/{id}")
  @Allow(Permission.CONVERSATIONS_READ)
  OrderAction readOrderAction(@PathVariable long id) {
    return actions.get(id);
  }

  /** A discount code or gift card that came of it. */
  @PostMapping("/order-actions/{id}/code")
  @Allow(Permission.ORDERS_CHANGE)
  @ShownOnce
  Code readOrderActionCode(@PathVariable long id) {
    actions.get(id);
    return new Code(actions.code(id));
  }

  private Asker asker(Caller caller) {
    return new Asker(Who.agent, agents.get(caller.agentId()).role());
  }

  private Detail detail(Order order) {
    Shop shop = shops.get(order.shopId());
    OrderCase known = desk.look(new Asker(Who.agent, null), order, List.of());
    Map<String, List<ProductState.Variant>> variants = new TreeMap<>();
    for (OrderState.Line line : order.state().lines()) {
      ProductState product =
          line.productId() == null ? null : known.products().get(line.productId());
      if (product != null) {
        variants.put(line.externalId(), product.variants());
      }
    }
    return new Detail(
        views.row(order),
        order.state(),
        shop.name(),
        shops.connector(shop).adminUrl(shops.link(shop), order.state().externalId()),
        links.url(order.id()),
        known.offered().stream().filter(Objects::nonNull).sorted().toList(),
        journal.ofOrder(order.id(), JOURNAL),
        variants);
  }
}
