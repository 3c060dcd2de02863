package dev.shopbell.commerce.shopify;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an app in Shopify may do. */
final class ShopifyScopes {
  /** All that reading and every action need. */
  static final List<String> NEEDED =
      List.of(
          "read_all_orders",
          "read_customers",
          "read_fulfillments",
          "read_inventory",
          "read_locations",
          "read_orders",
          "read_products",
          "write_discounts",
          "write_draft_orders",
          "write_gift_cards",
          "write_order_edits",
          "write_orders",
          "write_returns",
          "write_store_credit_account_transactions");

  private static final Pattern NAME = Pattern.compile("\\b(?:read|write)_[a-z_]+");

  private ShopifyScopes() {}

  static List<String> missing(Collection<String> granted) {
    return NEEDED.stream()
        .filter(scope -> !granted.contains(scope))
        // who may write may read
        .filter(scope -> !granted.contains(scope.replace("read_", "write_")))
        .toList();
  }

  /** The first that Shopify names in its words, in brackets; empty if it names none. */
  static String named(String words) {
    Matcher matcher = NAME.matcher(words);
    return matcher.find() ? " (" + matcher.group() + ")" : "";
  }
}
