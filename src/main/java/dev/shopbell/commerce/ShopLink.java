package dev.shopbell.commerce;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connector needs to speak with one shop.
 *
 * @param address of the shop, as its owner gave it
 * @param credentials by the keys of {@link ShopConnector#credentials()}; never logged
 * @param hookUrl where the shop's webhooks go; null as long as this installation has no address
 *     that others reach
 * @param hookSecret that we chose for them
 */
public record ShopLink(
    long shopId,
    long brandId,
    String address,
    Map<String, String> credentials,
    @Nullable String hookUrl,
    String hookSecret) {

  /** Of the key; empty where it was not given. */
  public String credential(String key) {
    return credentials.getOrDefault(key, "");
  }

  @Override
  public String toString() {
    return "shop " + shopId;
  }
}
