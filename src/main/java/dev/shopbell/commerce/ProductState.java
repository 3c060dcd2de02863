package dev.shopbell.commerce;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All of a product as its shop tells it.
 *
 * @param descriptionText without markup
 * @param url its page in the shop
 * @param attributes what the shop says of it besides: {@code Material} → {@code Merino}
 * @param removed whether the shop sells it no more
 */
public record ProductState(
    String externalId,
    String title,
    @Nullable String vendor,
    @Nullable String type,
    @Nullable String descriptionText,
    @Nullable String url,
    @Nullable String imageUrl,
    Instant changedAt,
    boolean removed,
    Map<String, String> attributes,
    List<Variant> variants) {

  /**
   * @param price in the smallest unit of {@code currency}
   * @param stock how many can be sold; null where the shop does not count
   * @param options what makes it differ: {@code Size} → {@code M}
   */
  @Schema(name = "ProductVariant")
  public record Variant(
      String externalId,
      @Nullable String sku,
      String title,
      long price,
      String currency,
      @Nullable Integer stock,
      Map<String, String> options) {}
}
