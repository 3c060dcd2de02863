package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.ProductState;
import dev.shopbell.commerce.ProductState.Variant;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.platform.html.HtmlText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a product. One without variations is its own only variant. */
final class WooProducts {
  private static final int MOST_ATTRIBUTES = 100;
  private static final int LONGEST_DESCRIPTION = 20_000;

  private WooProducts() {}

  static boolean hasVariations(JsonNode product) {
    return WooJson.text(product, "type").startsWith("variable");
  }

  /**
   * @param currency of the shop: products do not say
   * @param variations as {@code /products/{id}/variations} lists them
   */
  static ProductState read(JsonNode product, List<JsonNode> variations, String currency)
      throws ShopTrouble {
    String id = WooJson.id(product, "id");
    Instant changed = WooJson.at(product, "date_modified_gmt");
    if (id.isEmpty()) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, "This is no product of WooCommerce.");
    }
    try {
      return new ProductState(
          id,
          WooJson.plain(WooJson.text(product, "name")),
          first(product, "brands"),
          first(product, "categories"),
          description(product),
          WooJson.orNull(product, "permalink"),
          WooJson.list(product, "images").stream()
              .map(image -> WooJson.text(image, "src"))
              .filter(src -> !src.isEmpty())
              .findFirst()
              .orElse(null),
          changed == null ? Instant.EPOCH : changed,
          !WooJson.text(product, "status").equals("publish"),
          attributes(product),
          variants(product, variations, currency));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new ShopTrouble(
          ShopTrouble.Kind.invalid,
          "The product with the id " + id + " has numbers that make no sense.");
    }
  }

  private static @Nullable String first(JsonNode product, String list) {
    return WooJson.list(product, list).stream()
        .map(entry -> WooJson.plain(WooJson.text(entry, "name")))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String description(JsonNode product) {
    String html = WooJson.text(product, "description");
    String text = HtmlText.of(html.isEmpty() ? WooJson.text(product, "short_description") : html);
    text = text.length() > LONGEST_DESCRIPTION ? text.substring(0, LONGEST_DESCRIPTION) : text;
    return text.isBlank() ? null : text.strip();
  }

  /** What is not chosen in the shop but said of all of it, with weight and size. */
  private static Map<String, String> attributes(JsonNode product) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (JsonNode attribute : WooJson.list(product, "attributes")) {
      if (!attribute.path("variation").asBoolean(false) && attributes.size() < MOST_ATTRIBUTES) {
        List<String> options =
            WooJson.list(attribute, "options").stream()
                .map(option -> WooJson.plain(option.asString("")))
                .toList();
        attributes.put(WooJson.plain(WooJson.text(attribute, "name")), String.join(", ", options));
      }
    }
    return attributes;
  }

  private static List<Variant> variants(
      JsonNode product, List<JsonNode> variations, String currency) {
    if (!hasVariations(product)) {
      return List.of(
          variant(
              product, product, WooJson.plain(WooJson.text(product, "name")), Map.of(), currency));
    }
    List<Variant> variants = new ArrayList<>();
    for (JsonNode variation : variations) {
      if (WooJson.text(variation, "status").equals("publish")) {
        Map<String, String> options = new LinkedHashMap<>();
        for (JsonNode attribute : WooJson.list(variation, "attributes")) {
          options.put(
              WooJson.plain(WooJson.text(attribute, "name")),
              WooJson.plain(WooJson.text(attribute, "option")));
        }
        variants.add(
            variant(product, variation, String.join(" / ", options.values()), options, currency));
      }
    }
    return List.copyOf(variants);
  }

  private static Variant variant(
      JsonNode product, JsonNode of, String title, Map<String, String> options, String currency) {
    return new Variant(
        WooJson.id(of, "id"),
        WooJson.orNull(of, "sku"),
        title,
        WooJson.minor(WooJson.decimal(of, "price"), currency),
        currency,
        stock(WooJson.text(of, "manage_stock").equals("parent") ? product : of),
        options);
  }

  private static @Nullable Integer stock(JsonNode of) {
    if (of.path("manage_stock").asBoolean(false)) {
      return Math.max(0, of.path("stock_quantity").asInt(0));
    }
    return WooJson.text(of, "stock_status").equals("outofstock") ? 0 : null;
  }
}
