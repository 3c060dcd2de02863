package dev.shopbell.conversations;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether answers leave. */
@Component
class DeliveriesCheck implements Check {
  private static final Duration LATE = Duration.ofMinutes(15);

  /** Some servers let everybody wait (greylisting): that alone is no trouble. */
  private static final int SOME = 3;

  private final JdbcClient jdbc;
  private final Clock clock;

  DeliveriesCheck(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public String checkName() {
    return "answers";
  }

  @Override
  public Finding look() {
    long late =
        jdbc.sql(
                """
                select count(*) from message
                where delivery_state in ('queued', 'sending', 'deferred') and delivery_updated_at < :late
                """)
            .param("late", clock.instant().minus(LATE).atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    return late >= SOME
        ? Finding.broken(
            "{late} answers have waited for more than a quarter of an hour to leave.",
            "Each says in its conversation what the mail server answered. They go out by themselves when it takes mail again.",
            Map.of("late", late))
        : Finding.well("Answers leave.", Map.of());
  }
}
