package dev.shopbell.platform.facts;

import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever reacts to the log gets every fact once, in order, whatever happens. */
class FactConsumerTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Facts facts = shopbell.bean(Facts.class);
  private final JdbcClient jdbc = shopbell.bean(JdbcClient.class);
  private final TransactionTemplate transaction = shopbell.bean(TransactionTemplate.class);
  private final String name = "test " + Inbox.word();
  private final List<FactConsumers> nodes = new ArrayList<>();

  record CakeEaten(long number) implements Fact {}

  @BeforeEach
  void table() {
    jdbc.sql(
            """
            create table if not exists test_read (
              place bigint generated always as identity, consumer text, number bigint)
            """)
        .update();
  }

  /** What has been read, in order: what a consumer writes stands only if its cursor has moved. */
  private List<Long> read() {
    return jdbc.sql("select number from test_read where consumer = ? order by place")
        .param(name)
        .query(Long.class)
        .list();
  }

  /** Reads cakes; chokes on one of them. */
  private final class Reader implements FactConsumer {
    private final long chokesOn;

    Reader(long chokesOn) {
      this.chokesOn = chokesOn;
    }

    @Override
    public String consumerName() {
      return name;
    }

    @Override
    public void read(List<StoredFact> batch) {
      List<Long> numbers =
          batch.stream()
              .filter(fact -> fact.is(CakeEaten.class))
              .map(fact -> fact.data().path("number").asLong())
              .toList();
      if (numbers.contains(chokesOn)) {
        throw new IllegalStateException("cannot swallow " + chokesOn);
      }
      for (long number : numbers) {
        jdbc.sql("insert into test_read (consumer, number) values (?, ?)")
            .param(name)
            .param(number)
            .update();
      }
    }
  }

  /** Every look at it is ten seconds later than the one before: no retry has to be waited for. */
  private static final class HastyClock extends Clock {
    private final Instant start = Instant.now();
    private final AtomicLong looks = new AtomicLong();

    @Override
    public Instant instant() {
      return start.plusSeconds(10 * looks.incrementAndGet());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Another node that runs the consumer, from where the log ends now if it is the first. */
  private void node(FactConsumer consumer) {
    FactPosition now = facts.newest();
    jdbc.sql(
            "insert into consumer (name, xid, id) values (?, ?::text::xid8, ?) on conflict do nothing")
        .param(name)
        .param(Long.toUnsignedString(now.xid()))
        .param(now.id())
        .update();
    FactConsumers node =
        new FactConsumers(
            List.of(consumer),
            facts,
            jdbc,
            transaction,
            shopbell.bean(FactHorizon.class),
            new HastyClock(),
            new SimpleMeterRegistry());
    nodes.add(node);
    node.start();
  }

  @AfterEach
  void stop() {
    nodes.forEach(FactConsumers::stop);
    jdbc.sql("delete from parked_fact where consumer = ?").param(name).update();
    jdbc.sql("delete from consumer where name = ?").param(name).update();
  }

  private void eat(long... numbers) {
    transaction.executeWithoutResult(status -> {
      for (long number : numbers) {
        facts.append(Actor.SYSTEM, new CakeEaten(number));
      }
    });
  }

  @Test
  void factWhoseTransactionCommitsLateIsNotSkipped() throws InterruptedException {
    node(new Reader(-1));
    FactPosition before = facts.newest();
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    Thread late =
        Thread.ofVirtual()
            .start(() ->
                transaction.executeWithoutResult(status -> {
                  facts.append(Actor.SYSTEM, new CakeEaten(1));
                  written.countDown();
                  try {
                    commit.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    written.await();
    eat(2);
    assertThat(facts.after(before, 100))
        .as("what one that is still to come would stand before")
        .noneMatch(fact -> fact.is(CakeEaten.class));
    commit.countDown();
    late.join();
    soon("both read").until(() -> read().size() >= 2);
    assertThat(read()).containsExactly(1L, 2L);
  }

  @Test
  void factOfATransactionThatFailsIsNeverRead() {
    node(new Reader(-1));
    transaction.executeWithoutResult(status -> {
      facts.append(Actor.SYSTEM, new CakeEaten(1));
      status.setRollbackOnly();
    });
    eat(2);
    soon("the other read").until(() -> !read().isEmpty());
    assertThat(read()).containsExactly(2L);
  }

  @Test
  void factThatKeepsFailingIsParkedAndTheOthersGoOn() {
    node(new Reader(2));
    eat(1, 2, 3);
    eat(4);
    soon("the others read").until(() -> read().contains(4L));
    assertThat(read()).containsExactly(1L, 3L, 4L);
    List<String> parked =
        jdbc.sql(
                """
                select fact.data ->> 'number' || ' ' || parked_fact.error from parked_fact
                join fact using (xid, id) where parked_fact.consumer = ?
                """)
            .param(name)
            .query(String.class)
            .list();
    assertThat(parked).singleElement().asString().startsWith("2 ").contains("cannot swallow 2");
  }

  @Test
  void everyFactIsReadOnceByTwoNodesTogether() throws InterruptedException {
    node(new Reader(-1));
    node(new Reader(-1));
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      long from = writer * 50L;
      writers.add(
          Thread.ofVirtual().start(() -> LongStream.range(from, from + 50).forEach(this::eat)));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    soon("all read").until(() -> read().size() >= 200);
    eat(1_000);
    soon("the last read").until(() -> read().contains(1_000L));
    assertThat(read()).hasSize(201).doesNotHaveDuplicates();
  }

  @Test
  void consumerGoesOnWhereItStopped() {
    node(new Reader(-1));
    eat(1);
    soon("the first read").until(() -> read().contains(1L));
    nodes.forEach(FactConsumers::stop);
    eat(2);
    node(new Reader(-1));
    soon("the second read").until(() -> read().contains(2L));
    assertThat(read()).containsExactly(1L, 2L);
  }
}
