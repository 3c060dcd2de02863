package dev.shopbell.platform.live;

import dev.shopbell.platform.database.Wakeups;
import dev.shopbell.platform.facts.FactHorizon;
import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Authenticator;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Follows the log on this node, once for all browsers that are connected to it. */
@Component
class LiveFeed implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
  private static final int BATCH = 500;

  /** Of one agent, on this node: a desk is one for each of its tabs. */
  static final int MOST_OF_AN_AGENT = 50;

  private static final int MOST = 10_000;
  private static final Duration BEAT = Duration.ofSeconds(15);

  private final Facts facts;
  private final FactHorizon horizon;
  private final Wakeups wakeups;
  private final Authenticator authenticator;
  private final LiveSight sight;
  private final Clock clock;
  private final Set<LiveConnection> connections = ConcurrentHashMap.newKeySet();
  private final Map<Long, Integer> ofAgents = new HashMap<>();
  private volatile FactPosition position = FactPosition.START;
  private volatile boolean running;

  LiveFeed(
      Facts facts,
      FactHorizon horizon,
      Wakeups wakeups,
      Authenticator authenticator,
      LiveSight sight,
      Clock clock) {
    this.facts = facts;
    this.horizon = horizon;
    this.wakeups = wakeups;
    this.authenticator = authenticator;
    this.sight = sight;
    this.clock = clock;
  }

  FactPosition position() {
    return position;
  }

  /**
   * From here on the connection gets every fact after the returned position. Empty where its agent
   * has too many already, or all have.
   */
  synchronized Optional<FactPosition> join(LiveConnection connection) {
    long agentId = connection.caller().agentId();
    int open = ofAgents.getOrDefault(agentId, 0);
    if (open >= MOST_OF_AN_AGENT || connections.size() >= MOST) {
      return Optional.empty();
    }
    ofAgents.put(agentId, open + 1);
    connections.add(connection);
    return Optional.of(position);
  }

  synchronized void leave(LiveConnection connection) {
    if (connections.remove(connection)) {
      ofAgents.computeIfPresent(
          connection.caller().agentId(), (agent, open) -> open > 1 ? open - 1 : null);
    }
  }

  void each(Consumer<LiveConnection> told) {
    connections.forEach(told);
  }

  int size() {
    return connections.size();
  }

  @Override
  public void start() {
    running = true;
    position = facts.newest();
    Thread.ofVirtual().name("live feed").start(this::follow);
    Thread.ofVirtual().name("live beat").start(this::beat);
  }

  @Override
  public void stop() {
    running = false;
    connections.forEach(LiveConnection::goAway);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void follow() {
    while (running) {
      try {
        List<StoredFact> batch = facts.after(position, BATCH);
        if (batch.isEmpty()) {
          horizon.await(position, Duration.ofSeconds(1));
          continue;
        }
        SeenFacts seen = new SeenFacts(batch, sight, clock.instant());
        synchronized (this) {
          connections.forEach(connection -> connection.send(seen));
          position = batch.getLast().position();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (running) {
          log.debug("The live feed waits for the database: {}", e.toString());
          pause();
        }
      }
    }
  }

  /** What a connection that was away has missed. */
  void replay(LiveConnection connection, List<StoredFact> missed) {
    connection.send(new SeenFacts(missed, sight, clock.instant()));
  }

  private void beat() {
    Wakeups.Waiter changes = wakeups.waiter(Authenticator.TOPIC);
    try {
      while (running) {
        changes.await(BEAT);
        connections.forEach(this::beat);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Also ends the connections of those who have been signed out, and looks what the others see. */
  private void beat(LiveConnection connection) {
    try {
      Optional<Caller> now =
          authenticator
              .again(connection.caller())
              .filter(caller -> caller.may(Permission.CONVERSATIONS_READ));
      if (now.isPresent()) {
        connection.becomes(now.get(), position);
        connection.beat(position);
      } else {
        connection.signedOut();
      }
    } catch (RuntimeException e) {
      log.debug("A live connection could not be checked: {}", e.toString());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
