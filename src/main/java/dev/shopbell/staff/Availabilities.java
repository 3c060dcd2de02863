package dev.shopbell.staff;

import dev.shopbell.platform.database.Wakeups;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.live.AgentPresence;
import dev.shopbell.platform.live.AgentPresence.State;
import dev.shopbell.platform.live.Presences;
import dev.shopbell.platform.web.Problem;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What agents chose to be: online, away or off. Few choose anything but online, so every node
 * remembers those who did, and reads them anew when another node says so, at the latest after five
 * seconds.
 */
@Component
class Availabilities implements Presences, SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Availabilities.class);
  private static final String TOPIC = "availability";
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration FURTHEST = Duration.ofDays(366);

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Wakeups wakeups;
  private final Clock clock;
  private volatile Map<Long, Chosen> chosen = Map.of();
  private volatile boolean running;

  Availabilities(JdbcClient jdbc, Facts facts, Wakeups wakeups, Clock clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.wakeups = wakeups;
    this.clock = clock;
  }

  private record Chosen(State availability, @Nullable Instant until) {
    static final Chosen USUAL = new Chosen(State.online, null);

    Chosen at(Instant now) {
      return until != null && !until.isAfter(now) ? USUAL : this;
    }
  }

  @Override
  public AgentPresence of(long agentId, Connected connected) {
    return presence(agentId, chosen.getOrDefault(agentId, Chosen.USUAL), connected);
  }

  private AgentPresence presence(long agentId, Chosen choice, Connected connected) {
    Chosen now = choice.at(clock.instant());
    State shown =
        switch (connected) {
          case gone -> State.off;
          case idle -> now.availability() == State.online ? State.away : now.availability();
          case active -> now.availability();
        };
    return new AgentPresence(agentId, shown, now.availability(), now.until());
  }

  /**
   * @param until when it ends; null for until they choose anew. At most a year ahead; online does
   *     not end
   */
  @Transactional
  AgentPresence choose(
      long agentId, State availability, @Nullable Instant until, Connected connected) {
    Instant now = clock.instant();
    if (until != null
        && (availability == State.online
            || !until.isAfter(now)
            || until.isAfter(now.plus(FURTHEST)))) {
      throw Problem.invalid(
          "until",
          "Away and off may end by themselves, at most a year ahead; online does not end.");
    }
    jdbc.sql(
            """
            update agent set availability = :availability, availability_until = :until where id = :id
            """)
        .param("id", agentId)
        .param("availability", availability.name())
        .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC))
        .update();
    facts.append(Actor.agent(agentId), new AvailabilityChanged(agentId, availability));
    wakeups.afterCommit(TOPIC);
    return presence(agentId, new Chosen(availability, until), connected);
  }

  private Map<Long, Chosen> read() {
    record Row(long id, Chosen choice) {}
    return jdbc
        .sql(
            """
            select id, availability, availability_until from agent where active and availability <> 'online'
            """)
        .query((row, n) -> {
          Timestamp until = row.getTimestamp(3);
          return new Row(
              row.getLong(1),
              new Chosen(
                  State.valueOf(row.getString(2)), until == null ? null : until.toInstant()));
        })
        .list()
        .stream()
        .collect(Collectors.toMap(Row::id, Row::choice));
  }

  @Override
  public void start() {
    running = true;
    Wakeups.Waiter waiter = wakeups.waiter(TOPIC);
    Thread.ofVirtual()
        .name("availabilities")
        .start(() -> {
          try {
            while (running) {
              readAgain();
              waiter.await(LOOK);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void readAgain() {
    try {
      chosen = read();
    } catch (RuntimeException e) {
      if (running) {
        log.debug("Who is away is not known anew: {}", e.toString());
      }
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
