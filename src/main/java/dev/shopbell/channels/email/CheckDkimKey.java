package dev.shopbell.channels.email;

import dev.shopbell.platform.dns.Dns;
import dev.shopbell.platform.tasks.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks every hour whether DNS shows a key of ours, for as long as there is the key. */
@Component
class CheckDkimKey implements Task {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final DkimKeys keys;
  private final Dns dns;
  private final Clock clock;

  CheckDkimKey(DkimKeys keys, Dns dns, Clock clock) {
    this.keys = keys;
    this.dns = dns;
    this.clock = clock;
  }

  @Override
  public Done run(long id) {
    Optional<String> domain = keys.domain(id);
    if (domain.isEmpty()) {
      return new Done.Finished();
    }
    keys.check(domain.get(), dns.afresh(LIMIT));
    return new Done.Again(clock.instant().plus(Duration.ofHours(1)));
  }
}
