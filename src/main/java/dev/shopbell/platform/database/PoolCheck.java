package dev.shopbell.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether there are connections enough to the database. */
@Component
class PoolCheck implements Check {
  private final HikariDataSource pool;

  PoolCheck(HikariDataSource pool) {
    this.pool = pool;
  }

  @Override
  public String checkName() {
    return "pool";
  }

  @Override
  public Finding look() {
    HikariPoolMXBean now = pool.getHikariPoolMXBean();
    int waiting = now.getThreadsAwaitingConnection();
    int most = pool.getMaximumPoolSize();
    return waiting > 2 * most
        ? Finding.soon(
            "{waiting} wait for one of the {most} connections to the database.",
            "If it stays so the database is too slow for what is asked of it: the page on tuning says where to look.",
            Map.of("waiting", waiting, "most", most))
        : Finding.well(
            "{active} of the {most} connections to the database are busy.",
            Map.of("active", now.getActiveConnections(), "most", most));
  }
}
