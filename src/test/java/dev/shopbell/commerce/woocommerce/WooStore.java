package dev.shopbell.commerce.woocommerce;

import static dev.shopbell.commerce.woocommerce.WooServer.JSON;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a shop holds, and how WooCommerce changes it. Each change is a second after the last. */
final class WooStore {
  private static final DateTimeFormatter GMT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  final Map<Long, ObjectNode> orders = new LinkedHashMap<>();
  final List<ObjectNode> webhooks = new ArrayList<>();
  final List<ObjectNode> coupons = new ArrayList<>();
  final Map<String, Integer> sentByMail = new HashMap<>();
  private final Map<Long, ObjectNode> products = new LinkedHashMap<>();
  private final Map<String, List<ObjectNode>> belonging = new HashMap<>();
  String currency = "EUR";
  boolean refundsByGateway = true;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private long ids = 700;

  long nextId() {
    return ++ids;
  }

  /** The same second as before, as after a change of many at once. */
  String now() {
    return GMT.format(now);
  }

  void tick() {
    now = now.plusSeconds(1);
  }

  Instant time() {
    return now;
  }

  void touch(ObjectNode object) {
    tick();
    object.put("date_modified_gmt", now());
  }

  ObjectNode add(ObjectNode order) {
    tick();
    long id = nextId();
    order.put("id", id).put("number", Long.toString(id));
    order.put("date_created_gmt", now()).put("date_modified_gmt", now());
    orders.put(id, order);
    return order;
  }

  ObjectNode order(String id) {
    ObjectNode order = orders.get(Long.parseLong(id));
    if (order == null) {
      throw new IllegalArgumentException(id);
    }
    return order;
  }

  List<ObjectNode> products() {
    return products.values().stream().filter(one -> !one.has("parent_of")).toList();
  }

  void addProduct(ObjectNode product) {
    tick();
    long id = nextId();
    product.put("id", id).put("date_created_gmt", now()).put("date_modified_gmt", now());
    products.put(id, product);
  }

  void addVariation(ObjectNode product, ObjectNode variation) {
    addProduct(variation);
    variation.put("parent_of", true).put("parent_id", product.path("id").asLong());
    variation.put("type", "variation");
  }

  @Nullable ObjectNode product(long id) {
    return products.get(id);
  }

  List<ObjectNode> variations(long product) {
    return products.values().stream()
        .filter(one -> one.has("parent_of") && one.path("parent_id").asLong() == product)
        .toList();
  }

  List<ObjectNode> belonging(ObjectNode order, String what) {
    String key = what + " " + order.path("id").asLong();
    return belonging.computeIfAbsent(key, _ -> new ArrayList<>());
  }

  ObjectNode note(ObjectNode order, String text) {
    ObjectNode note = JSON.createObjectNode().put("id", nextId()).put("note", text);
    belonging(order, "note").add(note);
    return note;
  }

  ObjectNode create(JsonNode body) {
    ObjectNode order = JSON.createObjectNode();
    order.put("status", "pending").put("currency", currency).put("prices_include_tax", true);
    order.put("parent_id", 0).put("customer_id", 0).put("customer_note", "");
    order.put("payment_method", "").put("payment_method_title", "").put("transaction_id", "");
    for (String list :
        List.of(
            "line_items", "tax_lines", "shipping_lines", "fee_lines", "coupon_lines", "refunds")) {
      order.putArray(list);
    }
    order.putArray("meta_data");
    order.putObject("billing").put("email", "");
    order.putObject("shipping");
    order.putNull("date_paid_gmt").putNull("date_completed_gmt");
    add(order);
    update(order, body);
    if (body.path("set_paid").asBoolean(false)) {
      order.put("date_paid_gmt", now());
    }
    return order;
  }

  ObjectNode update(ObjectNode order, JsonNode body) {
    for (String field :
        List.of("status", "parent_id", "customer_id", "customer_note", "currency")) {
      if (body.has(field)) {
        order.set(field, body.get(field));
      }
    }
    for (String address : List.of("billing", "shipping")) {
      body.path(address)
          .properties()
          .forEach(part -> ((ObjectNode) order.get(address)).set(part.getKey(), part.getValue()));
    }
    for (JsonNode meta : body.path("meta_data")) {
      setMeta(order, meta.path("key").asString(), meta.path("value"));
    }
    if (body.has("line_items")) {
      for (JsonNode item : body.path("line_items")) {
        setItem((ArrayNode) order.get("line_items"), item);
      }
      total(order);
    }
    touch(order);
    return order;
  }

  void setMeta(ObjectNode of, String key, JsonNode value) {
    ArrayNode all = (ArrayNode) of.get("meta_data");
    for (JsonNode meta : all) {
      if (meta.path("key").asString().equals(key)) {
        ((ObjectNode) meta).set("value", value);
        return;
      }
    }
    all.addObject().put("id", nextId()).put("key", key).set("value", value);
  }

  private void setItem(ArrayNode items, JsonNode wanted) {
    ObjectNode item = null;
    for (int i = 0; wanted.has("id") && i < items.size(); i++) {
      if (items.get(i).path("id").asLong() == wanted.path("id").asLong()) {
        item = (ObjectNode) items.get(i);
        if (wanted.path("quantity").asInt(1) == 0) {
          items.remove(i);
          return;
        }
      }
    }
    if (item == null) {
      item = bought(items, wanted);
    }
    for (String field : List.of("quantity", "subtotal", "total")) {
      if (wanted.has(field)) {
        item.set(field, wanted.get(field));
      }
    }
  }

  /** At the price of the shop. */
  private ObjectNode bought(ArrayNode items, JsonNode wanted) {
    boolean variation = wanted.path("variation_id").asLong(0) > 0;
    long id = wanted.path(variation ? "variation_id" : "product_id").asLong();
    ObjectNode product = products.get(id);
    if (product == null) {
      throw new IllegalArgumentException("No product " + id);
    }
    BigDecimal total =
        new BigDecimal(product.path("price").asString())
            .multiply(BigDecimal.valueOf(wanted.path("quantity").asInt(1)));
    ObjectNode item = items.addObject().put("id", nextId());
    item.put("name", product.path("name").asString(""));
    item.put("product_id", variation ? product.path("parent_id").asLong() : id);
    item.put("variation_id", variation ? id : 0);
    item.put("total", total.toPlainString()).put("subtotal", total.toPlainString());
    item.put("total_tax", "0").put("subtotal_tax", "0");
    item.putArray("taxes");
    item.putArray("meta_data");
    return item;
  }

  private static void total(ObjectNode order) {
    BigDecimal total = BigDecimal.ZERO;
    for (String list : List.of("line_items", "shipping_lines", "fee_lines")) {
      for (JsonNode item : order.path(list)) {
        total = total.add(decimal(item, "total")).add(decimal(item, "total_tax"));
      }
    }
    order.put("total", total.toPlainString());
  }

  static BigDecimal decimal(JsonNode node, String field) {
    return new BigDecimal(node.path(field).asString("0"));
  }

  /** In the words of the shop; null if it may be given back. */
  @Nullable String refusal(ObjectNode order, JsonNode body) {
    BigDecimal left = decimal(order, "total");
    for (JsonNode refund : order.path("refunds")) {
      left = left.add(decimal(refund, "total"));
    }
    if (decimal(body, "amount").compareTo(left) > 0) {
      return "Invalid refund amount.";
    }
    return refundsByGateway
        ? null
        : "The payment gateway for this order does not support automatic refunds.";
  }

  ObjectNode refund(ObjectNode order, JsonNode body) {
    touch(order);
    String amount = decimal(body, "amount").toPlainString();
    ObjectNode refund = JSON.createObjectNode().put("id", nextId()).put("amount", amount);
    refund.put("date_created_gmt", now()).put("reason", body.path("reason").asString(""));
    refund.putArray("meta_data");
    refund.putArray("shipping_lines");
    refund.putArray("line_items");
    body.path("meta_data")
        .forEach(meta -> setMeta(refund, meta.path("key").asString(), meta.path("value")));
    for (JsonNode wanted : body.path("line_items")) {
      boolean line = contains(order.path("line_items"), wanted.path("id").asLong());
      ObjectNode item =
          ((ArrayNode) refund.get(line ? "line_items" : "shipping_lines")).addObject();
      BigDecimal tax = BigDecimal.ZERO;
      ArrayNode taxes = item.putArray("taxes");
      for (JsonNode one : wanted.path("refund_tax")) {
        tax = tax.add(decimal(one, "refund_total"));
        taxes
            .addObject()
            .put("id", one.path("id").asLong())
            .put("total", decimal(one, "refund_total").negate().toPlainString());
      }
      item.put("id", nextId()).put("quantity", -wanted.path("quantity").asInt(0));
      item.put("total", decimal(wanted, "refund_total").negate().toPlainString());
      item.put("total_tax", tax.negate().toPlainString());
      item.putArray("meta_data");
      setMeta(
          item,
          "_refunded_item_id",
          JSON.getNodeFactory().stringNode(wanted.path("id").asString("")));
    }
    belonging(order, "refund").add(refund);
    ((ArrayNode) order.get("refunds"))
        .addObject()
        .put("id", refund.path("id").asLong())
        .put("total", "-" + amount);
    BigDecimal given = BigDecimal.ZERO;
    for (JsonNode one : order.path("refunds")) {
      given = given.subtract(decimal(one, "total"));
    }
    if (given.compareTo(decimal(order, "total")) >= 0) {
      order.put("status", "refunded");
    }
    return refund;
  }

  private static boolean contains(JsonNode items, long id) {
    return items.values().stream().anyMatch(item -> item.path("id").asLong() == id);
  }
}
