package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the programs that want to be told can be told. */
@Component
class WebhooksCheck implements Check {
  /** A receiver that is started anew is no trouble. */
  private static final Duration LONG = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final Clock clock;

  WebhooksCheck(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public String checkName() {
    return "webhooks";
  }

  private record Counts(long all, long disabled, long failing) {}

  @Override
  public Finding look() {
    Counts counts =
        jdbc.sql(
                """
                select count(*), count(*) filter (where state = 'disabled'),
                  count(*) filter (where state = 'active' and failing_since < :long)
                from webhook where state <> 'paused'
                """)
            .param("long", clock.instant().minus(LONG).atOffset(ZoneOffset.UTC))
            .query((row, n) -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3)))
            .single();
    if (counts.disabled() > 0) {
      return Finding.soon(
          "{disabled} webhooks were disabled, because nobody took what they told.",
          "Settings, Webhooks, says why. Once enabled again they go on where they were.",
          Map.of("disabled", counts.disabled()));
    }
    return counts.failing() > 0
        ? Finding.soon(
            "The receivers of {failing} webhooks have taken nothing for an hour.",
            "Settings, Webhooks, says what they answer. They are told everything once they take it again.",
            Map.of("failing", counts.failing()))
        : Finding.well(
            counts.all() == 0
                ? "No webhooks are set up."
                : "All {webhooks} webhooks are told what happens.",
            Map.of("webhooks", counts.all()));
  }
}
