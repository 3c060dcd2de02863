package dev.shopbell.commerce.woocommerce;

import static dev.shopbell.commerce.woocommerce.WooServer.JSON;

import dev.shopbell.commerce.woocommerce.WooServer.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What WooCommerce answers to whom it knows. */
final class WooApi {
  private static final Set<String> AMOUNTS =
      Set.of(
          "total",
          "total_tax",
          "subtotal",
          "subtotal_tax",
          "tax_total",
          "shipping_tax_total",
          "shipping_total",
          "amount");

  private final WooStore store;

  WooApi(WooStore store) {
    this.store = store;
  }

  Answer answer(String method, String path, Map<String, String> query, JsonNode body) {
    String[] parts = path.split("/");
    Answer answer =
        switch (parts[0]) {
          case "orders" -> orders(method, parts, query, body);
          case "products" -> products(parts, query);
          case "webhooks" -> webhooks(method, parts, query, body);
          case "coupons" -> coupons(method, query, body);
          case "customers" -> page(List.of(), query);
          case "data" -> Answer.of(JSON.createObjectNode().put("code", store.currency));
          case "payment_gateways" -> gateway(parts[1]);
          default -> Answer.error(404, "rest_no_route", "No route was found matching the URL.");
        };
    int digits = Integer.parseInt(query.getOrDefault("dp", "2"));
    return new Answer(answer.status(), rounded(answer.json(), digits), answer.total());
  }

  private Answer gateway(String id) {
    ObjectNode gateway = JSON.createObjectNode().put("id", id);
    gateway.putArray("method_supports").add("products");
    if (store.refundsByGateway) {
      ((ArrayNode) gateway.get("method_supports")).add("refunds");
    }
    return Answer.of(gateway);
  }

  /** As {@code dp} has it: amounts are kept with all their digits. */
  private JsonNode rounded(JsonNode json, int digits) {
    JsonNode copy = json.deepCopy();
    round(copy, digits);
    return copy;
  }

  private void round(JsonNode node, int digits) {
    if (node instanceof ObjectNode object) {
      for (String field : AMOUNTS) {
        String text = object.path(field).asString("");
        if (text.matches("-?\\d+(\\.\\d+)?")) {
          object.put(
              field, new BigDecimal(text).setScale(digits, RoundingMode.HALF_UP).toPlainString());
        }
      }
    }
    node.values().forEach(child -> round(child, digits));
  }

  private Answer orders(String method, String[] parts, Map<String, String> query, JsonNode body) {
    if (parts.length == 1) {
      return method.equals("POST")
          ? new Answer(201, store.create(body), -1)
          : page(filtered(List.copyOf(store.orders.values()), query), query);
    }
    if (parts[1].equals("batch")) {
      return Answer.of(JSON.createArrayNode());
    }
    ObjectNode order = store.orders.get(Long.parseLong(parts[1]));
    if (order == null) {
      return Answer.error(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.");
    }
    if (parts.length == 2) {
      return Answer.of(method.equals("GET") ? order : store.update(order, body));
    }
    return switch (parts[2]) {
      case "refunds" -> method.equals("GET") ? list(order, "refund") : refund(order, body);
      case "notes" ->
          method.equals("GET")
              ? list(order, "note")
              : new Answer(201, store.note(order, body.path("note").asString("")), -1);
      case "fulfillments" -> list(order, "fulfilment");
      case "actions" -> Answer.of(JSON.createObjectNode().put("message", "Sent."));
      default -> Answer.error(404, "rest_no_route", "No route was found matching the URL.");
    };
  }

  private Answer list(ObjectNode order, String what) {
    ArrayNode list = JSON.createArrayNode();
    store.belonging(order, what).forEach(list::add);
    return new Answer(200, list, list.size());
  }

  private Answer refund(ObjectNode order, JsonNode body) {
    String refused = store.refusal(order, body);
    return refused == null
        ? new Answer(201, store.refund(order, body), -1)
        : Answer.error(500, "woocommerce_rest_cannot_create_order_refund", refused);
  }

  private Answer products(String[] parts, Map<String, String> query) {
    if (parts.length == 1) {
      return page(filtered(store.products(), query), query);
    }
    long id = Long.parseLong(parts[1]);
    if (parts.length == 3) {
      return page(store.variations(id), query);
    }
    ObjectNode product = store.product(id);
    return product == null
        ? Answer.error(404, "woocommerce_rest_product_invalid_id", "Invalid ID.")
        : Answer.of(product);
  }

  private Answer webhooks(String method, String[] parts, Map<String, String> query, JsonNode body) {
    if (method.equals("GET")) {
      return page(store.webhooks, query);
    }
    if (method.equals("POST")) {
      ObjectNode webhook = ((ObjectNode) body.deepCopy()).put("id", store.nextId());
      store.webhooks.add(webhook);
      return new Answer(201, shown(webhook), -1);
    }
    ObjectNode webhook =
        store.webhooks.stream()
            .filter(one -> one.path("id").asString("").equals(parts[1]))
            .findFirst()
            .orElseThrow();
    if (method.equals("DELETE")) {
      store.webhooks.remove(webhook);
    } else {
      body.properties().forEach(field -> webhook.set(field.getKey(), field.getValue()));
    }
    return Answer.of(shown(webhook));
  }

  private static ObjectNode shown(ObjectNode webhook) {
    ObjectNode shown = webhook.deepCopy();
    shown.remove("secret");
    return shown;
  }

  private Answer coupons(String method, Map<String, String> query, JsonNode body) {
    if (method.equals("POST")) {
      ObjectNode coupon = ((ObjectNode) body.deepCopy()).put("id", store.nextId());
      coupon.put("code", body.path("code").asString("").toLowerCase(java.util.Locale.ROOT));
      store.coupons.add(coupon);
      return new Answer(201, coupon, -1);
    }
    String code = query.getOrDefault("code", "").toLowerCase(java.util.Locale.ROOT);
    return page(
        store.coupons.stream().filter(one -> one.path("code").asString("").equals(code)).toList(),
        query);
  }

  /** Those that were deleted are found under no filter but their own. */
  private static List<ObjectNode> filtered(List<ObjectNode> all, Map<String, String> query) {
    List<String> include = Arrays.asList(query.getOrDefault("include", "").split(","));
    String after = query.getOrDefault("modified_after", "");
    String parent = query.getOrDefault("parent", "");
    String search = query.getOrDefault("search", "");
    List<ObjectNode> found = new ArrayList<>();
    for (ObjectNode one : all) {
      boolean fits =
          !text(one, "status").equals("trash")
              && (!query.containsKey("include") || include.contains(text(one, "id")))
              && (after.isEmpty() || text(one, "date_modified_gmt").compareTo(after) > 0)
              && (parent.isEmpty() || text(one, "parent_id").equals(parent))
              && (search.isEmpty() || text(one.path("billing"), "email").equals(search));
      if (fits) {
        found.add(one);
      }
    }
    String order = query.getOrDefault("orderby", "date");
    String field = order.equals("modified") ? "date_modified_gmt" : "date_created_gmt";
    Comparator<ObjectNode> by =
        Comparator.<ObjectNode, String>comparing(one -> text(one, field))
            .thenComparing(one -> one.path("id").asLong());
    found.sort(query.getOrDefault("order", "desc").equals("asc") ? by : by.reversed());
    return found;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static Answer page(List<ObjectNode> all, Map<String, String> query) {
    int size = Integer.parseInt(query.getOrDefault("per_page", "10"));
    @Nullable String offset = query.get("offset");
    int from =
        offset == null
            ? (Integer.parseInt(query.getOrDefault("page", "1")) - 1) * size
            : Integer.parseInt(offset);
    ArrayNode page = JSON.createArrayNode();
    all.stream().skip(from).limit(size).forEach(one -> page.add(one.deepCopy()));
    return new Answer(200, page, all.size());
  }
}
