package dev.shopbell.commerce;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * How often orders are looked up by their number, on one node: ten times in ten minutes from one
 * network, and for one number ten times in an hour, from wherever. Nobody guesses an address or a
 * postcode so.
 */
@Component
class TrackingGuesses {
  private static final Bandwidth NETWORK =
      Bandwidth.builder().capacity(10).refillGreedy(10, Duration.ofMinutes(10)).build();
  private static final Bandwidth NUMBER =
      Bandwidth.builder().capacity(10).refillGreedy(10, Duration.ofHours(1)).build();

  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofHours(1)).build();

  /**
   * @return false where it is too often
   */
  boolean take(String network, long brandId, String numberKey) {
    // Both are taken from, whatever the other says, so that neither tells of the other.
    boolean ofNetwork = take("network " + network, NETWORK);
    boolean ofNumber = take("number " + brandId + " " + numberKey, NUMBER);
    return ofNetwork && ofNumber;
  }

  private boolean take(String key, Bandwidth limit) {
    return buckets
        .get(key, any -> Bucket.builder().withNanosecondPrecision().addLimit(limit).build())
        .tryConsume(1);
  }
}
