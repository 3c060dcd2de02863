package dev.shopbell.commerce;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.Settings;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Links by which a shopper sees their order without an account. Whoever has one sees that order.
 */
@Component
class TrackingLinks {
  private static final String PURPOSE = "track";
  private static final int SIGNATURE = 32;

  private final SecretKey key;
  private final Settings settings;

  TrackingLinks(SecretKey key, Settings settings) {
    this.key = key;
    this.settings = settings;
  }

  String url(long orderId) {
    return settings.linkBase() + path(orderId);
  }

  String path(long orderId) {
    String id = Long.toString(orderId, 36);
    return "/track/" + id + "-" + key.sign(PURPOSE, id, SIGNATURE);
  }

  /** The order that a link is to; empty where it is none of ours. */
  Optional<Long> order(String token) {
    int dash = token.indexOf('-');
    if (dash < 1 || dash > 13 || token.length() != dash + 1 + SIGNATURE) {
      return Optional.empty();
    }
    String id = token.substring(0, dash);
    return id.matches("[0-9a-z]+") && key.verify(PURPOSE, id, token.substring(dash + 1))
        ? Optional.of(Long.parseLong(id, 36))
        : Optional.empty();
  }
}
