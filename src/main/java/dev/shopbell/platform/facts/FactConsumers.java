package dev.shopbell.platform.facts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs every {@link FactConsumer}: a virtual thread each, woken by new facts. */
@Component
class FactConsumers implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(FactConsumers.class);
  private static final int BATCH = 500;

  /** The first half of the advisory locks by which a consumer is one node's for a turn. */
  private static final int TURN = 0x5455524e;

  private static final int ATTEMPTS_BEFORE_PARKING = 6;

  /** A wake-up can be lost with its connection; this bounds how late that makes a reaction. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(2);

  private static final Duration NOT_YET = Duration.ofMillis(200);
  private static final Duration UNREACHABLE = Duration.ofSeconds(1);

  private final List<FactConsumer> consumers;
  private final Facts facts;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final FactHorizon horizon;
  private final Clock clock;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  FactConsumers(
      List<FactConsumer> consumers,
      Facts facts,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      FactHorizon horizon,
      Clock clock,
      MeterRegistry meters) {
    this.consumers = consumers;
    this.facts = facts;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.horizon = horizon;
    this.clock = clock;
    for (FactConsumer consumer : consumers) {
      Gauge.builder("shopbell.consumer.lag", () -> lag(consumer.consumerName()))
          .description("facts not yet read by the consumer")
          .tag("consumer", consumer.consumerName())
          .register(meters);
    }
  }

  @Override
  public void start() {
    running = true;
    for (FactConsumer consumer : consumers) {
      jdbc.sql("insert into consumer (name) values (?) on conflict do nothing")
          .param(consumer.consumerName())
          .update();
      threads.add(
          Thread.ofVirtual()
              .name("consumer " + consumer.consumerName())
              .start(() -> run(consumer)));
    }
  }

  @Override
  public void stop() {
    running = false;
    for (Thread thread : threads) {
      thread.interrupt();
    }
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run(FactConsumer consumer) {
    while (running) {
      try {
        switch (turn(consumer, BATCH)) {
          case Turn.Read(int facts, FactPosition to) when facts < BATCH -> {
            horizon.await(to, LONGEST_SLEEP);
            // A turn costs the same for one fact as for many.
            Thread.sleep(consumer.gathering());
          }
          case Turn.Read(int facts, FactPosition to) -> {}
          case Turn.Nothing(FactPosition at) -> horizon.await(at, LONGEST_SLEEP);
          case Turn.NotYet() -> Thread.sleep(NOT_YET);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (!running) {
          return;
        }
        oneByOne(consumer);
      }
    }
  }

  /** A batch failed: find the fact that makes it fail, without holding up those before it. */
  private void oneByOne(FactConsumer consumer) {
    try {
      boolean more = true;
      while (running && more) {
        more = turn(consumer, 1) instanceof Turn.Read;
      }
    } catch (RuntimeException e) {
      try {
        failed(consumer, e);
      } catch (RuntimeException unreachable) {
        log.warn(
            "The database does not answer the consumer {}: {}",
            consumer.consumerName(),
            unreachable.toString());
        LockSupport.parkNanos(UNREACHABLE.toNanos());
      }
    }
  }

  /** What came of a turn. */
  private sealed interface Turn {
    record Read(int facts, FactPosition to) implements Turn {}

    record Nothing(FactPosition at) implements Turn {}

    /** Another node reads, or a retry is not due. */
    record NotYet() implements Turn {}
  }

  /** Reads one batch. */
  private Turn turn(FactConsumer consumer, int limit) {
    Turn turn =
        transaction.execute(status -> {
          Optional<Cursor> cursor = lock(consumer.consumerName());
          if (cursor.isEmpty() || !cursor.get().due(clock.instant())) {
            return new Turn.NotYet();
          }
          List<StoredFact> batch = facts.after(cursor.get().position(), limit);
          if (batch.isEmpty()) {
            return new Turn.Nothing(cursor.get().position());
          }
          consumer.read(batch);
          move(consumer.consumerName(), batch.getLast().position());
          return new Turn.Read(batch.size(), batch.getLast().position());
        });
    return Objects.requireNonNull(turn);
  }

  private record Cursor(FactPosition position, int attempts, @Nullable Instant retryAt) {
    boolean due(Instant now) {
      return retryAt == null || !retryAt.isAfter(now);
    }
  }

  private Optional<Cursor> lock(String name) {
    // An advisory lock writes nothing: a turn gets its transaction id, which holds every reader of
    // the log up, only when the consumer writes. A turn that a crash undoes is simply read again,
    // so its commit need not wait for the disk.
    boolean mine =
        jdbc.sql(
                """
                select pg_try_advisory_xact_lock(:lock, hashtext(:name)) and set_config('synchronous_commit', 'off', true) = 'off'
                """)
            .param("lock", TURN)
            .param("name", name)
            .query(Boolean.class)
            .single();
    if (!mine) {
      return Optional.empty();
    }
    return jdbc.sql("select xid::text as xid, id, attempts, retry_at from consumer where name = ?")
        .param(name)
        .query((row, n) ->
            new Cursor(
                new FactPosition(Long.parseUnsignedLong(row.getString("xid")), row.getLong("id")),
                row.getInt("attempts"),
                Optional.ofNullable(row.getTimestamp("retry_at"))
                    .map(t -> t.toInstant())
                    .orElse(null)))
        .optional();
  }

  private void move(String name, FactPosition to) {
    jdbc.sql(
            """
            update consumer set xid = :xid::text::xid8, id = :id, attempts = 0, retry_at = null, last_error = null
            where name = :name
            """)
        .param("xid", Long.toUnsignedString(to.xid()))
        .param("id", to.id())
        .param("name", name)
        .update();
  }

  private void failed(FactConsumer consumer, RuntimeException error) {
    String name = consumer.consumerName();
    transaction.executeWithoutResult(status -> {
      Cursor cursor = lock(name).orElse(null);
      if (cursor == null || !cursor.due(clock.instant())) {
        return;
      }
      int attempts = cursor.attempts() + 1;
      if (attempts >= ATTEMPTS_BEFORE_PARKING) {
        park(name, cursor.position(), error);
        return;
      }
      Instant retry = clock.instant().plusMillis(200L << attempts);
      jdbc.sql("update consumer set attempts = ?, retry_at = ?, last_error = ? where name = ?")
          .param(attempts)
          .param(retry.atOffset(ZoneOffset.UTC))
          .param(error.toString())
          .param(name)
          .update();
      log.warn("The consumer {} failed, attempt {}", name, attempts, error);
    });
  }

  private void park(String name, FactPosition position, RuntimeException error) {
    for (StoredFact fact : facts.after(position, 1)) {
      log.error("The consumer {} parks the fact {} {}", name, fact.name(), fact.position(), error);
      jdbc.sql(
              """
              insert into parked_fact (consumer, xid, id, error, parked_at)
              values (:consumer, :xid::text::xid8, :id, :error, :at)
              """)
          .param("consumer", name)
          .param("xid", Long.toUnsignedString(fact.position().xid()))
          .param("id", fact.position().id())
          .param("error", error.toString())
          .param("at", clock.instant().atOffset(ZoneOffset.UTC))
          .update();
      move(name, fact.position());
    }
  }

  private double lag(String name) {
    try {
      return jdbc.sql(
              """
              select count(*) from (
                select 1 from fact, consumer
                where consumer.name = ? and (fact.xid, fact.id) > (consumer.xid, consumer.id) limit 10000) as unread
              """)
          .param(name)
          .query(Long.class)
          .single();
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }
}
