package dev.shopbell.platform.database;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.time.Duration;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether a transaction has been left open: what is written after it began is seen by no reader of
 * the facts log until it ends.
 */
@Component
class TransactionsCheck implements Check {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration FAR_TOO_LONG = Duration.ofMinutes(5);
  private static final String SAYS =
      "A transaction that writes has been open in the database for {seconds} seconds.";
  private static final String ADVICE =
      "Until it ends nobody is told of what is new. If it is none of a backup or of work by hand, end it: pg_stat_activity shows whose it is.";

  private final JdbcClient jdbc;

  TransactionsCheck(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String checkName() {
    return "transactions";
  }

  @Override
  public Finding look() {
    long seconds =
        jdbc.sql(
                """
                select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::bigint
                from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()
                """)
            .query(Long.class)
            .single();
    Map<String, Object> values = Map.of("seconds", seconds);
    if (seconds >= FAR_TOO_LONG.toSeconds()) {
      return Finding.broken(SAYS, ADVICE, values);
    }
    return seconds >= LONG.toSeconds()
        ? Finding.soon(SAYS, ADVICE, values)
        : Finding.well("No transaction stays open.", Map.of());
  }
}
