package dev.shopbell.platform.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks every {@link Check}; one answer serves all who ask within a few seconds. */
@Component
class Checks {
  private static final Logger log = LoggerFactory.getLogger(Checks.class);
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final List<Check> checks;
  private final ReentrantLock looking = new ReentrantLock();
  private List<Checked> last = List.of();
  private long lookedAt;

  /** What a check found. */
  record Checked(String name, Finding finding) {}

  Checks(List<Check> checks, MeterRegistry meters) {
    this.checks = checks.stream().sorted(Comparator.comparing(Check::checkName)).toList();
    for (Check check : checks) {
      Gauge.builder("shopbell.status", () -> state(check.checkName()))
          .description("0 where all is well, 1 where somebody should look soon, 2 where broken")
          .tag("check", check.checkName())
          .register(meters);
    }
  }

  /** The worst first. */
  List<Checked> all() {
    looking.lock();
    try {
      if (last.isEmpty() || System.nanoTime() - lookedAt > FRESH.toNanos()) {
        last =
            checks.stream()
                .map(Checks::look)
                .sorted(
                    Comparator.comparing((Checked one) -> one.finding().state())
                        .reversed()
                        .thenComparing(Checked::name))
                .toList();
        lookedAt = System.nanoTime();
      }
      return last;
    } finally {
      looking.unlock();
    }
  }

  private static Checked look(Check check) {
    try {
      return new Checked(check.checkName(), check.look());
    } catch (RuntimeException e) {
      log.warn("The check {} could not look", check.checkName(), e);
      return new Checked(
          check.checkName(),
          Finding.broken(
              "Whether this is well could not be found out.",
              "Look into the log of the program; it says why.",
              Map.of()));
    }
  }

  private double state(String name) {
    return all().stream()
        .filter(one -> one.name().equals(name))
        .mapToInt(one -> one.finding().state().ordinal())
        .findFirst()
        .orElse(0);
  }
}
