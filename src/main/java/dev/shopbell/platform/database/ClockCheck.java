package dev.shopbell.platform.database;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether this machine and the database's agree on the time. */
@Component
class ClockCheck implements Check {
  private static final Duration MOST = Duration.ofSeconds(5);

  private final JdbcClient jdbc;
  private final Clock clock;

  ClockCheck(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public String checkName() {
    return "clock";
  }

  @Override
  public Finding look() {
    Instant before = clock.instant();
    Instant there =
        jdbc.sql("select clock_timestamp()").query(Timestamp.class).single().toInstant();
    Instant after = clock.instant();
    Duration apart =
        there.isBefore(before)
            ? Duration.between(there, before)
            : there.isAfter(after) ? Duration.between(after, there) : Duration.ZERO;
    return apart.compareTo(MOST) > 0
        ? Finding.broken(
            "The clocks of this machine and of the database are {seconds} seconds apart.",
            "Set both by a time server (NTP). Until then what is due comes too early or too late.",
            Map.of("seconds", apart.toSeconds()))
        : Finding.well("The clocks of program and database agree.", Map.of());
  }
}
