package dev.shopbell.commerce.shopify;

import dev.shopbell.commerce.Money;
import dev.shopbell.commerce.PostalAddress;
import dev.shopbell.platform.html.PlainText;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How Shopify writes ids, money, times and addresses. */
final class ShopifyValues {
  private ShopifyValues() {}

  /** {@code gid://shopify/Order/123} for {@code Order} and {@code 123}. */
  static String gid(String type, String id) {
    return "gid://shopify/" + type + "/" + id;
  }

  /** {@code 123} of {@code gid://shopify/Order/123?key=…}. */
  static String id(String gid) {
    String path = gid.split("\\?", 2)[0];
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String id(JsonNode holder) {
    return id(holder.path("id").stringValue(""));
  }

  static @Nullable String idOrNull(JsonNode holder) {
    String id = id(holder);
    return id.isEmpty() ? null : id;
  }

  /** Empty where it is missing. */
  static String text(JsonNode holder, String name) {
    return PlainText.clean(holder.path(name).stringValue(""));
  }

  static @Nullable String textOrNull(JsonNode holder, String name) {
    String text = text(holder, name);
    return text.isBlank() ? null : text;
  }

  static @Nullable Instant time(JsonNode holder, String name) {
    String text = holder.path(name).stringValue("");
    return text.isEmpty() ? null : Instant.parse(text);
  }

  static Instant time(JsonNode holder, String name, Instant otherwise) {
    Instant time = time(holder, name);
    return time == null ? otherwise : time;
  }

  /** What the customer pays, of a {@code MoneyBag}; 0 where it is missing. */
  static long money(JsonNode bag, String currency) {
    JsonNode amount = bag.path("presentmentMoney").path("amount");
    return amount.isMissingNode() || amount.isNull()
        ? 0
        : Money.roundedMinor(amount.asString(), currency);
  }

  static Map<String, String> money(long minor, String currency) {
    return Map.of("amount", Money.decimal(minor, currency), "currencyCode", currency);
  }

  /** As {@code fragment Address on MailingAddress} asks for it. */
  static @Nullable PostalAddress address(JsonNode node) {
    if (!node.isObject()) {
      return null;
    }
    String code = textOrNull(node, "provinceCode");
    return new PostalAddress(
        textOrNull(node, "name"),
        textOrNull(node, "company"),
        textOrNull(node, "address1"),
        textOrNull(node, "address2"),
        textOrNull(node, "zip"),
        textOrNull(node, "city"),
        code == null ? textOrNull(node, "province") : code,
        textOrNull(node, "countryCodeV2"),
        textOrNull(node, "phone"));
  }

  /** As {@code MailingAddressInput} wants it. */
  static Map<String, @Nullable String> address(PostalAddress address) {
    String name = address.name() == null ? "" : address.name().strip();
    int space = name.lastIndexOf(' ');
    Map<String, @Nullable String> input = new HashMap<>();
    input.put("firstName", space < 0 ? "" : name.substring(0, space).strip());
    input.put("lastName", name.substring(space + 1));
    input.put("company", address.company());
    input.put("address1", address.line1());
    input.put("address2", address.line2());
    input.put("zip", address.postcode());
    input.put("city", address.city());
    input.put("countryCode", address.country());
    input.put("phone", address.phone());
    String region = address.region();
    if (region != null) {
      input.put(region.matches("[A-Z0-9]{1,3}") ? "provinceCode" : "province", region);
    }
    return input;
  }
}
