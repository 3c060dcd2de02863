package dev.shopbell.platform.database;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether PostgreSQL keeps up with clearing away what was changed and deleted. */
@Component
class VacuumCheck implements Check {
  /** Autovacuum comes after a fifth at the latest: so many mean that it has not come for long. */
  private static final int MOST_PERCENT = 60;

  private static final int FEW_ROWS = 100_000;

  /** autovacuum_freeze_max_age is 200 million; PostgreSQL stops writing at some 2,100 million. */
  private static final long OLDEST = 1_000_000_000;

  private final JdbcClient jdbc;

  VacuumCheck(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String checkName() {
    return "vacuum";
  }

  private record Bloated(String table, long percent) {}

  @Override
  public Finding look() {
    long age =
        jdbc.sql("select age(datfrozenxid) from pg_database where datname = current_database()")
            .query(Long.class)
            .single();
    if (age > OLDEST) {
      return Finding.broken(
          "The database has not been vacuumed for {transactions} million transactions; at 2,000 it stops writing.",
          "Let autovacuum run, or run VACUUM by hand as the database’s owner.",
          Map.of("transactions", age / 1_000_000));
    }
    return jdbc.sql(
            """
            select relname, 100 * n_dead_tup / greatest(n_live_tup, 1) as percent from pg_stat_user_tables
            where n_dead_tup > :few and 100 * n_dead_tup > :most * greatest(n_live_tup, 1)
            order by n_dead_tup desc limit 1
            """)
        .param("few", FEW_ROWS)
        .param("most", MOST_PERCENT)
        .query((row, n) -> new Bloated(row.getString("relname"), row.getLong("percent")))
        .optional()
        .map(one ->
            Finding.soon(
                "The table {table} holds {percent} dead rows for 100 that live: autovacuum does not keep up.",
                "Run VACUUM on it now, and let autovacuum work harder: the page on tuning says how.",
                Map.of("table", one.table(), "percent", one.percent())))
        .orElseGet(() -> Finding.well("The database is cleared up as it goes.", Map.of()));
  }
}
