package dev.shopbell.platform.facts;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether every reader of the log keeps up, and what none of them could take. */
@Component
class ConsumersCheck implements Check {
  private static final Duration LATE = Duration.ofSeconds(30);
  private static final Duration FAR_TOO_LATE = Duration.ofMinutes(5);
  private static final String LATE_SAYS =
      "{consumer} is {seconds} seconds behind: what follows from what happened comes that late.";
  private static final String LATE_ADVICE =
      "After an import or an update it catches up by itself. Otherwise look into the log of the program; it says what fails.";

  private final List<FactConsumer> consumers;
  private final JdbcClient jdbc;
  private final Clock clock;

  ConsumersCheck(List<FactConsumer> consumers, JdbcClient jdbc, Clock clock) {
    this.consumers = consumers;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public String checkName() {
    return "log-readers";
  }

  private record Behind(String consumer, Duration by) {}

  @Override
  public Finding look() {
    Behind worst = new Behind("", Duration.ZERO);
    for (FactConsumer consumer : consumers) {
      Duration by = behind(consumer.consumerName());
      if (by.compareTo(worst.by()) > 0) {
        worst = new Behind(consumer.consumerName(), by);
      }
    }
    Map<String, Object> late =
        Map.of("consumer", worst.consumer(), "seconds", worst.by().toSeconds());
    if (worst.by().compareTo(FAR_TOO_LATE) > 0) {
      return Finding.broken(LATE_SAYS, LATE_ADVICE, late);
    }
    long parked = jdbc.sql("select count(*) from parked_fact").query(Long.class).single();
    if (parked > 0) {
      return Finding.soon(
          "{parked} facts could not be taken by a reader of the log and were set aside.",
          "Nothing is lost: they stand in the table parked_fact with what went wrong. Please report it.",
          Map.of("parked", parked));
    }
    return worst.by().compareTo(LATE) > 0
        ? Finding.soon(LATE_SAYS, LATE_ADVICE, late)
        : Finding.well(
            "All {readers} readers of the log keep up.", Map.of("readers", consumers.size()));
  }

  /** Since when the first fact that it has not read stands in the log. */
  private Duration behind(String consumer) {
    return jdbc.sql(
            """
            select fact.at from consumer cross join lateral (
              select at from fact where (fact.xid, fact.id) > (consumer.xid, consumer.id) order by fact.xid, fact.id limit 1) as fact
            where consumer.name = ?
            """)
        .param(consumer)
        .query(Timestamp.class)
        .optional()
        .map(at -> Duration.between(at.toInstant(), clock.instant()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }
}
