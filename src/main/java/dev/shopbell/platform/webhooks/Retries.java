package dev.shopbell.platform.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long is waited before what was not taken is sent again; a tenth more or less, by chance. */
final class Retries {
  /**
   * A receiver that fails holds up all that it is to be told, so it is tried at least once an hour.
   */
  private static final List<Duration> RECEIVER =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1));

  /** As Standard Webhooks proposes: ten attempts within three days. */
  private static final List<Duration> ONE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private static final Duration LONGEST = Duration.ofHours(24);

  private Retries() {}

  /**
   * @param failures in a row, this one included
   * @param asked for how long the receiver wants to be left alone
   */
  static Duration ofReceiver(int failures, @Nullable Duration asked) {
    return longer(varied(RECEIVER.get(Math.clamp(failures - 1, 0, RECEIVER.size() - 1))), asked);
  }

  /**
   * For one event that is not taken while others are.
   *
   * @param attempts until now
   */
  static Duration ofOne(int attempts) {
    return varied(ONE.get(Math.clamp(attempts - 1, 0, ONE.size() - 1)));
  }

  static @Nullable Duration ofOne(int attempts, @Nullable Duration asked) {
    return attempts > ONE.size() ? null : longer(ofOne(attempts), asked);
  }

  private static Duration longer(Duration wait, @Nullable Duration asked) {
    Duration longer = asked == null || asked.compareTo(wait) < 0 ? wait : asked;
    return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
  }

  private static Duration varied(Duration wait) {
    return Duration.ofMillis(
        (long) (wait.toMillis() * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
  }
}
