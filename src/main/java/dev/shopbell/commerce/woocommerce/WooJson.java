package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.Money;
import dev.shopbell.commerce.PostalAddress;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what PHP writes: numbers as text, nothing as {@code ""}, lists that are objects. */
final class WooJson {
  private WooJson() {}

  /** Empty where it is not there, or is no single value. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isValueNode() ? value.asString("").strip() : "";
  }

  static @Nullable String orNull(JsonNode node, String field) {
    String text = text(node, field);
    return text.isEmpty() ? null : text;
  }

  /** WordPress keeps names with {@code &amp;} in them. */
  static String plain(String name) {
    return name.indexOf('&') < 0 ? name : Parser.unescapeEntities(name, false);
  }

  static @Nullable String plainOrNull(JsonNode node, String field) {
    String text = plain(text(node, field));
    return text.isEmpty() ? null : text;
  }

  /** Of an object with an id above 0; empty for others. */
  static String id(JsonNode node, String field) {
    long id = node.path(field).asLong(0);
    return id > 0 ? Long.toString(id) : "";
  }

  static BigDecimal decimal(JsonNode node, String field) {
    String text = text(node, field);
    return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
  }

  /** Rounded to what can be paid. */
  static long minor(BigDecimal amount, String currency) {
    return Money.roundedMinor(amount.toPlainString(), currency);
  }

  /** The API's times in UTC bear no zone. */
  static @Nullable Instant at(JsonNode node, String field) {
    String text = text(node, field);
    try {
      return text.isEmpty() ? null : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** As the API's filters want it: with a zone it would be turned into the shop's own time. */
  static String written(Instant at) {
    return LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC)
        .format(java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"));
  }

  static List<JsonNode> list(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isArray() || value.isObject() ? List.copyOf(value.values()) : List.of();
  }

  /** The value of the newest of an object's meta data of that name. */
  static @Nullable JsonNode meta(JsonNode node, String key) {
    JsonNode found = null;
    for (JsonNode meta : list(node, "meta_data")) {
      if (text(meta, "key").equals(key)) {
        found = meta.path("value");
      }
    }
    return found;
  }

  static String metaText(JsonNode node, String key) {
    JsonNode value = meta(node, key);
    return value != null && value.isValueNode() ? value.asString("").strip() : "";
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Null where nothing is written in it. */
  static @Nullable PostalAddress address(JsonNode address) {
    String name = name(address);
    PostalAddress read =
        new PostalAddress(
            name.isEmpty() ? null : name,
            orNull(address, "company"),
            orNull(address, "address_1"),
            orNull(address, "address_2"),
            orNull(address, "postcode"),
            orNull(address, "city"),
            orNull(address, "state"),
            orNull(address, "country"),
            orNull(address, "phone"));
    boolean somewhere =
        read.line1() != null || read.city() != null || read.postcode() != null || name.length() > 0;
    return somewhere ? read : null;
  }

  static String name(JsonNode address) {
    List<String> parts = new ArrayList<>();
    for (String field : List.of("first_name", "last_name")) {
      if (!text(address, field).isEmpty()) {
        parts.add(text(address, field));
      }
    }
    return String.join(" ", parts);
  }

  /** All fields, so that nothing of the address before is left. */
  static ObjectNode written(PostalAddress address) {
    String name = address.name() == null ? "" : address.name().strip();
    int last = name.lastIndexOf(' ');
    ObjectNode to = object();
    to.put("first_name", last < 0 ? name : name.substring(0, last).strip());
    to.put("last_name", last < 0 ? "" : name.substring(last + 1));
    to.put("company", orEmpty(address.company()));
    to.put("address_1", orEmpty(address.line1()));
    to.put("address_2", orEmpty(address.line2()));
    to.put("postcode", orEmpty(address.postcode()));
    to.put("city", orEmpty(address.city()));
    to.put("state", orEmpty(address.region()));
    to.put("country", orEmpty(address.country()));
    to.put("phone", orEmpty(address.phone()));
    return to;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
