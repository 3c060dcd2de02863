package dev.shopbell.commerce;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the shops let us in, and tell us what happens. */
@Component
class ShopsCheck implements Check {
  private static final Duration SILENT = Duration.ofMinutes(15);

  private final JdbcClient jdbc;
  private final Clock clock;

  ShopsCheck(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public String checkName() {
    return "shops";
  }

  private record Counts(long all, long refused, long silent, long stuck, long unheard) {}

  @Override
  public Finding look() {
    Counts counts =
        jdbc.sql(
                """
                select count(*) as all, count(*) filter (where state = 'refused') as refused,
                  count(*) filter (where state = 'connected' and trouble_since < :silent) as silent,
                  (select count(*) from order_action where state = 'stuck') as stuck,
                  count(*) filter (where exists (select from shop_sync where shop_id = shop.id and since is not null
                    and ended_at is not null and mended > 0)) as unheard
                from shop where state <> 'paused'
                """)
            .param("silent", clock.instant().minus(SILENT).atOffset(ZoneOffset.UTC))
            .query(Counts.class)
            .single();
    if (counts.refused() > 0) {
      return Finding.broken(
          "{refused} shops refuse us: their key is no longer good, or the connection was ended there.",
          "Open Settings, Shops, and connect them anew. Orders are as they were before until then.",
          Map.of("refused", counts.refused()));
    }
    if (counts.silent() > 0) {
      return Finding.broken(
          "{silent} shops do not answer.",
          "Settings, Shops, says what they said last. They are read as soon as they answer again.",
          Map.of("silent", counts.silent()));
    }
    if (counts.stuck() > 0) {
      return Finding.broken(
          "Of {stuck} order actions nobody knows whether they happened.",
          "Open the orders and look in the shop itself before anything is done again.",
          Map.of("stuck", counts.stuck()));
    }
    if (counts.unheard() > 0) {
      return Finding.soon(
          "{unheard} shops have changed orders without telling us: their webhooks do not all arrive.",
          "Orders are read anew each night. Settings, Shops, says at what address the shop has to call.",
          Map.of("unheard", counts.unheard()));
    }
    return Finding.well(
        counts.all() == 0 ? "No shop is connected." : "All {shops} shops answer.",
        Map.of("shops", counts.all()));
  }
}
