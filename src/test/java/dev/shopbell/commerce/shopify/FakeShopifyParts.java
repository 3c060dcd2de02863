package dev.shopbell.commerce.shopify;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Of what an order in the fake shop consists. */
final class FakeShopifyParts {
  private FakeShopifyParts() {}

  static final class Item {
    final long id;
    final FakeShopifyGoods.Variant variant;
    final String title;
    int quantity;
    final BigDecimal price;
    final BigDecimal discount;
    int takenOut;

    Item(
        long id,
        FakeShopifyGoods.Variant variant,
        String title,
        int quantity,
        BigDecimal price,
        BigDecimal discount) {
      this.id = id;
      this.variant = variant;
      this.title = title;
      this.quantity = quantity;
      this.price = price;
      this.discount = discount;
    }

    int standing() {
      return quantity - takenOut;
    }
  }

  record Payment(long id, String kind, BigDecimal amount, Instant at) {}

  record Part(Item item, int quantity) {}

  record Back(
      long id, List<Part> parts, BigDecimal shipping, BigDecimal amount, String note, Instant at) {}

  record Sent(long id, long lineId, Part part, String carrier, String number, Instant at) {}

  record Return(long id, List<Part> parts, String note) {}
}
