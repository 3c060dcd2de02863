package dev.shopbell.platform.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How often one caller may call, on one node. A guard against programs that run wild, not a quota:
 * a signed-in caller gets 2,000 a second with bursts of 20,000, a {@link ClientAddress#source} that
 * is not signed in 20 a second with bursts of 200. Time is that of the machine's uptime: a clock
 * that is set back would stop the refill. Guessing passwords is held back separately, in the
 * database.
 */
@Component
class RateLimits {
  private static final Bandwidth SIGNED_IN =
      Bandwidth.builder().capacity(20_000).refillGreedy(2_000, Duration.ofSeconds(1)).build();
  private static final Bandwidth STRANGER =
      Bandwidth.builder().capacity(200).refillGreedy(20, Duration.ofSeconds(1)).build();

  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterAccess(Duration.ofMinutes(5)).build();

  /**
   * @throws Problem if the caller has to wait
   */
  void take(@Nullable Caller caller, String address) {
    String key = caller == null ? ClientAddress.source(address) : caller.credential();
    Bucket bucket =
        buckets.get(
            key,
            any ->
                Bucket.builder()
                    .withNanosecondPrecision()
                    .addLimit(caller == null ? STRANGER : SIGNED_IN)
                    .build());
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Problem.tooMany(
          "Too many requests. Wait a moment and go on more slowly.",
          Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }
}
