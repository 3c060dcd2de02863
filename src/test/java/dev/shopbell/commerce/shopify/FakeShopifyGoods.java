package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.GraphQl.node;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the fake shop sells, and how Shopify shows it. */
final class FakeShopifyGoods {
  private FakeShopifyGoods() {}

  record Variant(long id, long productId, String title, String size, BigDecimal price, int stock) {
    Map<String, Object> shown() {
      return node(
          "ProductVariant",
          "id",
          "gid://shopify/ProductVariant/" + id,
          "sku",
          "SKU-" + id,
          "title",
          size,
          "price",
          price.setScale(2).toPlainString(),
          "inventoryQuantity",
          stock,
          "inventoryItem",
          node("InventoryItem", "tracked", true),
          "selectedOptions",
          List.of(node("SelectedOption", "name", "Size", "value", size)));
    }
  }

  record Product(long id, String title, List<Variant> variants, Instant updatedAt) {
    Map<String, Object> shown() {
      return node(
          "Product",
          "id",
          "gid://shopify/Product/" + id,
          "title",
          title,
          "vendor",
          "Wool & Needle",
          "productType",
          "Hats",
          "description",
          "Warm and soft.",
          "onlineStoreUrl",
          null,
          "updatedAt",
          updatedAt.toString(),
          "status",
          "ACTIVE",
          "featuredMedia",
          null,
          "metafields",
          GraphQl.connection(
              "Metafield",
              List.of(
                  node(
                      "Metafield",
                      "key",
                      "material",
                      "type",
                      "single_line_text_field",
                      "value",
                      "Merino",
                      "definition",
                      null),
                  node(
                      "Metafield",
                      "key",
                      "care",
                      "type",
                      "rich_text_field",
                      "value",
                      "{}",
                      "definition",
                      null))),
          "variants",
          GraphQl.connection("ProductVariant", variants.stream().map(Variant::shown).toList()));
    }
  }
}
