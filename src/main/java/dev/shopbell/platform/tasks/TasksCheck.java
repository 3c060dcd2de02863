package dev.shopbell.platform.tasks;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether what is due is done. */
@Component
class TasksCheck implements Check {
  private static final Duration LATE = Duration.ofMinutes(2);

  /** By then the pauses between two attempts are minutes. */
  private static final int FAILURES = 8;

  private final JdbcClient jdbc;
  private final Clock clock;

  TasksCheck(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public String checkName() {
    return "tasks";
  }

  private record Counts(long late, long failing) {}

  @Override
  public Finding look() {
    Counts counts =
        jdbc.sql(
                """
                select count(*) filter (where not picked and execution_time < :late) as late,
                  count(*) filter (where consecutive_failures >= :failures) as failing
                from scheduled_tasks where execution_time < :late or consecutive_failures >= :failures
                """)
            .param("late", clock.instant().minus(LATE).atOffset(ZoneOffset.UTC))
            .param("failures", FAILURES)
            .query((row, n) -> new Counts(row.getLong("late"), row.getLong("failing")))
            .single();
    if (counts.late() > 0) {
      return Finding.broken(
          "{late} tasks that are due have not begun.",
          "Tasks are answers to be sent, appointments to be kept. If the number does not fall within minutes, start the program anew and look into its log.",
          Map.of("late", counts.late()));
    }
    return counts.failing() > 0
        ? Finding.soon(
            "{failing} tasks fail again and again.",
            "They are tried ever less often. The log of the program says why.",
            Map.of("failing", counts.failing()))
        : Finding.well("What is due is done.", Map.of());
  }
}
