package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.gid;
import static dev.shopbell.commerce.shopify.ShopifyValues.id;
import static dev.shopbell.commerce.shopify.ShopifyValues.text;
import static dev.shopbell.commerce.shopify.ShopifyValues.textOrNull;
import static dev.shopbell.commerce.shopify.ShopifyValues.time;

import dev.shopbell.commerce.Money;
import dev.shopbell.commerce.ProductState;
import dev.shopbell.commerce.ProductState.Variant;
import dev.shopbell.commerce.ShopConnector.Batch;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads products, 10 at a time, with all their variants and the first 50 of their metafields that
 * are text or numbers.
 */
@Component
class ShopifyProducts {
  private static final int PER_PAGE = 10;
  private static final int LONGEST_ATTRIBUTE = 2_000;

  private static final Set<String> PLAIN =
      Set.of(
          "single_line_text_field",
          "multi_line_text_field",
          "number_integer",
          "number_decimal",
          "boolean",
          "date");

  private static final String FIELDS =
      """
      fragment Variants on ProductVariantConnection {
        nodes {
          id sku title price inventoryQuantity
          inventoryItem { tracked }
          selectedOptions { name value }
        }
        pageInfo { hasNextPage endCursor }
      }
      fragment Whole on Product {
        id title vendor productType description onlineStoreUrl updatedAt status
        featuredMedia { preview { image { url } } }
        metafields(first: 50) { nodes { key type value definition { name } } }
        variants(first: 50) { ...Variants }
      }
      """;

  private static final String PAGE =
      """
      query Products($first: Int!, $after: String, $query: String) {
        shop { currencyCode }
        products(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
          nodes { ...Whole }
          pageInfo { hasNextPage endCursor }
        }
      }
      """
          + FIELDS;

  private static final String SOME =
      """
      query SomeProducts($ids: [ID!]!) {
        shop { currencyCode }
        nodes(ids: $ids) { ... on Product { ...Whole } }
      }
      """
          + FIELDS;

  private static final String VARIANTS =
      """
      query MoreVariants($id: ID!, $after: String) {
        product(id: $id) { variants(first: 200, after: $after) { ...Variants } }
      }
      """
          + FIELDS.substring(0, FIELDS.indexOf("fragment Whole"));

  private final ShopifyApi api;

  ShopifyProducts(ShopifyApi api) {
    this.api = api;
  }

  Batch<ProductState> page(ShopLink link, @Nullable Instant since, @Nullable String cursor)
      throws ShopTrouble {
    Map<String, Object> variables = new HashMap<>();
    variables.put("first", PER_PAGE);
    if (cursor != null) {
      variables.put("after", cursor);
    }
    if (since != null) {
      variables.put("query", "updated_at:>='" + since.truncatedTo(ChronoUnit.SECONDS) + "'");
    }
    JsonNode data = api.ask(link, PAGE, variables);
    JsonNode next = data.path("products").path("pageInfo");
    return new Batch<>(
        read(link, data.path("products").path("nodes"), currency(data)),
        next.path("hasNextPage").asBoolean(false) ? next.path("endCursor").stringValue("") : null);
  }

  List<ProductState> some(ShopLink link, Collection<String> ids) throws ShopTrouble {
    List<String> all = ids.stream().map(id -> gid("Product", id)).toList();
    List<ProductState> products = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PER_PAGE) {
      List<String> part = all.subList(from, Math.min(all.size(), from + PER_PAGE));
      JsonNode data = api.ask(link, SOME, Map.of("ids", part));
      products.addAll(read(link, data.path("nodes"), currency(data)));
    }
    return products;
  }

  private static String currency(JsonNode data) {
    return text(data.path("shop"), "currencyCode");
  }

  private List<ProductState> read(ShopLink link, JsonNode nodes, String currency)
      throws ShopTrouble {
    List<ProductState> products = new ArrayList<>();
    for (JsonNode node : nodes) {
      if (node.has("id")) {
        products.add(product(node, variants(link, node, currency)));
      }
    }
    return products;
  }

  private static ProductState product(JsonNode node, List<Variant> variants) {
    String status = text(node, "status");
    return new ProductState(
        id(node),
        text(node, "title"),
        textOrNull(node, "vendor"),
        textOrNull(node, "productType"),
        textOrNull(node, "description"),
        textOrNull(node, "onlineStoreUrl"),
        textOrNull(node.path("featuredMedia").path("preview").path("image"), "url"),
        time(node, "updatedAt", Instant.EPOCH),
        !status.equals("ACTIVE") && !status.equals("UNLISTED"),
        attributes(node.path("metafields").path("nodes")),
        variants);
  }

  private static Map<String, String> attributes(JsonNode metafields) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (JsonNode metafield : metafields) {
      String value = text(metafield, "value");
      if (PLAIN.contains(text(metafield, "type")) && value.length() <= LONGEST_ATTRIBUTE) {
        String name = textOrNull(metafield.path("definition"), "name");
        attributes.put(name == null ? words(text(metafield, "key")) : name, value);
      }
    }
    return attributes;
  }

  /** {@code Washing instructions} for {@code washing_instructions}. */
  private static String words(String key) {
    String plain = key.replace('_', ' ').replace('-', ' ').strip();
    return plain.isEmpty() ? plain : Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
  }

  private List<Variant> variants(ShopLink link, JsonNode product, String currency)
      throws ShopTrouble {
    List<Variant> variants = new ArrayList<>();
    JsonNode page = product.path("variants");
    while (true) {
      for (JsonNode node : page.path("nodes")) {
        variants.add(variant(node, currency));
      }
      JsonNode info = page.path("pageInfo");
      if (!info.path("hasNextPage").asBoolean(false)) {
        return variants;
      }
      page =
          api.ask(
                  link,
                  VARIANTS,
                  Map.of(
                      "id",
                      product.path("id").stringValue(""),
                      "after",
                      info.path("endCursor").stringValue("")))
              .path("product")
              .path("variants");
    }
  }

  private static Variant variant(JsonNode node, String currency) {
    Map<String, String> options = new LinkedHashMap<>();
    for (JsonNode option : node.path("selectedOptions")) {
      if (!text(option, "value").equals("Default Title")) {
        options.put(text(option, "name"), text(option, "value"));
      }
    }
    boolean counted = node.path("inventoryItem").path("tracked").asBoolean(false);
    return new Variant(
        id(node),
        textOrNull(node, "sku"),
        text(node, "title"),
        Money.roundedMinor(node.path("price").asString("0"), currency),
        currency,
        counted && node.path("inventoryQuantity").isNumber()
            ? node.path("inventoryQuantity").asInt()
            : null,
        options);
  }
}
