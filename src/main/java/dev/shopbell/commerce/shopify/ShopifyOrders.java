package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.gid;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ShopConnector.Batch;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads orders. What one asks for has a price at Shopify, and nobody knows it beforehand: a page
 * holds as many orders as are usually allowed, and half of that where it was too much. An order
 * with more in it than fits into a page is read alone; of one refund or parcel at most 250 lines
 * are known, of one order at most 50 refunds, 50 parcels and 50 payments.
 */
@Component
class ShopifyOrders {
  static final int PER_PAGE = 10;

  private static final String FIELDS =
      """
      fragment Money on MoneyBag { presentmentMoney { amount } }
      fragment Address on MailingAddress {
        name company address1 address2 zip city province provinceCode countryCodeV2 phone
      }
      fragment Line on LineItem {
        id title variantTitle sku quantity requiresShipping
        product { id }
        variant { id selectedOptions { name value } }
        image { url }
        customAttributes { key value }
        originalUnitPriceSet { ...Money }
        discountAllocations { allocatedAmountSet { ...Money } }
      }
      fragment Whole on Order {
        id name createdAt processedAt updatedAt cancelledAt cancelReason
        presentmentCurrencyCode taxesIncluded dutiesIncluded test note tags
        email phone customerLocale discountCodes
        displayFinancialStatus displayFulfillmentStatus returnStatus
        customAttributes { key value }
        customer {
          id firstName lastName
          defaultEmailAddress { emailAddress }
          defaultPhoneNumber { phoneNumber }
        }
        shippingAddress { ...Address }
        billingAddress { ...Address }
        totalPriceSet { ...Money }
        totalTaxSet { ...Money }
        originalTotalDutiesSet { ...Money }
        taxLines { title priceSet { ...Money } }
        additionalFees { name price { ...Money } }
        shippingLines(first: 10) { nodes { title discountedPriceSet { ...Money } } }
        lineItems(first: $lines) {
          nodes { ...Line }
          pageInfo { hasNextPage endCursor }
        }
        transactions(first: $lists) {
          id kind status createdAt processedAt formattedGateway accountNumber
          amountSet { ...Money }
          paymentDetails { ... on CardPaymentDetails { company number } }
        }
        refunds(first: $lists) {
          id note createdAt processedAt
          totalRefundedSet { ...Money }
          return { id }
          refundLineItems(first: $nested) {
            nodes {
              quantity
              lineItem { id }
              subtotalSet { ...Money }
              totalTaxSet { ...Money }
            }
            pageInfo { hasNextPage }
          }
          refundShippingLines(first: 10) {
            nodes { subtotalAmountSet { ...Money } taxAmountSet { ...Money } }
          }
        }
        fulfillments(first: $lists) {
          id createdAt status displayStatus inTransitAt deliveredAt estimatedDeliveryAt
          trackingInfo(first: 10) { company number url }
          fulfillmentLineItems(first: $nested) {
            nodes { quantity lineItem { id } }
            pageInfo { hasNextPage }
          }
          events(first: 50) { nodes { happenedAt status message city country } }
        }
      }
      """;

  private static final String PAGE =
      """
      query Orders(
        $first: Int!, $after: String, $query: String, $lines: Int!, $lists: Int!, $nested: Int!
      ) {
        orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
          nodes { ...Whole }
          pageInfo { hasNextPage endCursor }
        }
      }
      """
          + FIELDS;

  private static final String SOME =
      """
      query SomeOrders($ids: [ID!]!, $lines: Int!, $lists: Int!, $nested: Int!) {
        nodes(ids: $ids) { ... on Order { ...Whole } }
      }
      """
          + FIELDS;

  private static final String LINES =
      """
      query MoreLines($id: ID!, $lines: Int!, $after: String) {
        order(id: $id) {
          lineItems(first: $lines, after: $after) {
            nodes { ...Line }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
      fragment Money on MoneyBag { presentmentMoney { amount } }
      """
          + FIELDS.substring(FIELDS.indexOf("fragment Line"), FIELDS.indexOf("fragment Whole"));

  /** How much of an order is asked for. */
  private record Size(int lines, int lists, int nested) {
    /** Holds nearly every order. */
    static final Size USUAL = new Size(25, 5, 25);

    static final Size LARGE = new Size(100, 50, 250);

    Map<String, Object> variables() {
      return new HashMap<>(Map.of("lines", lines, "lists", lists, "nested", nested));
    }

    Size half() {
      return new Size(Math.max(1, lines / 2), Math.max(1, lists / 2), Math.max(1, nested / 2));
    }
  }

  private final ShopifyApi api;

  ShopifyOrders(ShopifyApi api) {
    this.api = api;
  }

  /**
   * @param cursor the size of the page and Shopify's own cursor
   */
  Batch<OrderState> page(ShopLink link, @Nullable Instant since, @Nullable String cursor)
      throws ShopTrouble {
    String[] parts = cursor == null ? new String[0] : cursor.split(" ", 2);
    int first = parts.length == 2 ? Integer.parseInt(parts[0]) : PER_PAGE;
    Map<String, Object> variables = Size.USUAL.variables();
    if (parts.length == 2) {
      variables.put("after", parts[1]);
    }
    if (since != null) {
      variables.put("query", "updated_at:>='" + since.truncatedTo(ChronoUnit.SECONDS) + "'");
    }
    while (true) {
      variables.put("first", first);
      Optional<JsonNode> data = api.askWithin(link, PAGE, variables);
      if (data.isPresent()) {
        JsonNode orders = data.get().path("orders");
        JsonNode next = orders.path("pageInfo");
        return new Batch<>(
            read(link, orders.path("nodes")),
            next.path("hasNextPage").asBoolean(false)
                ? first + " " + next.path("endCursor").stringValue("")
                : null);
      }
      first = smaller(first);
    }
  }

  List<OrderState> some(ShopLink link, Collection<String> ids) throws ShopTrouble {
    List<String> all = ids.stream().map(id -> gid("Order", id)).toList();
    List<OrderState> orders = new ArrayList<>();
    int first = PER_PAGE;
    int from = 0;
    while (from < all.size()) {
      List<String> part = all.subList(from, Math.min(all.size(), from + first));
      Map<String, Object> variables = Size.USUAL.variables();
      variables.put("ids", part);
      Optional<JsonNode> data = api.askWithin(link, SOME, variables);
      if (data.isPresent()) {
        orders.addAll(read(link, data.get().path("nodes")));
        from += part.size();
      } else {
        first = smaller(first);
      }
    }
    return orders;
  }

  private static int smaller(int first) throws ShopTrouble {
    if (first == 1) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, "Shopify finds a single order too big.");
    }
    return first / 2;
  }

  private List<OrderState> read(ShopLink link, JsonNode nodes) throws ShopTrouble {
    List<OrderState> orders = new ArrayList<>();
    for (JsonNode node : nodes) {
      if (node.has("id")) {
        JsonNode whole = isCut(node) ? large(link, node) : node;
        if (whole.has("id")) {
          orders.add(new ShopifyOrder(whole, lines(link, whole)).state());
        }
      }
    }
    return orders;
  }

  private static boolean isCut(JsonNode order) {
    if (hasMore(order.path("lineItems"))) {
      return true;
    }
    for (String list : List.of("transactions", "refunds", "fulfillments")) {
      if (order.path(list).size() == Size.USUAL.lists()) {
        return true;
      }
    }
    return order
            .path("refunds")
            .valueStream()
            .anyMatch(refund -> hasMore(refund.path("refundLineItems")))
        || order
            .path("fulfillments")
            .valueStream()
            .anyMatch(fulfilment -> hasMore(fulfilment.path("fulfillmentLineItems")));
  }

  private static boolean hasMore(JsonNode connection) {
    return connection.path("pageInfo").path("hasNextPage").asBoolean(false);
  }

  private JsonNode large(ShopLink link, JsonNode order) throws ShopTrouble {
    Size size = Size.LARGE;
    while (true) {
      Map<String, Object> variables = size.variables();
      variables.put("ids", List.of(order.path("id").stringValue("")));
      Optional<JsonNode> data = api.askWithin(link, SOME, variables);
      if (data.isPresent()) {
        return data.get().path("nodes").path(0);
      }
      if (size.equals(size.half())) {
        throw new ShopTrouble(ShopTrouble.Kind.invalid, "Shopify finds a single order too big.");
      }
      size = size.half();
    }
  }

  private List<JsonNode> lines(ShopLink link, JsonNode order) throws ShopTrouble {
    JsonNode page = order.path("lineItems");
    List<JsonNode> lines = new ArrayList<>(page.path("nodes").valueStream().toList());
    while (hasMore(page)) {
      page =
          api.ask(
                  link,
                  LINES,
                  Map.of(
                      "id",
                      order.path("id").stringValue(""),
                      "lines",
                      Size.LARGE.lines(),
                      "after",
                      page.path("pageInfo").path("endCursor").stringValue("")))
              .path("order")
              .path("lineItems");
      lines.addAll(page.path("nodes").valueStream().toList());
    }
    return lines;
  }
}
